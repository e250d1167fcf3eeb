//! A native sidecar with a startup probe stands in a Pod that never restarts containers.

use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sidecar-never"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A native sidecar with a startup probe stands in a Pod that never restarts containers.",
    page: include_str!("sidecar_never.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.restarts != Restarts::Never {
        return;
    }
    let is_probed = |container: &&Container<'_>| container.role == Role::Sidecar && container.has("startupProbe");
    for container in workload.containers.iter().filter(is_probed) {
        let message =
            format!("On older nodes one failed startup probe of {} may keep the Pod from ever starting.", quoted(container.name));
        let place = workload.pod_place().entry("restartPolicy");
        let finding =
            found.say(workload.place(container).entry("startupProbe"), message, "Use `restartPolicy: OnFailure` for the Pod.");
        finding.fix = Some(Fix::guess("Restart on failure", vec![Change::Set(place, "OnFailure".into())]));
    }
}
