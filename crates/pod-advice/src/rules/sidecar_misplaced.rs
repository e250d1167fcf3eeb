//! A container of a Job looks like a helper that never ends.

use crate::rule::prelude::*;
use crate::shell::End;
use crate::sidecar::{as_sidecar, may_be_ended};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sidecar-misplaced"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container of a Job looks like a helper that never ends.",
    page: include_str!("sidecar_misplaced.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if !workload.completes() || workload.apps().all(|container| is_helper(container)) {
        return;
    }
    let is_unsure =
        |container: &&Container<'_>| container.process().reading.end == End::Unknown && !may_be_ended(workload, container);
    for container in workload.apps().filter(|container| is_helper(container)).filter(is_unsure) {
        let message = format!("If {} does not end by itself, the {} never completes.", quoted(container.name), workload.noun());
        let hint = "Make it a native sidecar: move it to `initContainers` with `restartPolicy: Always`.";
        found.say(workload.place(container), message, hint).fix = Some(as_sidecar(workload, container));
    }
}

const HELPERS: [&str; 15] = [
    "agent",
    "collector",
    "envoy",
    "exporter",
    "filebeat",
    "fluent",
    "fluentbit",
    "fluentd",
    "forwarder",
    "promtail",
    "proxy",
    "shipper",
    "sidecar",
    "syncer",
    "telegraf",
];

/// True of a container whose name or image is that of a helper.
fn is_helper(container: &Container<'_>) -> bool {
    let is_of_helper = |name: &str| name.len() < 100 && name.split(['-', '_', '.']).any(|part| HELPERS.contains(&part));
    is_of_helper(container.name) || is_of_helper(container.image.name())
}
