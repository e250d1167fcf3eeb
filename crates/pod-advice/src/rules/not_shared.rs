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
            Some(_) if volume.is_shared() => {}
            // What it writes has to be somewhere, and of its data data-not-kept speaks.
            Some((container, mount)) if container.has_read_only_root() || keeps_data(container, mount) => {}
            Some((container, mount)) => {
                let (message, hint) = said(volume, container, is_odd(workload, mount));
                found.say(place, message, hint);
            }
        }
    }
}

/// What is to be said of `volume`, which `container` alone mounts.
fn said(volume: &Volume<'_>, container: &Container<'_>, is_odd: bool) -> (String, &'static str) {
    let (name, container) = (quoted(volume.name), quoted(container.name));
    if is_odd {
        let message = format!("Only {container} mounts {name}: nothing is shared through it.");
        return (message, "Mount it in the other container too, if that is to see the files.");
    }
    let message = format!("{name} is scratch space of {container} alone.");
    (message, "Mount it in another container too, if files are to be shared.")
}

/// True where somebody may have meant to share: several containers, and no directory for scratch or configuration.
fn is_odd(workload: &Workload<'_>, mount: &Mount<'_>) -> bool {
    workload.containers.len() > 1 && !mount.is_scratch() && !lies_in(&mount.path, "/etc") && !mount.path.contains("scratch")
}

/// True where a server keeps files that nobody else may touch.
fn keeps_data(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    container.image.known.is_some_and(|known| known.data.contains(&&*mount.path))
}
