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
    let is_unbounded =
        |volume: &&Volume<'_>| volume.is_memory() && volume.empty_dir().is_some_and(|dir| dir.written_limit.is_none());
    let is_free = |container: &&Container<'_>| container.memory_limit.is_none();
    let running = workload.containers.iter().filter(|container| container.role != Role::Init).find(is_free);
    for volume in workload.empty_dirs().filter(is_unbounded).filter(|volume| !volume.uses.is_empty()) {
        let mut free_writers =
            workload.uses(volume).filter(|(container, mount)| is_free(container) && container.may_write(mount));
        let Some(free) = running.or_else(|| free_writers.next().map(|(container, _)| container)) else { continue };
        let place = workload.volume_place(volume).entry("emptyDir");
        let (name, container) = (quoted(volume.name), quoted(free.name));
        let message =
            format!("{name} may grow to all of the node's memory: it has no `sizeLimit`, and {container} has no memory limit.");
        let finding = found.say(place.clone(), message, "Set a `sizeLimit`, and a memory limit for each container.");
        let size =
            workload.uses(volume).filter_map(|(container, _)| container.memory_limit).map(|limit| limit / MEBIBYTE / 2).min();
        let size = format!("{}Mi", size.unwrap_or(64).clamp(1, 64));
        finding.fix = Some(Fix::guess(format!("Limit it to {size}"), vec![Change::Set(place.entry("sizeLimit"), size.into())]));
    }
}
