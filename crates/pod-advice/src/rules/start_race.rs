//! A container reads at its start what another one writes at its start.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::{FileUse, When};
use crate::workload::inside;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("start-race"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container reads at its start what another one writes at its start.",
    page: include_str!("start_race.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.shared().next().is_none() {
        return;
    }
    let written = written(workload);
    for reader in workload.apps() {
        if let Some((mount, writer)) = configured_by(workload, reader) {
            let (name, other) = (quoted(reader.name), quoted(writer.name));
            let message = format!("{name} reads {} at its start, which {other} may not have filled yet.", quoted(&mount.path));
            found.say(workload.mount_place(reader, mount), message, "Let an init container write the configuration.");
        }
        for used in reader.process().reads().filter(|used| used.is_exact && is_at_once(used)) {
            let Some(mount) = reader.mount_of(&used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some()) else { continue };
            let path = mount.in_volume(&used.path);
            let ancestors = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path.as_str()]);
            let writer = ancestors.filter_map(|path| written.get(&(volume, path.to_owned()))).next_back();
            let Some(writer) = writer.filter(|writer| is_not_waited_for(writer) && !writer.is(reader)) else { continue };
            let (name, other) = (quoted(reader.name), quoted(writer.name));
            let message = format!("{name} reads {} at its start, which {other} may not have written yet.", quoted(&used.path));
            let hint = match writer.role {
                Role::Sidecar => "Give the sidecar a `startupProbe` that asks for the file: what comes after it waits for that.",
                _ => "Let an init container write the file, or wait for it: `until [ -f FILE ]; do sleep 1; done`.",
            };
            found.say(workload.place(reader), message, hint);
            break;
        }
    }
}

/// The mount over the configuration of a known image that only another container beside it fills, and that container.
fn configured_by<'w, 'a>(workload: &'w Workload<'a>, reader: &'w Container<'a>) -> Option<(&'w Mount<'a>, &'w Container<'a>)> {
    let known = reader.image.known.filter(|_| !reader.has_command())?;
    let is_configuration = |mount: &Mount<'_>| known.content.iter().any(|place| *place == mount.path && place.contains("/etc"));
    workload.empty_dir_mounts(reader).filter(|(mount, _)| is_configuration(mount)).find_map(|(mount, volume)| {
        let mut others = workload.uses(volume).filter(|(other, used)| !used.read_only && !other.is(reader));
        let first = others.next().map(|(other, _)| other).filter(|other| is_not_waited_for(other))?;
        Some((mount, first))
    })
}

/// True of a container that nothing waits for: one beside the others, or a sidecar that has nothing to say when it is ready.
fn is_not_waited_for(container: &Container<'_>) -> bool {
    let is_gated = container.has("startupProbe") || inside(container.value, &["lifecycle", "postStart"]).is_some();
    container.role == Role::App || (container.role == Role::Sidecar && !is_gated)
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
        for used in container.process().writes().filter(|used| used.is_exact && used.program != "mkdir") {
            let Some(mount) = container.mount_of(&used.path) else { continue };
            if let Some(volume) = mount.volume {
                written.entry((volume, mount.in_volume(used.path.trim_end_matches('/')))).or_insert(container);
            }
        }
    }
    written
}
