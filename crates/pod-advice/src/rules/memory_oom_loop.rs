//! A container that is killed for its files in memory is killed again after each restart.

use crate::memory::killed;
use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-oom-loop"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container that is killed for its files in memory is killed again after each restart.",
    page: include_str!("memory_oom_loop.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (volume, container, _) in killed(workload) {
        if container.role != Role::Sidecar && workload.restarts == Restarts::Never {
            continue;
        }
        let message = format!(
            "The files in {} are still there when {} is started again, so it may be killed again and again.",
            quoted(volume.name),
            quoted(container.name)
        );
        let hint = "Keep `sizeLimit` well below the memory limit, or remove old files at the start.";
        let cause = workload.volume_place(volume).entry("emptyDir").entry("sizeLimit").to_string();
        found.say(workload.place(container), message, hint).caused_by = Some(cause);
    }
}
