//! A volume at `/var/log` hides the directory that nginx logs to.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-log-parent"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A volume at `/var/log` hides the directory that nginx logs to.",
    page: include_str!("mount_log_parent.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.image.is_nginx()) {
        for (mount, volume) in workload.empty_dir_mounts(container) {
            if mount.path != "/var/log" || workload.is_filled_by_init(volume) {
                continue;
            }
            let message = format!("nginx in {} does not start: the volume hides `/var/log/nginx`.", quoted(container.name));
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, "Mount it at `/var/log/nginx`.");
        }
    }
}
