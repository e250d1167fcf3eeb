//! A native sidecar has a readiness probe, which the containers after it do not wait for.

use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sidecar-not-gated"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A native sidecar has a readiness probe, which the containers after it do not wait for.",
    page: include_str!("sidecar_not_gated.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role == Role::Sidecar) {
        let Some(probe) =
            container.value.get("readinessProbe").filter(|probe| probe.is_object() && !container.has("startupProbe"))
        else {
            continue;
        };
        let message = format!("The next container starts as soon as {} runs, ready or not.", quoted(container.name));
        let hint = "Add a `startupProbe`: that is what the next container waits for.";
        let mut probe = probe.clone();
        if let Value::Object(fields) = &mut probe {
            fields.remove("successThreshold");
        }
        let changes = vec![Change::Set(workload.place(container).entry("startupProbe"), probe)];
        let finding = found.say(workload.place(container).entry("readinessProbe"), message, hint);
        let fix = || Fix::guess("Use the readiness probe as the startup probe too", changes);
        finding.fix = (workload.restarts != Restarts::Never).then(fix);
    }
}
