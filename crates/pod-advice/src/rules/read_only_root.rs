//! A root file system is read-only, and the image must write into it.

use crate::rule::prelude::*;
use crate::workload::{inside, lies_in};
use crate::writable::writable;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("read-only-root"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A root file system is read-only, and the image must write into it.",
    page: include_str!("read_only_root.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some(known) = container.image.known.filter(|known| !known.scratch.is_empty()) else { continue };
        let is_read_only = inside(container.value, &["securityContext", "readOnlyRootFilesystem"]) == Some(&Value::Bool(true));
        if !is_read_only || !runs_server(container) {
            continue;
        }
        let missing: Vec<_> = known.scratch.iter().copied().filter(|directory| !is_writable(container, directory)).collect();
        if missing.is_empty() {
            continue;
        }
        let place = workload.place(container).entry("securityContext").entry("readOnlyRootFilesystem");
        let message =
            format!("{} cannot start: it must write to {}.", quoted(container.name), listed(missing.iter().copied(), "and"));
        found.say(place, message, "Mount an emptyDir at each of these directories.").fix = fix(workload, container, &missing);
    }
}

/// True if the server of the image is what runs.
pub(super) fn runs_server(container: &Container<'_>) -> bool {
    let process = container.process();
    process.words.is_empty()
        || process.calls().any(|call| call.program() == "nginx" && !call.has_option(&["-t", "-T", "-v", "-V"]))
}

fn is_writable(container: &Container<'_>, directory: &str) -> bool {
    let names = [directory, directory.strip_prefix("/var").unwrap_or(directory)];
    container.mounts.iter().any(|mount| !mount.read_only && names.iter().any(|name| lies_in(name, &mount.path)))
}

/// Adds an emptyDir for each of the `missing` directories, or lets the container write where it has a mount.
fn fix(workload: &Workload<'_>, container: &Container<'_>, missing: &[&str]) -> Option<Fix> {
    let mounts = workload.place(container).entry("volumeMounts");
    let volumes = workload.pod_place().entry("volumes");
    let mut changes = Vec::new();
    let mut offset = 0;
    for directory in missing {
        if let Some(mount) = container.mounts.iter().find(|mount| lies_in(directory, &mount.path)) {
            changes.extend(writable(workload, container, mount)?);
            continue;
        }
        let name = directory.trim_start_matches('/').replace('/', "-");
        if workload.volumes.iter().any(|volume| volume.name == name) {
            return None;
        }
        let volume = json!({"name": name, "emptyDir": {"sizeLimit": "64Mi"}});
        let own = workload.volumes.iter().filter(|volume| !volume.is_claim).count();
        changes.push(Change::Set(volumes.index(own + offset), volume));
        changes.push(Change::Set(mounts.index(container.mounts.len() + offset), json!({"name": name, "mountPath": directory})));
        offset += 1;
    }
    Some(Fix::guess("Mount emptyDirs there", changes))
}
