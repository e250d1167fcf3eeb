//! A command reads a file that none of the commands which are known to write into the volume makes.

use crate::rule::prelude::*;
use crate::shell::Access;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("reads-unwritten-file"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A command reads a file that none of the commands which are known to write into the volume makes.",
    page: include_str!("reads_unwritten_file.md"),
    check,
};

/// A file that a container writes: which container, the path there, and that in the volume.
struct Written<'w> {
    writer: &'w str,
    path: &'w str,
    in_volume: String,
}

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.shared() {
        let Some(written) = written_in(workload, volume) else { continue };
        let Some(first) = written.first() else { continue };
        for (reader, mount) in workload.uses(volume).filter(|(_, mount)| mount.has_known_place()) {
            let is_here = |path: &str| reader.mount_of(path).is_some_and(|other| other.position == mount.position);
            let is_made = |path: &str| {
                let path = mount.in_volume(path);
                written.iter().any(|file| lies_in(&path, &file.in_volume) || lies_in(&file.in_volume, &path))
            };
            let wanted = reader.process().reading.files.iter().filter(|used| matches!(used.access, Access::Read | Access::Await));
            let mut missed = wanted.filter(|used| used.is_exact && is_here(&used.path) && !is_made(&used.path));
            let Some(used) = missed.next() else { continue };
            let does = if used.access == Access::Await { "waits for" } else { "reads" };
            let message = format!("{} {does} {}, and nobody writes that file.", quoted(reader.name), quoted(&used.path));
            let hint = format!("{} writes {}: let both name the same file.", quoted(first.writer), quoted(first.path));
            found.say(workload.place(reader), message, hint);
        }
    }
}

/// The files that are written into `volume`, if the commands of all who may write there tell them.
fn written_in<'w>(workload: &'w Workload<'_>, volume: &'w Volume<'_>) -> Option<Vec<Written<'w>>> {
    let mut all = Vec::new();
    for (container, mount) in workload.uses(volume).filter(|(_, mount)| !mount.read_only) {
        if !container.makes_known_files_only() || !mount.has_known_place() {
            return None;
        }
        for used in container.process().writes().filter(|used| lies_in(&used.path, &mount.path)) {
            let in_volume = used.is_exact.then(|| mount.in_volume(&used.path))?;
            all.push(Written { writer: container.name, path: &used.path, in_volume });
        }
    }
    Some(all)
}
