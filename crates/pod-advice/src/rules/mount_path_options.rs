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
const OPTIONS: [&str; 14] = [
    "ro",
    "rw",
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
            if !options.split(',').all(|option| OPTIONS.contains(&option)) {
                continue;
            }
            let place = workload.mount_place(container, mount);
            let message = format!("{} is the whole path: Kubernetes reads no options in it.", quoted(mount.written));
            let is_read_only = options.split(',').any(|option| option == "ro");
            let hint = match options {
                _ if is_read_only => "Write the path alone, and `readOnly: true` beside it.",
                "shared" | "rshared" | "slave" | "rslave" => {
                    "Write the path alone; all containers that mount the volume see its files, and `mountPropagation` is for mounts in it."
                }
                _ => "Write the path alone.",
            };
            let mut changes = vec![Change::Set(place.entry("mountPath"), path.into())];
            changes.extend(is_read_only.then(|| Change::Set(place.entry("readOnly"), true.into())));
            let is_taken = path.is_empty() || container.mounts.iter().any(|other| other.path == path);
            let finding = found.say(place.entry("mountPath"), message, hint);
            finding.fix = (!is_taken).then(|| Fix::guess(format!("Write {path}"), changes));
        }
    }
}
