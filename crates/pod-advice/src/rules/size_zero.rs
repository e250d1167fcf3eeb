//! A size limit of zero is none.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("size-zero"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A size limit of zero is none.",
    page: include_str!("size_zero.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs() {
        let written = volume.empty_dir().and_then(|empty_dir| empty_dir.written_limit);
        if written.and_then(amount) != Some(0) {
            continue;
        }
        let place = workload.volume_place(volume).entry("emptyDir").entry("sizeLimit");
        let size = if volume.is_memory() { "64Mi" } else { "1Gi" };
        let message = format!("`sizeLimit: 0` does not keep {} empty: it means that there is no limit.", quoted(volume.name));
        let finding = found.say(place.clone(), message, "Set the limit that is meant, or leave it out.");
        finding.fix = Some(Fix::guess(format!("Limit it to {size}"), vec![Change::Set(place, size.into())]));
    }
}
