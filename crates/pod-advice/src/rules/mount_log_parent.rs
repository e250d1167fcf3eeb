//! A volume at `/var/log` hides the directory that nginx logs to.

use super::read_only_root::runs_server;
use crate::rule::prelude::*;
use crate::shell::FileUse;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-log-parent"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A volume at `/var/log` hides the directory that nginx logs to.",
    page: include_str!("mount_log_parent.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.image.is_nginx() && runs_server(container)) {
        let is_parent = |mount: &Mount<'_>| matches!(&*mount.path, "/var" | "/var/log");
        let mut mounts = workload.empty_dir_mounts(container).filter(|(mount, _)| is_parent(mount));
        if let Some((mount, _)) = mounts.next().filter(|(hiding, volume)| !has_directory(workload, container, volume, hiding)) {
            let message = format!("nginx in {} does not start: the volume hides `/var/log/nginx`.", quoted(container.name));
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, "Mount it at `/var/log/nginx`.");
        }
    }
}

/// How many mounts of a volume are looked at.
const MAX_LOOKED_AT: usize = 64;

/// Where nginx logs to.
const LOGS: &str = "/var/log/nginx";

/// True if the directory is there all the same, in spite of the mount that is `hiding` it: as the place of another mount, as the
/// `subPath` of one, which the kubelet makes, or made by the container or by one before it.
fn has_directory(workload: &Workload<'_>, container: &Container<'_>, volume: &Volume<'_>, hiding: &Mount<'_>) -> bool {
    let directory = hiding.in_volume(LOGS);
    container.mounts.iter().any(|mount| lies_in(&mount.path, LOGS))
        || makes(container, hiding, &directory)
        || workload.uses(volume).take(MAX_LOOKED_AT).any(|(other, mount)| {
            let is_shown = other.starts_before(container) && lies_in(&mount.place, &directory);
            let may_make = || !other.process().ends() || makes(other, mount, &directory);
            is_shown || other.role == Role::Init && !mount.read_only && may_make()
        })
}

/// True if the command of `container` makes the `directory` of the volume at `mount`, or may do so: where it says it only up to what
/// the shell knows, and where it puts what it does not name into all of the volume.
fn makes(container: &Container<'_>, mount: &Mount<'_>, directory: &str) -> bool {
    let is_all = |used: &FileUse| used.path == mount.path && !matches!(&*used.program, "mkdir" | "touch");
    let is_it = |used: &FileUse| !used.is_exact || lies_in(&mount.in_volume(&used.path), directory) || is_all(used);
    container.process().writes().any(|used| lies_in(&used.path, &mount.path) && is_it(used))
}
