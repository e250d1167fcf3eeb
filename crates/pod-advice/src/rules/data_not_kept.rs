//! A database keeps its files in a volume that goes with the Pod.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("data-not-kept"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A database keeps its files in a volume that goes with the Pod.",
    page: include_str!("data_not_kept.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let Some(known) = container.image.known else { continue };
        for (mount, volume) in workload.empty_dir_mounts(container) {
            if !known.data.contains(&&*mount.path) {
                continue;
            }
            let message = format!("What {} stores in {} is gone when the Pod is.", quoted(container.name), quoted(volume.name));
            let hint = "Use a PersistentVolumeClaim, or the `volumeClaimTemplates` of a StatefulSet.";
            found.say(workload.mount_place(container, mount), message, hint);
        }
    }
}
