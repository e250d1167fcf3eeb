//! A volume is mounted by one container only, or by none.

use crate::rule::prelude::*;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("not-shared"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "A volume is mounted by one container only, or by none.",
    page: include_str!("not_shared.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs() {
        let place = workload.volume_place(volume);
        match workload.uses(volume).next() {
            None => {
                let finding =
                    found.say(place.clone(), format!("No container mounts {}.", quoted(volume.name)), "Mount it, or remove it.");
                finding.fix = Some(Fix::guess(format!("Remove {}", volume.name), vec![Change::Remove(place)]));
            }
            Some((container, mount)) if !volume.is_shared() && is_odd(workload, mount) && !keeps_data(container, mount) => {
                let (name, container) = (quoted(volume.name), quoted(container.name));
                let message = format!("Only {container} mounts {name}: nothing is shared through it.");
                found.say(place, message, "Mount it in the other container too, if that is to see the files.");
            }
            Some(_) => {}
        }
    }
}

/// True where somebody may have meant to share: several containers, and no directory for scratch or configuration.
fn is_odd(workload: &Workload<'_>, mount: &Mount<'_>) -> bool {
    workload.containers.len() > 1 && !mount.is_scratch() && !lies_in(&mount.path, "/etc") && !mount.path.contains("scratch")
}

/// True where a server keeps files that nobody else may touch.
fn keeps_data(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    container.image.known.is_some_and(|known| known.data.contains(&&*mount.path))
}
