//! A volume hides the links by which an image writes its logs to the standard output.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-hides-log-links"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "A volume hides the links by which an image writes its logs to the standard output.",
    page: include_str!("mount_hides_log_links.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some(known) = container.image.known else { continue };
        for (mount, _) in workload.empty_dir_mounts(container).filter(|(mount, _)| known.log_links.contains(&&*mount.path)) {
            let message = format!(
                "`kubectl logs` of {} shows neither requests nor errors: they go into the volume.",
                quoted(container.name)
            );
            let hint = "Let a sidecar print them with `tail -n+1 -F`, or leave the mount out.";
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
        }
    }
}
