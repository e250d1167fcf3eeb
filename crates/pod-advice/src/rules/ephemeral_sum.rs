//! The containers may use less disk together than the limits of the volumes promise.

use crate::limits::together;
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("ephemeral-sum"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The containers may use less disk together than the limits of the volumes promise.",
    page: include_str!("ephemeral_sum.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if !workload.apps().all(|container| container.storage_limit.is_some()) {
        return;
    }
    let of_containers = together(workload, |container| container.storage_limit).limit;
    let disks: Vec<_> =
        workload.empty_dirs().filter(|volume| volume.is_disk()).filter_map(|volume| Some((volume, volume.limit()?))).collect();
    let of_volumes: i128 = disks.iter().map(|(_, limit)| limit).fold(0, |sum, limit| sum.saturating_add(*limit));
    let Some((volume, _)) = disks.first().filter(|_| of_containers < of_volumes) else { return };
    let place = workload.limit_place(volume);
    let message =
        "The Pod is evicted before its volumes reach their `sizeLimit`: its `ephemeral-storage` limits are smaller in sum.";
    found.say(place, message, "Raise the limits: logs and what containers write outside of volumes count too.");
}
