//! An empty volume hides a directory of the system.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-system"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An empty volume hides a directory of the system.",
    page: include_str!("mount_system.md"),
    check,
};

const DIRECTORIES: [&str; 9] = ["/", "/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr", "/usr/bin", "/usr/lib"];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for (mount, volume) in workload.empty_dir_mounts(container) {
            if !DIRECTORIES.contains(&&*mount.path) || workload.is_filled_by_init(volume) {
                continue;
            }
            let what = if mount.path == "/etc" { "configuration" } else { "programs" };
            let message = format!("The empty volume at {} hides the {what} of the image.", quoted(&mount.path));
            let hint = "Mount it at a directory of its own, such as `/data`.";
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
        }
    }
}
