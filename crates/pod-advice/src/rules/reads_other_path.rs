//! A command reads a file at the path that it has in another container.

use crate::rule::prelude::*;
use std::collections::HashMap;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("reads-other-path"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A command reads a file at the path that it has in another container.",
    page: include_str!("reads_other_path.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.shared().next().is_none() {
        return;
    }
    let mut written: HashMap<&str, (&Container<'_>, usize, String)> = HashMap::new();
    for writer in &workload.containers {
        for used in writer.process().writes().filter(|used| used.is_exact) {
            let Some(mount) = writer.mount_of(&used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].is_shared()) else { continue };
            written.entry(&used.path).or_insert_with(|| (writer, volume, mount.in_volume(&used.path)));
        }
    }
    for reader in &workload.containers {
        for used in reader.process().reads().filter(|used| used.is_exact && reader.mount_of(&used.path).is_none()) {
            let Some((writer, volume, path)) = written.get(used.path.as_str()).filter(|(writer, ..)| !writer.is(reader)) else {
                continue;
            };
            let Some(mount) = reader.mounts.iter().find(|mount| mount.volume == Some(*volume) && mount.sub_path.is_none()) else {
                continue;
            };
            let message = format!(
                "{} is where {} has the file; {} has the volume at {}.",
                quoted(&used.path),
                quoted(writer.name),
                quoted(reader.name),
                quoted(&mount.path)
            );
            let here = format!("{}{path}", mount.path.trim_end_matches('/'));
            found.say(workload.place(reader), message, format!("Read {} there.", quoted(&here)));
            break;
        }
    }
}
