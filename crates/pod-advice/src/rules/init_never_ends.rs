//! An init container never ends, so the containers after it never start.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-never-ends"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An init container never ends, so the containers after it never start.",
    page: include_str!("init_never_ends.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_endless = |container: &&Container<'_>| container.role == Role::Init && container.process().never_ends();
    for container in workload.containers.iter().filter(is_endless) {
        let place = workload.place(container);
        let message = format!("The init container {} never ends, so nothing after it starts.", quoted(container.name));
        let hint = "Give it `restartPolicy: Always`, which makes it a native sidecar, or let its command end.";
        let changes = vec![Change::Set(place.entry("restartPolicy"), "Always".into())];
        found.say(place, message, hint).fix = Some(Fix::guess("Make it a native sidecar", changes));
    }
}
