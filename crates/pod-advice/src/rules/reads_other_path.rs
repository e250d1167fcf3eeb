//! A command reads a file at the path that it has in another container.

use std::collections::HashMap;

use crate::added_mount;
use crate::forgotten::is_of_everybody;
use crate::rule::prelude::*;
use crate::shell::FileUse;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("reads-other-path"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A command reads a file at the path that it has in another container.",
    page: include_str!("reads_other_path.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.empty_dirs().all(|volume| volume.uses.is_empty()) || workload.containers.len() < 2 {
        return;
    }
    let mut written: HashMap<&str, (&Container<'_>, usize, String)> = HashMap::new();
    for writer in &workload.containers {
        for used in writer.process().writes().filter(|used| used.is_exact) {
            let Some(mount) = writer.mount_of(&used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some()) else { continue };
            written.entry(&used.path).or_insert_with(|| (writer, volume, mount.in_volume(&used.path)));
        }
    }
    for reader in &workload.containers {
        for used in reader.process().reads().filter(|used| used.is_exact && reader.mount_of(&used.path).is_none()) {
            let Some((writer, volume, path)) = written.get(used.path.as_str()).filter(|(writer, ..)| !writer.is(reader)) else {
                continue;
            };
            let mut mounts = reader.mounts.iter().filter(|mount| mount.volume == Some(*volume)).peekable();
            let is_mounted = mounts.peek().is_some();
            let volume = &workload.volumes[*volume];
            let (message, hint, fix) = match mounts.find(|mount| mount.sub_path.is_none()) {
                Some(mount) => {
                    let (message, hint) = of_other_path(used, writer, reader, mount, path);
                    (message, hint, None)
                }
                None if !is_mounted && is_meant(reader, used, volume) => {
                    let (message, hint) = of_no_mount(used, writer, reader, volume);
                    let model = writer.mount_of(&used.path);
                    (message, hint, model.and_then(|model| added_mount::fix(workload, reader, volume, model, used)))
                }
                None => continue,
            };
            found.say(workload.place(reader), message, hint).fix = fix;
            break;
        }
    }
}

/// What is said of a `reader` that has the volume at `mount`, where the file's path in the volume is `path`.
fn of_other_path(
    used: &FileUse,
    writer: &Container<'_>,
    reader: &Container<'_>,
    mount: &Mount<'_>,
    path: &str,
) -> (String, String) {
    let message = format!(
        "{} is where {} has the file; {} has the volume at {}.",
        quoted(&used.path),
        quoted(writer.name),
        quoted(reader.name),
        quoted(&mount.path)
    );
    let here = format!("{}{path}", mount.path.trim_end_matches('/'));
    (message, format!("Read {} there.", quoted(&here)))
}

/// What is said of a `reader` that does not mount `volume`.
fn of_no_mount(used: &FileUse, writer: &Container<'_>, reader: &Container<'_>, volume: &Volume<'_>) -> (String, String) {
    let (reader, volume) = (quoted(reader.name), quoted(volume.name));
    let message = format!(
        "{reader} reads {}, which {} writes into {volume}, and {reader} does not mount {volume}.",
        quoted(&used.path),
        quoted(writer.name)
    );
    let mount = writer.mount_of(&used.path).map_or("/", |mount| &*mount.path);
    (message, format!("Mount {volume} at {} in {reader} too.", quoted(mount)))
}

/// True if `reader`, which does not mount `volume`, can only mean the file there: neither it nor its image has one, or nobody else
/// could mean that one.
fn is_meant(reader: &Container<'_>, used: &FileUse, volume: &Volume<'_>) -> bool {
    let may_be_of_image = volume.is_shared() && !reader.image.is_shell();
    let is_own = || reader.process().writes().any(|own| lies_in(&used.path, &own.path)) || reader.hook().is_some();
    !may_be_of_image && !is_of_everybody(&used.path) && !is_own()
}
