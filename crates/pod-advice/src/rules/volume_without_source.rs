//! A volume says nothing but its name, so it becomes an emptyDir.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("volume-without-source"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A volume says nothing but its name, so it becomes an emptyDir.",
    page: include_str!("volume_without_source.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs().filter(|volume| volume.empty_dir().is_some_and(|empty_dir| empty_dir.is_implied)) {
        let place = workload.volume_place(volume);
        let message = format!("{} names no source, so the server makes it an empty directory.", quoted(volume.name));
        let finding = found.say(place.clone(), message, "Write `emptyDir: {}` if that is meant, or the source that is missing.");
        finding.fix = Some(Fix::guess("Write emptyDir", vec![Change::Set(place.entry("emptyDir"), json!({}))]));
    }
}
