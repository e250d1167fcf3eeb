//! A command writes beside the volume that it mounts.

use kube_dry_run::spelling::is_similar;

use crate::added_mount;
use crate::forgotten::{Forgotten, forgotten};
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
        let unused = || shared.iter().filter(|(mount, _)| !is_used(container, mount));
        let is_outside = |used: &&FileUse| used.is_exact && used.program != "mkdir" && container.mount_of(&used.path).is_none();
        let mut outside = container.process().writes().filter(is_outside).take(MAX_FILES);
        let told = outside.find_map(|used| {
            let near = unused().find(|(mount, _)| is_near(&used.path, &mount.path));
            let only = unused().next().filter(|_| shared.len() == 1 && !is_elsewhere(used));
            near.or(only).map(|told| (used, told))
        });
        let Some((used, (mount, volume))) = told else {
            say_of_forgotten(workload, container, found);
            continue;
        };
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

/// Says that `container` writes where another one has a volume that nobody fills, and does not mount it.
fn say_of_forgotten<'a>(workload: &Workload<'a>, container: &Container<'a>, found: &mut Found<'_>) {
    let Some(Forgotten { used, volume, reader, mount }) = forgotten(workload, container) else { return };
    let fix = added_mount::fix(workload, container, volume, mount, used);
    let (writer, volume, path) = (quoted(container.name), quoted(volume.name), quoted(&mount.path));
    let message =
        format!("{writer} writes {} and does not mount {volume}, which {} has there.", quoted(&used.path), quoted(reader.name));
    let hint = format!("Mount {volume} at {path} in {writer} too: nobody else sees files outside of the volume.");
    found.say(workload.place(container), message, hint).fix = fix;
}

/// How many files outside of all mounts are looked at.
const MAX_FILES: usize = 16;

/// True if the command of `container` uses files below `mount`, or names it.
fn is_used(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    let process = container.process();
    process.reading.files.iter().any(|used| lies_in(&used.path, &mount.path))
        || process.words.iter().any(|word| names(word.text, &mount.path))
}

/// True if `text` has `path` in it, and not only as the beginning of a longer name: `/htm` in `/html/a`.
fn names(text: &str, path: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric() || "-_.".contains(next));
    text.match_indices(path).any(|(at, _)| !goes_on(&text[at + path.len()..]))
}

/// True if `path` lies in a directory whose name is nearly that of `mount`: `/html/a` beside `/htm`.
fn is_near(path: &str, mount: &str) -> bool {
    let depth = mount.matches('/').count();
    let end = path.match_indices('/').nth(depth).map(|(at, _)| at);
    let directory = end.and_then(|end| path.get(..end)).unwrap_or_default();
    let (above, name) = directory.rsplit_once('/').unwrap_or_default();
    let (mount_above, mount_name) = mount.rsplit_once('/').unwrap_or_default();
    above == mount_above && name != mount_name && name.len() > 2 && is_similar(name, mount_name)
}

fn is_elsewhere(used: &FileUse) -> bool {
    ELSEWHERE.iter().any(|directory| lies_in(&used.path, directory))
}

/// Where files are meant for the container alone.
const ELSEWHERE: [&str; 9] = ["/dev", "/etc", "/home", "/proc", "/root", "/run", "/sys", "/tmp", "/var/run"];
