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
    let is_job = is_job(workload);
    let has_work = has_work(workload);
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

/// True if a container beside the others is known to end, or may in a Job: what goes on beside it is to become a sidecar.
pub(super) fn has_work(workload: &Workload<'_>) -> bool {
    let is_work = |container: &Container<'_>| {
        let process = container.process();
        if is_job(workload) { !process.never_ends() } else { process.ends() }
    };
    workload.apps().any(is_work)
}

fn is_job(workload: &Workload<'_>) -> bool {
    matches!(workload.kind, "Job" | "CronJob")
}
