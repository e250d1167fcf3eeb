//! A subPath of an emptyDir belongs to root, and the container is another user.

use crate::rule::prelude::*;
use crate::sub_path::is_prepared;
use crate::workload::inside;

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
        let user = match container.known_user() {
            Some(0) => continue,
            Some(user) => format!("user {user}"),
            None if is_not_root(workload, container) => "another user".to_owned(),
            None => continue,
        };
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let is_left = !mount.read_only && !is_prepared(workload, container, mount, volume);
            let Some(directory) = mount.sub_path.filter(|_| is_left) else { continue };
            let directory = quoted(directory);
            let message = format!("{directory} belongs to root: {user} may write into it, and not change its mode or owner.");
            let hint = "If the program insists on owning it, make it in an init container and `chown` it there.";
            found.say(workload.mount_place(container, mount).entry("subPath"), message, hint);
        }
    }
}

/// True if a container is not to run as root, whoever it is then.
fn is_not_root(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    let own = |value: &Value| inside(value, &["securityContext", "runAsNonRoot"]).and_then(Value::as_bool);
    own(container.value).or_else(|| own(workload.pod)).unwrap_or_default()
}
