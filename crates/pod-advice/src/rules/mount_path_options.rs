//! The path of a mount is written as Docker takes it: with options, or behind a path of the node.

use crate::rule::prelude::*;
use crate::workload::{lies_in, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-path-options"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The path of a mount is written as Docker takes it: with options, or behind a path of the node.",
    page: include_str!("mount_path_options.md"),
    check,
};

/// What Docker and Podman take behind the path of a volume.
const OPTIONS: [&str; 17] = [
    "ro",
    "rw",
    "readonly",
    "O",
    "U",
    "z",
    "Z",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "private",
    "rprivate",
    "cached",
    "delegated",
    "consistent",
    "nocopy",
];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for mount in &container.mounts {
            let Some(written) = Written::of(mount.written) else { continue };
            let place = workload.mount_place(container, mount);
            let what = if written.source.is_some() { "takes no other path" } else { "reads no options" };
            let message = format!("{} is the whole path: Kubernetes {what} in it.", quoted(mount.written));
            let path = normalized(written.path);
            let is_taken = written.path.is_empty() || container.mounts.iter().any(|other| other.path == path);
            let hint = hint(workload, mount, &written);
            let stays_read_only = written.is_read_only() && may_be_read_only(workload, container, mount, &path);
            let mut changes = vec![Change::Set(place.entry("mountPath"), written.path.into())];
            changes.extend(stays_read_only.then(|| Change::Set(place.entry("readOnly"), true.into())));
            let finding = found.say(place.entry("mountPath"), message, hint);
            finding.fix = (!is_taken).then(|| Fix::guess(format!("Write {}", written.path), changes));
        }
    }
}

/// A path as Docker takes it, `SOURCE:PATH:OPTIONS`, without the source or without the options.
struct Written<'a> {
    source: Option<&'a str>,
    path: &'a str,
    options: Option<&'a str>,
}

impl<'a> Written<'a> {
    fn of(written: &'a str) -> Option<Self> {
        let is_option = |option: &str| OPTIONS.contains(&option.trim()) || matches!(option.trim(), "RO" | "RW");
        let (paths, options) = match written.rsplit_once(':') {
            Some((paths, options)) if options.split(',').all(is_option) => (paths.trim_end(), Some(options)),
            _ => (written, None),
        };
        // A drive of Windows has one letter, and an address has two slashes.
        let behind = paths
            .split_once(':')
            .filter(|(source, path)| source.len() > 1 && path.starts_with('/') && !path.starts_with("//") && !path.contains(':'));
        let (source, path) = behind.map_or((None, paths), |(source, path)| (Some(source), path));
        (source.is_some() || options.is_some()).then_some(Self { source, path, options })
    }

    fn is_read_only(&self) -> bool {
        let mut options = self.options.into_iter().flat_map(|options| options.split(','));
        options.any(|option| matches!(option.trim(), "ro" | "RO" | "readonly"))
    }
}

fn hint(workload: &Workload<'_>, mount: &Mount<'_>, written: &Written<'_>) -> String {
    let is_of_node = || workload.volume_of(mount).is_some_and(|volume| volume.is_of("hostPath"));
    let path = if written.source.is_some() { quoted(written.path) } else { "the path".to_owned() };
    let is_propagation = matches!(written.options.map(str::trim), Some("shared" | "rshared" | "slave" | "rslave"));
    let beside = if written.is_read_only() { ", and `readOnly: true` beside it" } else { "" };
    let more = match written.source {
        Some(_) if is_of_node() => ": the volume says already which path of the node it is",
        Some(_) => "; what is mounted there is said under `volumes`, a directory of the node as a `hostPath`",
        None if is_propagation => {
            "; all containers that mount the volume see its files, and `mountPropagation` is for mounts in it"
        }
        None => "",
    };
    format!("Write {path} alone{beside}{more}.")
}

/// True if `mount` can be read-only at `path`: `container` is not known to write there, and another one may where the volume begins
/// empty.
fn may_be_read_only<'a>(workload: &Workload<'a>, container: &Container<'a>, mount: &Mount<'a>, path: &str) -> bool {
    let is_filled = |volume: &Volume<'_>| volume.empty_dir().is_none() || workload.is_written_by_others(volume, container, mount);
    let writes = container.process().writes().any(|used| lies_in(&used.path, path));
    !writes && workload.volume_of(mount).is_none_or(is_filled)
}
