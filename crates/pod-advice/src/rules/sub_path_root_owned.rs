//! A subPath of an emptyDir belongs to root, and the container is another user.

use crate::rule::prelude::*;
use crate::sub_path::is_prepared;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sub-path-root-owned"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "A subPath of an emptyDir belongs to root, and the container is another user.",
    page: include_str!("sub_path_root_owned.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        if !workload.is_not_root(container) {
            continue;
        }
        let user = container.known_user().map_or_else(|| "another user".to_owned(), |user| format!("user {user}"));
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let is_left = !mount.read_only && !is_prepared(workload, container, mount, volume);
            let Some(directory) = mount.sub_path.filter(|_| is_left) else { continue };
            let directory = quoted(directory);
            let message = format!("{directory} belongs to root: {user} may write into it, and not change its mode or owner.");
            let hint = "If the program insists on owning it, make it in an init container and `chown` it there.";
            found.say(workload.mount_place(container, mount).entry(mount.sub_path_field()), message, hint);
        }
    }
}
