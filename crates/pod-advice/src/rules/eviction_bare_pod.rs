//! A Pod that is evicted for the size of its volume is not replaced by anybody.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("eviction-bare-pod"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "A Pod that is evicted for the size of its volume is not replaced by anybody.",
    page: include_str!("eviction_bare_pod.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_limited = |volume: &&Volume<'_>| volume.is_disk() && volume.limit().is_some() && !volume.uses.is_empty();
    if workload.kind != "Pod" || workload.controller().is_some() {
        return;
    }
    let Some(volume) = workload.empty_dirs().find(is_limited) else { return };
    let message = format!("A bare Pod stays `Failed` once it is evicted because {} is too large.", quoted(volume.name));
    let hint = "Use a Deployment or a Job, which makes a new Pod.";
    let cause = workload.limit_place(volume).to_string();
    found.say(Path::root().entry("kind"), message, hint).caused_by = Some(cause);
}
