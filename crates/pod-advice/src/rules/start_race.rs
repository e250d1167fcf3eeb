//! A container reads at its start what another one writes at its start.

use std::collections::HashMap;

use compact_str::CompactString;

use super::mount_hides_program::run_at_once;
use crate::images::Entrypoint;
use crate::rule::prelude::*;
use crate::shell::{End, FileUse, may_stand_for};
use crate::workload::{FileInVolume, inside, list};

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
    let mut patterns = 0;
    for reader in workload.apps() {
        if let Some((mount, writer)) = configured_by(workload, reader) {
            let (name, other) = (quoted(reader.name), quoted(writer.name));
            let message = format!("{name} reads {} at its start, which {other} may not have filled yet.", quoted(&mount.path));
            found.say(workload.mount_place(reader, mount), message, "Let an init container write what it reads.");
        }
        let raced = read_before(workload, reader, &written, &mut patterns);
        if let Some((path, writer)) = raced.or_else(|| run_before(workload, reader, &written)) {
            let (name, other, path) = (quoted(reader.name), quoted(writer.name), quoted(&path));
            let message = format!("{name} reads {path} at its start, which {other} may not have written yet.");
            let hint = match writer.role {
                Role::Sidecar => "Give the sidecar a `startupProbe` that asks for the file: what comes after it waits for that.",
                _ => "Let an init container write the file, or wait for it: `until [ -f FILE ]; do sleep 1; done`.",
            };
            found.say(workload.place(reader), message, hint);
        }
    }
}

/// A file or a pattern of files, and who writes it.
type Raced<'w, 'a> = (CompactString, &'w Container<'a>);

/// What `reader` reads at its start before it is written; `patterns` counts the patterns that are looked at.
fn read_before<'w, 'a>(
    workload: &'w Workload<'a>,
    reader: &'w Container<'a>,
    written: &Written<'w, 'a>,
    patterns: &mut usize,
) -> Option<Raced<'w, 'a>> {
    let is_expanded = reader.process().script.is_some();
    let is_named = |used: &&FileUse| used.is_exact || is_expanded && used.pattern.is_some();
    let (own, strictness) = (own_files(reader), reader.process().strictness());
    let ends_loop = |used: &FileUse| used.comes_first() && !used.when.passed_over && strictness.stops_at(used);
    let is_needed = |used: &&FileUse| used.is_at_once() || used.when.in_loop && ends_loop(used);
    reader.process().reads().filter(is_needed).filter(is_named).find_map(|used| {
        if own.get(used.path.as_str()).is_some_and(|call| *call < used.call) {
            return None;
        }
        let mount = reader.mount_of(&used.path).filter(|mount| !is_met(used, mount))?;
        let volume = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some())?;
        let writer = match &used.pattern {
            Some(pattern) if used.path.len() > mount.path.len() && *patterns < MAX_PATTERNS => {
                *patterns += 1;
                first_of_pattern(written, volume, &mount.in_volume(pattern))
            }
            Some(_) => None,
            None => first_around(written, volume, &mount.in_volume(&used.path))
                .or_else(|| only_possible(workload, volume, reader, mount)),
        };
        let path = used.pattern.as_ref().unwrap_or(&used.path);
        writer.filter(|writer| is_other(writer, reader)).map(|writer| (path.clone(), writer))
    })
}

/// What `reader` runs at its start before it is written.
fn run_before<'w, 'a>(workload: &'w Workload<'a>, reader: &Container<'a>, written: &Written<'w, 'a>) -> Option<Raced<'w, 'a>> {
    run_at_once(reader).find_map(|path| {
        let mount = reader.mount_of(&path).filter(|mount| !reader.surely_writes(mount))?;
        let volume = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some())?;
        let writer = first_around(written, volume, &mount.in_volume(&path)).filter(|writer| is_other(writer, reader))?;
        Some((path.into(), writer))
    })
}

/// True of a `writer` beside `reader` that nothing waits for.
fn is_other(writer: &Container<'_>, reader: &Container<'_>) -> bool {
    is_not_waited_for(writer) && !writer.is(reader)
}

/// True of a test for the directory that `mount` makes, which is always there.
fn is_met(used: &FileUse, mount: &Mount<'_>) -> bool {
    matches!(&*used.program, "[" | "test") && mount.path == *used.path
}

