//! A command writes beside the volume that it mounts.

use crate::rule::prelude::*;
use crate::shell::FileUse;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("writes-outside-mount"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A command writes beside the volume that it mounts.",
    page: include_str!("writes_outside_mount.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let shared: Vec<_> =
            workload.empty_dir_mounts(container).filter(|(mount, volume)| !mount.read_only && volume.is_shared()).collect();
        let process = container.process();
        let is_used = |mount: &Mount<'_>| process.reading.files.iter().any(|used| lies_in(&used.path, &mount.path));
        let is_named = |mount: &Mount<'_>| process.words.iter().any(|word| word.text.contains(&*mount.path));
        let [(mount, volume)] = shared.as_slice() else { continue };
        if is_used(mount) || is_named(mount) {
            continue;
        }
        let is_outside = |used: &&FileUse| {
            used.is_exact
                && container.mount_of(&used.path).is_none()
                && !ELSEWHERE.iter().any(|directory| lies_in(&used.path, directory))
        };
        let Some(used) = process.writes().filter(|used| used.program != "mkdir").find(is_outside) else { continue };
        let message = format!(
            "{} writes {}, but {} is mounted at {}.",
            quoted(container.name),
            quoted(&used.path),
            quoted(volume.name),
            quoted(&mount.path)
        );
        found.say(
            workload.mount_place(container, mount).entry("mountPath"),
            message,
            "Make the two paths agree: nobody else sees files outside of the volume.",
        );
    }
}

/// Where files are meant for the container alone.
const ELSEWHERE: [&str; 9] = ["/dev", "/etc", "/home", "/proc", "/root", "/run", "/sys", "/tmp", "/var/run"];
