//! A volume in memory has no limit, and a container that may fill it has none either.

use crate::memory::{MEBIBYTE, pod_limit};
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-unbounded"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A volume in memory has no limit, and a container that may fill it has none either.",
    page: include_str!("memory_unbounded.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if pod_limit(workload).is_some() {
        return;
    }
    let is_unbounded = |volume: &&Volume<'_>| volume.is_memory() && volume.is_unlimited();
    let is_free = |container: &&Container<'_>| container.memory_limit.is_none();
    let running = workload.containers.iter().filter(|container| container.role != Role::Init).find(is_free);
    for volume in workload.empty_dirs().filter(is_unbounded).filter(|volume| !volume.uses.is_empty()) {
        let mut free_writers =
            workload.uses(volume).filter(|(container, mount)| is_free(container) && container.may_write(mount));
        let Some(free) = running.or_else(|| free_writers.next().map(|(container, _)| container)) else { continue };
        let cause = volume.has_limit_of_zero().then(|| workload.limit_place(volume));
        let place = cause.clone().unwrap_or_else(|| workload.volume_place(volume).entry("emptyDir"));
        let missing = if cause.is_some() { "its `sizeLimit` of zero is none" } else { "it has no `sizeLimit`" };
        let (name, container) = (quoted(volume.name), quoted(free.name));
        let message = format!("{name} may grow to all of the node's memory: {missing}, and {container} has no memory limit.");
        let finding = found.say(place.clone(), message, "Set a `sizeLimit`, and a memory limit for each container.");
        if let Some(cause) = cause {
            // What to write instead of a limit of zero is said by size-zero.
            (finding.severity, finding.caused_by) = (Severity::Advice, Some(cause.to_text()));
            continue;
        }
        let size =
            workload.uses(volume).filter_map(|(container, _)| container.memory_limit).map(|limit| limit / MEBIBYTE / 2).min();
        let size = format!("{}Mi", size.unwrap_or(64).clamp(1, 64));
        let changes = vec![Change::Set(workload.limit_place(volume), size.as_str().into())];
        finding.fix = Some(Fix::guess(format!("Limit it to {size}"), changes));
    }
}
