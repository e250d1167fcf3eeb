//! Several containers write into a volume in memory: each pays for what it writes.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-writer-pays"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "Several containers write into a volume in memory: each pays for what it writes.",
    page: include_str!("memory_writer_pays.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.shared().filter(|volume| volume.is_memory()) {
        let writers = workload.uses(volume).filter(|(container, mount)| !mount.read_only && container.role != Role::Init);
        let mut names: Vec<_> = writers.map(|(container, _)| container.name).collect();
        names.dedup();
        if names.len() < 2 {
            continue;
        }
        let message = format!(
            "A file in {} counts against the memory limit of whoever wrote it: {}.",
            quoted(volume.name),
            listed(names.iter().copied(), "or")
        );
        let hint = "Give each writer a limit with room for all that it writes, and mount read-only where nobody writes.";
        found.say(workload.volume_place(volume), message, hint);
    }
}
