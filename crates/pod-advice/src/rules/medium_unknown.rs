//! The medium of an emptyDir is none that the kubelet knows.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("medium-unknown"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "The medium of an emptyDir is none that the kubelet knows.",
    page: include_str!("medium_unknown.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs() {
        let Some(medium) = volume.empty_dir().map(|empty_dir| empty_dir.medium).filter(|medium| !is_known(medium)) else {
            continue;
        };
        let place = workload.volume_place(volume).entry("emptyDir").entry("medium");
        let message =
            format!("The kubelet knows no medium {}: the volume {} is not mounted.", quoted(medium), quoted(volume.name));
        let finding = found.say(place.clone(), message, "Write `Memory` for a tmpfs, or leave `medium` out for the node's disk.");
        let is_safe = medium.trim().eq_ignore_ascii_case("memory");
        let write = || vec![Change::Set(place, "Memory".into())];
        finding.fix = volume.is_memory().then(|| Fix { title: "Write Memory".to_owned(), is_safe, changes: write() });
    }
}

fn is_known(medium: &str) -> bool {
    let has_size = |size: &str| amount(&size.into()).is_some_and(|size| size > 0);
    matches!(medium, "" | "Memory" | "HugePages") || medium.strip_prefix("HugePages-").is_some_and(has_size)
}
