//! A volume hides a directory of the system.

use crate::rule::prelude::*;
use crate::shell::{Call, FileUse};
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
        for mount in container.mounts.iter().filter(|mount| is_of_system(mount)) {
            let Some(volume) = workload.volume_of(mount) else { continue };
            let has_few_files = FEW_FILES.iter().any(|source| volume.is_of(source)) && mount.sub_path.is_none();
            let is_empty = hides_system(workload, container, mount, volume);
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

/// True if `volume` is empty and hides a directory of the system.
pub(super) fn hides_system(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, volume: &Volume<'_>) -> bool {
    is_of_system(mount) && volume.empty_dir().is_some() && !is_filled(workload, container, mount, volume)
}

fn is_of_system(mount: &Mount<'_>) -> bool {
    DIRECTORIES.contains(&&*mount.path)
}

/// True if an init container before `container` may have put into `volume` what the image has at the place of `mount`.
fn is_filled(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, volume: &Volume<'_>) -> bool {
    let may_fill = |(other, used): (&Container<'_>, &Mount<'_>)| {
        other.role == Role::Init && !used.read_only && other.starts_before(container) && !fills_with_others(other, mount)
    };
    workload.uses(volume).any(may_fill)
}

/// True if the command of `container` is known to put nothing into volumes but files of its own, single files, or copies from
/// elsewhere.
fn fills_with_others(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    let process = container.process();
    let is_single = |read: &FileUse| {
        let call = process.reading.calls.get(read.call);
        call.is_some_and(|call| call.program() == "cp" && !call.has_option(&["-a", "-r", "-R", "--archive", "--recursive"]))
    };
    let is_from_elsewhere = |read: &FileUse| !lies_in(&read.path, &mount.path) && !lies_in(&mount.path, &read.path);
    let is_known = |call: &Call| call.makes_named_files_only() || call.program() == "cp";
    process.runs_only(is_known)
        && !process.reading.hides_writes
        && process.reads().all(|read| read.is_exact && (is_single(read) || is_from_elsewhere(read)))
}
