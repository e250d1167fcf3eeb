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
    let shared = workload.shared().filter(|volume| !volume.is_for_sockets() && !is_handed_over(workload, volume));
    let alone = workload.empty_dirs().filter(|volume| !volume.is_shared() && keeps_data(workload, volume));
    let mut volumes = shared.chain(alone);
    let Some(volume) = volumes.next().filter(|_| !workload.completes()) else { return };
    let name = quoted(volume.name);
    let message =
        format!("Each of the {replicas} replicas has its own {name}: what one of them writes there, the others do not see.");
    let hint = "If all replicas are to see the same files, use a claim with `ReadWriteMany`.";
    found.say(Path::root().entry("spec").entry("replicas"), message, hint);
}

/// True if its only container goes on to write data into `volume`: not configuration, not logs, and not what a server only hands out.
fn keeps_data<'a>(workload: &Workload<'a>, volume: &Volume<'a>) -> bool {
    let is_written = |container: &Container<'_>, mount: &Mount<'_>| {
        let is_kept = container.image.known.is_none_or(|known| !known.is_server || known.data.contains(&&*mount.path));
        is_kept && container.role != Role::Init && !mount.read_only
    };
    let is_own = |mount: &Mount<'_>| {
        mount.is_scratch() || lies_in(&mount.path, "/etc") || is_for_logs(&mount.path) || is_for_logs(volume.name)
    };
    let mut uses = workload.uses(volume);
    uses.any(|(container, mount)| is_written(container, mount) && !is_own(mount))
        && !volume.is_for_sockets()
        && !is_named_for_own(volume.name)
}

/// How words end in names of volumes of which each Pod has its own by intention.
const ENDS_OF_OWN: [&str; 9] =
    ["cert", "certs", "certificate", "certificates", "conf", "config", "configs", "configuration", "tls"];

fn is_named_for_own(name: &str) -> bool {
    name.split(['-', '.']).any(|word| ENDS_OF_OWN.iter().any(|end| word.ends_with(end)))
}

/// True if an init container fills `volume` and nothing tells that somebody goes on writing: neither a command nor that only
/// others mount it read-only.
fn is_handed_over<'a>(workload: &Workload<'a>, volume: &Volume<'a>) -> bool {
    let goes_on = |container: &Container<'a>, mount: &Mount<'a>| {
        container.role != Role::Init && (mount.read_only || container.surely_writes(mount))
    };
    workload.is_filled_by_init(volume) && !workload.uses(volume).any(|(container, mount)| goes_on(container, mount))
}
