//! A container that never ends keeps a Job from completing.

use crate::rule::prelude::*;
use crate::sidecar::{as_sidecar, may_be_ended};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("job-never-ends"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container that never ends keeps a Job from completing.",
    page: include_str!("job_never_ends.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if !workload.completes() {
        return;
    }
    let is_job = matches!(workload.kind, "Job" | "CronJob");
    let is_work = |container: &Container<'_>| if is_job { !container.process().never_ends() } else { container.process().ends() };
    let has_work = workload.apps().any(is_work);
    if !has_work && !is_job {
        return;
    }
    let never_ends = |container: &&Container<'_>| container.process().never_ends() && !may_be_ended(workload, container);
    for container in workload.apps().filter(never_ends) {
        let noun = workload.noun();
        let message = format!("{} never ends, so the {noun} never completes.", quoted(container.name));
        let hint = if has_work {
            "Make it a native sidecar: move it to `initContainers` with `restartPolicy: Always`."
        } else {
            "Let its command end when the work is done, or use a Deployment for what is to go on."
        };
        let finding = found.say(workload.place(container), message, hint);
        finding.fix = has_work.then(|| as_sidecar(workload, container));
        if !is_job {
            finding.severity = Severity::Advice;
        }
    }
}
