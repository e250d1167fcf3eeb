//! A container reads at its start what another one writes at its start.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::{FileUse, When};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("start-race"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container reads at its start what another one writes at its start.",
    page: include_str!("start_race.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let written = written(workload);
    for reader in workload.apps() {
        for used in reader.process().reads().filter(|used| used.is_exact && is_at_once(used)) {
            let Some(mount) = reader.mount_of(&used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some()) else { continue };
            let path = mount.in_volume(&used.path);
            let ancestors = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path.as_str()]);
            let writer = ancestors.filter_map(|path| written.get(&(volume, path.to_owned()))).next_back();
            let Some(writer) = writer.filter(|writer| writer.role == Role::App && !writer.is(reader)) else { continue };
            let (name, other) = (quoted(reader.name), quoted(writer.name));
            let message = format!("{name} reads {} at its start, which {other} may not have written yet.", quoted(&used.path));
            let hint = "Let an init container write the file, or wait for it: `until [ -f FILE ]; do sleep 1; done`.";
            found.say(workload.place(reader), message, hint);
            break;
        }
    }
}

/// True of what a script reads without having waited, and without trying again.
fn is_at_once(used: &FileUse) -> bool {
    let When { in_loop, guarded, waited, background, .. } = used.when;
    !in_loop && !guarded && !waited && !background && used.program != "tail"
}

/// Which container is the first to write a path of a volume.
fn written<'w, 'a>(workload: &'w Workload<'a>) -> HashMap<(usize, String), &'w Container<'a>> {
    let mut written = HashMap::new();
    for container in &workload.containers {
        for used in container.process().writes() {
            let Some(mount) = container.mount_of(&used.path) else { continue };
            if let Some(volume) = mount.volume {
                written.entry((volume, mount.in_volume(used.path.trim_end_matches('/')))).or_insert(container);
            }
        }
    }
    written
}
