//! A container that is killed for its files in memory is killed again after each restart.

use crate::memory::{Killing, killed};
use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-oom-loop"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container that is killed for its files in memory is killed again after each restart.",
    page: include_str!("memory_oom_loop.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for Killing { volume, container, .. } in killed(workload) {
        let may_be_killed = |other: &&Container<'_>| container.is_none_or(|container| container.is(other));
        let mut killed = workload.containers.iter().filter(may_be_killed);
        if workload.restarts == Restarts::Never && !killed.any(|container| container.role == Role::Sidecar) {
            continue;
        }
        let message = format!(
            "The files in {} are still there when {} is started again, so it may be killed again and again.",
            quoted(volume.name),
            container.map_or_else(|| "a container".to_owned(), |container| quoted(container.name))
        );
        let hint = "Keep `sizeLimit` well below the memory limit, or remove old files at the start.";
        let cause = workload.limit_place(volume).to_string();
        let place = container.map_or_else(|| workload.pod_place().entry("resources"), |container| workload.place(container));
        found.say(place, message, hint).caused_by = Some(cause);
    }
}
