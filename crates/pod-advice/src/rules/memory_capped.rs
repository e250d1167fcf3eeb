//! The size limit of a volume in memory is above the memory limit of the Pod.

use crate::memory::{MEBIBYTE, pod_limit};
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-capped"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "The size limit of a volume in memory is above the memory limit of the Pod.",
    page: include_str!("memory_capped.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let Some(pod_limit) = pod_limit(workload) else { return };
    for volume in workload.empty_dirs().filter(|volume| volume.is_memory()) {
        if volume.limit().is_some_and(|limit| limit > pod_limit) {
            let size = pod_limit / MEBIBYTE;
            let message =
                format!("{} is only {size} MiB large, which is the memory limit of the whole Pod.", quoted(volume.name));
            let place = workload.limit_place(volume);
            found.say(place, message, "Lower the `sizeLimit`, or raise the memory limits.");
        }
    }
}
