//! Each replica has an emptyDir of its own.

use crate::rule::prelude::*;
use crate::workload::inside;

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
    let message = format!(
        "Each of the {replicas} replicas has a {} of its own: containers of one Pod share it, Pods do not.",
        quoted(volume.name)
    );
    let hint = "Use a claim with `ReadWriteMany` for files that all replicas are to see.";
    found.say(Path::root().entry("spec").entry("replicas"), message, hint);
}

/// True if replicas may come to have different files: somebody goes on writing, and not only sockets or configuration.
fn differs(workload: &Workload<'_>, volume: &Volume<'_>) -> bool {
    let is_writer = |container: &Container<'_>| container.role != Role::Init && !container.image.is_server();
    let is_written = workload.uses(volume).any(|(container, mount)| !mount.read_only && is_writer(container));
    is_written && !volume.is_for_sockets() && !["conf", "cert", "tls"].iter().any(|part| volume.name.contains(part))
}
