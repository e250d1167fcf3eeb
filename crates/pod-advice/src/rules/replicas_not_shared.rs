//! Each replica has an emptyDir of its own.

use super::disk_unbounded::is_for_logs;
use crate::rule::prelude::*;
use crate::workload::{inside, lies_in};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("replicas-not-shared"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "Each replica has an emptyDir of its own.",
    page: include_str!("replicas_not_shared.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let Some(replicas) =
        inside(workload.document, &["spec", "replicas"]).and_then(Value::as_u64).filter(|replicas| *replicas > 1)
    else {
        return;
    };
    let is_mounted_for_data = |volume: &&Volume<'_>| workload.uses(volume).any(|(_, mount)| !mount.is_scratch());
    let mut volumes = workload.shared().chain(workload.empty_dirs().filter(is_mounted_for_data));
    let Some(volume) = volumes.find(|volume| differs(workload, volume)).filter(|_| !workload.completes()) else { return };
    let name = quoted(volume.name);
    let message =
        format!("Each of the {replicas} replicas has its own {name}: what one of them writes there, the others do not see.");
    let hint = "If all replicas are to see the same files, use a claim with `ReadWriteMany`.";
    found.say(Path::root().entry("spec").entry("replicas"), message, hint);
}

/// True if replicas may come to have different files: somebody goes on writing, and not only sockets or configuration.
fn differs<'a>(workload: &Workload<'a>, volume: &Volume<'a>) -> bool {
    let keeps_data = |container: &Container<'_>, mount: &Mount<'_>| {
        container.image.known.is_none_or(|known| !known.is_server || known.data.contains(&&*mount.path))
    };
    let is_writer = |container: &Container<'_>, mount: &Mount<'_>| {
        container.role != Role::Init && !mount.read_only && keeps_data(container, mount)
    };
    let is_written = workload.uses(volume).any(|(container, mount)| is_writer(container, mount));
    let is_own = || is_named_for_own(volume.name) || workload.uses(volume).any(|(_, mount)| is_own(mount));
    is_written && !is_handed_over(workload, volume) && !volume.is_for_sockets() && !is_own()
}

/// How words end in names of volumes of which each Pod has its own by intention.
const ENDS_OF_OWN: [&str; 9] =
    ["cert", "certs", "certificate", "certificates", "conf", "config", "configs", "configuration", "tls"];

fn is_named_for_own(name: &str) -> bool {
    name.split(['-', '.']).any(|word| ENDS_OF_OWN.iter().any(|end| word.ends_with(end)))
}

/// True of a directory of configuration or of logs.
fn is_own(mount: &Mount<'_>) -> bool {
    lies_in(&mount.path, "/etc") || is_for_logs(&mount.path) || is_for_logs(mount.name)
}

/// True if an init container fills `volume` and nothing tells that somebody goes on writing: neither a command nor that only
/// others mount it read-only.
fn is_handed_over<'a>(workload: &Workload<'a>, volume: &Volume<'a>) -> bool {
    let goes_on = |container: &Container<'a>, mount: &Mount<'a>| {
        container.role != Role::Init && (mount.read_only || container.surely_writes(mount))
    };
    workload.is_filled_by_init(volume) && !workload.uses(volume).any(|(container, mount)| goes_on(container, mount))
}
