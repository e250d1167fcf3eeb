//! A container does its work, ends and is started again for ever.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("one-shot-restarts"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A container does its work, ends and is started again for ever.",
    page: include_str!("one_shot_restarts.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.completes() {
        return;
    }
    let is_one_shot = |container: &&Container<'_>| container.process().ends() && !container.process().words.is_empty();
    for container in workload.apps().filter(is_one_shot) {
        let message = format!("{} ends when its work is done, and is started again for ever.", quoted(container.name));
        let hint = "Make it an init container, or let its command go on after the work.";
        found.say(workload.place(container), message, hint).fix = fix(workload, container);
    }
}

fn fix(workload: &Workload<'_>, container: &Container<'_>) -> Option<Fix> {
    let is_alone = workload.apps().nth(1).is_none();
    if is_alone {
        let changes = vec![Change::Set(workload.pod_place().entry("restartPolicy"), "OnFailure".into())];
        return (workload.kind == "Pod").then(|| Fix::guess("Restart it only when it fails", changes));
    }
    let is_no_init = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"].iter().any(|field| container.has(field));
    let changes = vec![Change::Move(workload.place(container), workload.end_of("initContainers"))];
    (!is_no_init).then(|| Fix::guess("Make it an init container", changes))
}