/// The files that `reader` writes itself whatever happens, each with the first call that does.
fn own_files<'r>(reader: &'r Container<'_>) -> HashMap<&'r str, usize> {
    let mut own = HashMap::new();
    for used in reader.process().writes().filter(|used| used.is_exact && !used.when.guarded && !used.when.background) {
        own.entry(used.path.as_str()).or_insert(used.call);
    }
    own
}

/// How many patterns of file names are looked at in a document.
const MAX_PATTERNS: usize = 16;

/// Who is the first to write each path of a volume.
type Written<'w, 'a> = HashMap<FileInVolume, &'w Container<'a>>;

/// Who writes the file at `path` of a volume, or a directory around it.
fn first_around<'w, 'a>(written: &Written<'w, 'a>, volume: usize, path: &str) -> Option<&'w Container<'a>> {
    let ancestors = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
    ancestors.filter_map(|path| written.get(&(volume, path.to_owned()))).next_back().copied()
}

/// Who is the first to start of those that write a file which `pattern` stands for.
fn first_of_pattern<'w, 'a>(written: &Written<'w, 'a>, volume: usize, pattern: &str) -> Option<&'w Container<'a>> {
    let is_meant = |(other, path): &(usize, String)| *other == volume && may_stand_for(pattern, path);
    let writers = written.iter().filter(|(place, _)| is_meant(place)).map(|(_, writer)| *writer);
    writers.min_by_key(|writer| (writer.role == Role::App, writer.position))
}

/// Who may be the first to write what `reader` sees in its `mount` of a volume, if nobody is known to and nothing that comes
/// first mounts it.
fn only_possible<'w, 'a>(
    workload: &'w Workload<'a>,
    volume: usize,
    reader: &'w Container<'a>,
    mount: &'w Mount<'a>,
) -> Option<&'w Container<'a>> {
    let volume = &workload.volumes[volume];
    if reader.surely_writes(mount) || reader.hook().is_some() {
        return None;
    }
    let mut others = workload.other_writers(volume, reader, mount).map(|(other, _)| other);
    let is_open = |other: &&Container<'_>| !is_as_shipped(other) && other.process().calls().next().is_none();
    let first = others.next()?;
    (is_not_waited_for(first) && others.all(is_not_waited_for)).then_some(first).filter(is_open)
}

/// True of a known image, unless its arguments tell its program to do something of its own: `vault agent`.
fn is_as_shipped(container: &Container<'_>) -> bool {
    container
        .image
        .known
        .is_some_and(|known| known.entrypoint != Entrypoint::Own || container.process().reading.end != End::Unknown)
}

/// The mount over what a known image reads at its start that only another container beside it fills, and that container.
fn configured_by<'w, 'a>(workload: &'w Workload<'a>, reader: &'w Container<'a>) -> Option<(&'w Mount<'a>, &'w Container<'a>)> {
    let known = reader.image.known.filter(|_| list(reader.value, "command").next().is_none())?;
    let is_configuration = |mount: &Mount<'_>| {
        let of_content = || known.content.iter().any(|place| *place == mount.path && place.contains("/etc"));
        known.first_start.contains(&&*mount.path) || !reader.has_command() && of_content()
    };
    workload.empty_dir_mounts(reader).filter(|(mount, _)| is_configuration(mount)).find_map(|(mount, volume)| {
        let mut others = workload.uses(volume).filter(|(other, used)| other.may_fill(used) && !other.is(reader));
        let first = others.next().map(|(other, _)| other).filter(|other| is_not_waited_for(other))?;
        Some((mount, first))
    })
}

/// True of a container that nothing waits for: one beside the others, or a sidecar that has nothing to say when it is ready.
fn is_not_waited_for(container: &Container<'_>) -> bool {
    let is_gated = container.has("startupProbe") || inside(container.value, &["lifecycle", "postStart"]).is_some();
    container.role == Role::App || (container.role == Role::Sidecar && !is_gated)
}

/// Which container is the first to write a path of a volume.
fn written<'w, 'a>(workload: &'w Workload<'a>) -> Written<'w, 'a> {
    let mut written = HashMap::new();
    for container in &workload.containers {
        for used in container.process().writes().filter(|used| used.is_exact && used.program != "mkdir") {
            if let Some(file) = container.file_in_volume(used.path.trim_end_matches('/')) {
                written.entry(file).or_insert(container);
            }
        }
    }
    written
}
