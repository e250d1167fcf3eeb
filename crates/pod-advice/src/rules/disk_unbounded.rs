//! Nothing limits how much of the node's disk an emptyDir takes.

use crate::rule::prelude::*;
use crate::shell::Access;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("disk-unbounded"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Nothing limits how much of the node's disk an emptyDir takes.",
    page: include_str!("disk_unbounded.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.limits_storage() {
        return;
    }
    let may_grow = |volume: &&Volume<'_>| volume.is_disk() && volume.is_unlimited() && workload.is_writable(volume);
    for volume in workload.empty_dirs().filter(may_grow) {
        let grows = grows(workload, volume);
        if !grows && volume.is_for_sockets() {
            continue;
        }
        let cause = volume.has_limit_of_zero().then(|| workload.limit_place(volume));
        let place = cause.clone().unwrap_or_else(|| workload.volume_place(volume));
        let message = format!("{} may fill the disk of its node, which then evicts Pods.", quoted(volume.name));
        let finding = found.say(place, message, "Set a `sizeLimit`, or `ephemeral-storage` limits for the containers.");
        if !grows || cause.is_some() {
            finding.severity = Severity::Advice;
        }
        // What to write instead of a limit of zero is said by size-zero.
        finding.fix = cause.is_none().then(|| Fix::guess("Limit it to 1Gi", vec![workload.limit_on_disk(volume)]));
        finding.caused_by = cause.map(|cause| cause.to_text());
    }
}

/// True if somebody appends again and again, or keeps logs there.
fn grows(workload: &Workload<'_>, volume: &Volume<'_>) -> bool {
    let is_repeated = |container: &Container<'_>, mount: &Mount<'_>| {
        container
            .process()
            .writes()
            .any(|used| used.access == Access::Append && used.when.in_loop && lies_in(&used.path, &mount.path))
    };
    workload.uses(volume).any(|(container, mount)| !mount.read_only && is_for_logs(&mount.path) || is_repeated(container, mount))
}

/// True of a directory or a volume whose name says that logs are kept in it: `/var/log`, `app-logs`, not `/blog`.
pub(super) fn is_for_logs(path: &str) -> bool {
    path.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| matches!(word, "log" | "logs"))
}
