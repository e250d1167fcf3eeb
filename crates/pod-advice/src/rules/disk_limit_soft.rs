//! The size limit of a volume on disk is no quota.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("disk-limit-soft"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "The size limit of a volume on disk is no quota.",
    page: include_str!("disk_limit_soft.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_limited = |volume: &&Volume<'_>| volume.is_disk() && volume.limit().is_some() && !volume.uses.is_empty();
    for volume in workload.empty_dirs().filter(is_limited) {
        let place = workload.limit_place(volume);
        let message = format!(
            "Writing past the `sizeLimit` of {} does not fail: the kubelet evicts the whole Pod later.",
            quoted(volume.name)
        );
        found.say(place, message, "Rotate or delete files so that they stay well below it.");
    }
}
