//! The path of a mount ends with options as Docker knows them.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-path-options"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The path of a mount ends with options as Docker knows them.",
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
            let Some((path, options)) = mount.written.rsplit_once(':') else { continue };
            let is_option = |option: &str| OPTIONS.contains(&option) || matches!(option, "RO" | "RW");
            if !options.split(',').all(|option| is_option(option.trim())) {
                continue;
            }
            let path = path.trim_end();
            let place = workload.mount_place(container, mount);
            let message = format!("{} is the whole path: Kubernetes reads no options in it.", quoted(mount.written));
            let is_read_only = options.split(',').any(|option| matches!(option.trim(), "ro" | "RO" | "readonly"));
            let hint = match options.trim() {
                _ if is_read_only => "Write the path alone, and `readOnly: true` beside it.",
                "shared" | "rshared" | "slave" | "rslave" => {
                    "Write the path alone; all containers that mount the volume see its files, and `mountPropagation` is for mounts in it."
                }
                _ => "Write the path alone.",
            };
            let mut changes = vec![Change::Set(place.entry("mountPath"), path.into())];
            let stays_read_only = is_read_only && may_be_read_only(workload, container, mount);
            changes.extend(stays_read_only.then(|| Change::Set(place.entry("readOnly"), true.into())));
            let is_taken = path.is_empty() || container.mounts.iter().any(|other| other.path == path);
            let finding = found.say(place.entry("mountPath"), message, hint);
            finding.fix = (!is_taken).then(|| Fix::guess(format!("Write {path}"), changes));
        }
    }
}

/// True if `mount` can be read-only: `container` is not known to write into it, and another one may where the volume begins empty.
fn may_be_read_only<'a>(workload: &Workload<'a>, container: &Container<'a>, mount: &Mount<'a>) -> bool {
    let is_filled = |volume: &Volume<'_>| volume.empty_dir().is_none() || workload.is_written_by_others(volume, container, mount);
    !container.surely_writes(mount) && workload.volume_of(mount).is_none_or(is_filled)
}
