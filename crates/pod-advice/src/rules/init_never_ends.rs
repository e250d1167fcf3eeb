//! An init container never ends, so the containers after it never start.

use std::collections::HashSet;

use super::port_clash::own_ports;
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
    let mut endless = workload.containers.iter().filter(is_endless).peekable();
    if endless.peek().is_none() {
        return;
    }
    let beside = workload.containers.iter().filter(|container| container.role != Role::Init);
    let mut taken: HashSet<u64> = beside.flat_map(own_ports).collect();
    for container in endless {
        let place = workload.place(container);
        let message = format!("The init container {} never ends, so nothing after it starts.", quoted(container.name));
        let hint = "Give it `restartPolicy: Always`, which makes it a native sidecar, or let its command end.";
        let changes = vec![Change::Set(place.entry("restartPolicy"), "Always".into())];
        let is_free = own_ports(container).all(|port| taken.insert(port));
        found.say(place, message, hint).fix = is_free.then(|| Fix::guess("Make it a native sidecar", changes));
    }
}
