//! A field says that no Pod starts for now.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("no-pod-starts"),
    severity: Severity::Advice,
    stage: Stage::Starts,
    summary: "A field says that no Pod starts for now.",
    page: include_str!("no_pod_starts.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let Some(idle) = workload.idle() else { return };
    let message = format!("With {} no Pod starts: what else is said here holds once one does.", quoted(idle.written));
    found.say(idle.place, message, idle.lever);
}
