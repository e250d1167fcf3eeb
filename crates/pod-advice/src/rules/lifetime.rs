//! How long the files of an emptyDir last.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("lifetime"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "How long the files of an emptyDir last.",
    page: include_str!("lifetime.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let Some(volume) = workload.empty_dirs().find(|volume| !volume.uses.is_empty()) else { return };
    let and = if volume.is_memory() { ", or the node reboots" } else { "" };
    let message =
        format!("Files in {} survive the restart of a container and are gone when the Pod is{and}.", quoted(volume.name));
    found.say(workload.volume_place(volume), message, "Keep what must outlive the Pod in a PersistentVolumeClaim.");
}
