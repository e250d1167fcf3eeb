//! A container does its work, ends and is started again for ever.

use super::init_not_idempotent::repeats_badly;
use super::init_waits_for_app::waits;
use super::server_in_background::left_server;
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
    // A shell image without a command has a rule of its own.
    let is_told =
        |container: &Container<'_>| !container.process().words.is_empty() || container.process().calls().next().is_some();
    let is_one_shot = |container: &Container<'_>| container.process().ends() && is_told(container);
    for container in workload.apps() {
        if !is_one_shot(container) {
            note_left_server(workload, container, found);
            continue;
        }
        let message = format!("{} ends when its work is done, and is started again for ever.", quoted(container.name));
        let hint = match (is_alone(workload), workload.kind) {
            (false, _) => "Make it an init container, or let its command go on after the work.",
            (true, "Pod") => "Set `restartPolicy: OnFailure`, or let its command go on after the work.",
            (true, _) => "Use a Job for work that ends, or let its command go on after it.",
        };
        found.say(workload.place(container), message, hint).fix = fix(workload, container);
    }
}

/// Says of a command that ends because its server goes to the background what follows from that.
fn note_left_server(workload: &Workload<'_>, container: &Container<'_>, found: &mut Found<'_>) {
    if left_server(container).is_none() {
        return;
    }
    let message =
        format!("{} ends at once when its server goes to the background, and is started again for ever.", quoted(container.name));
    let place = workload.place(container);
    let cause = place.to_text();
    let finding = found.say(place, message, "Keep the server in the foreground.");
    (finding.severity, finding.caused_by) = (Severity::Advice, Some(cause));
}

/// True if nobody runs beside it; a Pod cannot do with init containers alone.
fn is_alone(workload: &Workload<'_>) -> bool {
    workload.apps().nth(1).is_none()
}

fn fix(workload: &Workload<'_>, container: &Container<'_>) -> Option<Fix> {
    if is_alone(workload) {
        let changes = vec![Change::Set(workload.pod_place().entry("restartPolicy"), "OnFailure".into())];
        return (workload.kind == "Pod").then(|| Fix::guess("Restart it only when it fails", changes));
    }
    let is_no_init = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"].iter().any(|field| container.has(field));
    let changes = vec![Change::Move(workload.place(container), workload.end_of("initContainers"))];
    let is_made_once = || container.process().writes().any(|used| repeats_badly(workload, container, used));
    (!is_no_init && !waits(workload, container) && !is_made_once()).then(|| Fix::guess("Make it an init container", changes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_proposes_what_is_possible() {
        let hint = |document: Value| {
            let findings = crate::advise(&document).findings;
            findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap().hint.unwrap()
        };
        let date = json!({"name": "a", "image": "alpine:3", "command": ["date"]});
        let alone = json!({"containers": [date]});
        let beside = json!({"containers": [date, {"name": "b", "image": "nginx:1"}]});
        let deployment = json!({"kind": "Deployment", "spec": {"template": {"spec": alone}}});
        for (document, expected) in [
            (json!({"kind": "Pod", "spec": beside}), "Make it an init container, or"),
            (json!({"kind": "Pod", "spec": alone}), "Set `restartPolicy: OnFailure`, or"),
            (deployment, "Use a Job for work that ends, or"),
        ] {
            assert!(hint(document).starts_with(expected), "{expected}");
        }
    }
}
