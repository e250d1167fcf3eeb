//! A volume hides a directory of the system.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-system"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A volume hides a directory of the system.",
    page: include_str!("mount_system.md"),
    check,
};

const DIRECTORIES: [&str; 9] = ["/", "/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr", "/usr/bin", "/usr/lib"];

/// Sources of which a volume has its few files and nothing else.
const FEW_FILES: [&str; 4] = ["configMap", "downwardAPI", "projected", "secret"];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for mount in container.mounts.iter().filter(|mount| DIRECTORIES.contains(&&*mount.path)) {
            let Some(volume) = workload.volume_of(mount) else { continue };
            let has_few_files = FEW_FILES.iter().any(|source| volume.is_of(source)) && mount.sub_path.is_none();
            let is_empty = volume.empty_dir().is_some() && !workload.is_filled_by_init(volume);
            if !is_empty && !has_few_files {
                continue;
            }
            let kind = if is_empty { "empty volume" } else { "volume" };
            let what = if mount.path == "/etc" { "configuration" } else { "programs" };
            let message = format!("The {kind} at {} hides the {what} of the image.", quoted(&mount.path));
            let hint = "Mount it at a directory of its own, such as `/data`.";
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
        }
    }
}
