//! A volume in memory may become as large as the memory limit of a container that writes into it, or of the Pod.

use crate::memory::{Killing, MEBIBYTE, killed};
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-oom"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A volume in memory may become as large as the memory limit of a container that writes into it, or of the Pod.",
    page: include_str!("memory_oom.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for Killing { volume, container, limit } in killed(workload) {
        let name = quoted(volume.name);
        let (message, hint) = match container.map(|container| quoted(container.name)) {
            Some(writer) => (
                format!("Files in {name} count as memory of {writer}, which is killed before the volume is full."),
                "Set a `sizeLimit` that leaves room for the program below the container's memory limit.",
            ),
            None => (
                format!("Files in {name} count as memory of the Pod, of which a container is killed before the volume is full."),
                "Set a `sizeLimit` that leaves room for the programs below the Pod's memory limit.",
            ),
        };
        let place = workload.limit_place(volume);
        let size = limit / MEBIBYTE / 2;
        let fix = || Fix::guess(format!("Limit it to {size}Mi"), vec![Change::Set(place.clone(), format!("{size}Mi").into())]);
        found.say(place.clone(), message, hint).fix = (size > 0).then(fix);
    }
}
