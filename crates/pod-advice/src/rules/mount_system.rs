//! A volume hides a directory of the system.

use crate::rule::prelude::*;
use crate::workload::lies_in;

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
            let is_empty = volume.empty_dir().is_some() && !is_filled(workload, container, mount, volume);
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

/// Programs that make no other files than those that they are told, in order.
const WRITING_LITTLE: [&str; 15] =
    ["[", "cat", "chmod", "chown", "date", "echo", "exit", "ls", "mkdir", "printf", "set", "sleep", "tee", "test", "touch"];

/// True if an init container before `container` may have put into `volume` what the image has at the place of `mount`.
fn is_filled(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, volume: &Volume<'_>) -> bool {
    let may_fill = |other: &Container<'_>, used: &Mount<'_>| {
        let is_before = other.role == Role::Init && !used.read_only && (container.role == Role::App || other.position < container.position);
        let process = other.process();
        let writes_little = process.calls().next().is_some()
            && process.calls().all(|call| WRITING_LITTLE.binary_search(&call.program()).is_ok());
        let copies_others = process.calls().any(|call| call.program() == "cp")
            && process.calls().all(|call| call.program() == "cp" || WRITING_LITTLE.binary_search(&call.program()).is_ok())
            && process.reads().all(|read| read.is_exact && !lies_in(&read.path, &mount.path) && !lies_in(&mount.path, &read.path));
        is_before && !writes_little && !copies_others
    };
    workload.uses(volume).any(|(other, used)| may_fill(other, used))
}
