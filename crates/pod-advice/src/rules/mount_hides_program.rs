//! An empty volume hides the program that a container is to run.

use crate::rule::prelude::*;
use crate::workload::normalized;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-hides-program"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An empty volume hides the program that a container is to run.",
    page: include_str!("mount_hides_program.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (index, container) in workload.containers.iter().enumerate() {
        let Some(program) = container.process().words.first().filter(|program| program.text.starts_with('/')) else { continue };
        let Some(mount) = container.mount_of(&normalized(program.text)) else { continue };
        let Some(volume) = workload.volume_of(mount).filter(|volume| volume.empty_dir().is_some()) else { continue };
        let earlier = volume.uses.iter().filter(|used| used.container < index).map(|used| &workload.containers[used.container]);
        if earlier.into_iter().any(|earlier| earlier.role != Role::App) {
            continue;
        }
        let message = format!(
            "{} lies in the empty volume {}, which hides it: it is not found.",
            quoted(program.text),
            quoted(volume.name)
        );
        found.say(
            workload.mount_place(container, mount).entry("mountPath"),
            message,
            "Mount the volume elsewhere, or let an init container put the program there.",
        );
    }
}
