//! The work is done.
//!
//! Follows `pkg/kubelet/kubelet_pods.go` (v1.35, `getPhase`): a Pod is over when all of its app containers have ended, whatever
//! its sidecars do.

use kube_dry_run::shown::listed;
use serde_json::Value;

use super::outcome::Cause;
use super::owner::{is_job, job_field};
use super::scene::{PodState, Scene};
use crate::rule::quoted;
use crate::sidecar::may_be_ended;
use crate::workload::{Container, Role};

pub(super) fn finish(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let never_ends = |container: &&Container<'_>| container.process().never_ends() && !may_be_ended(workload, container);
    let endless: Vec<_> = workload.apps().filter(never_ends).collect();
    if endless.is_empty() { complete(scene) } else { go_on(scene, &endless) }
}

fn complete(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let noun = if is_job(workload) { workload.noun() } else { "Pod" };
    let is_known = workload.apps().all(|container| container.process().ends());
    let when = if is_known { "When" } else { "If" };
    scene.sum_up(format!("{when} all app containers have ended with success, the {noun} is complete."));
    scene.volumes_go(PodState::Over);
    scene.end_apps(Cause::Ended, "ends by itself");
    scene.end_sidecars(Cause::PodEnded, "is stopped after the app containers");
    if workload.containers.iter().any(|container| container.role == Role::Sidecar) {
        scene.note("Sidecars do not keep it from completing.");
    }
    scene.note("`kubectl logs` works until the Pod is deleted, `kubectl exec` does not: no container runs.");
    if is_job(workload) {
        notes_of_job(scene);
    }
}

fn notes_of_job(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    if workload.kind == "CronJob" {
        scene.note(format!("The next run is a new Pod{}.", scene.if_empty_dirs(" with empty volumes")));
    }
    let parallel = job_field(workload, "parallelism").find(workload.document).and_then(Value::as_u64);
    if parallel.is_some_and(|parallel| parallel > 1) {
        scene.note("Pods that run in parallel have emptyDirs of their own.");
    }
    let field = job_field(workload, "ttlSecondsAfterFinished");
    match field.find(workload.document).and_then(Value::as_u64) {
        Some(seconds) => scene.lever(field, format!("The Job, its Pod and its logs are deleted {seconds} seconds later.")),
        None => scene.lever(field, "Without it, the Job and its Pod stay until somebody deletes them."),
    }
}

fn go_on(scene: &mut Scene<'_, '_>, endless: &[&Container<'_>]) {
    let workload = scene.workload;
    let names = listed(endless.iter().map(|container| container.name), "and");
    let (verb, noun) = (if endless.len() == 1 { "ends" } else { "end" }, workload.noun());
    scene.sum_up(format!("The {noun} never completes, as {names} never {verb}."));
    for container in workload.apps().filter(|container| !endless.iter().any(|other| other.is(container))) {
        scene.end(container, Cause::Ended, format!("{} ends by itself.", quoted(container.name)));
    }
    scene.volumes_stay();
    for container in endless {
        let sentence = format!(
            "As a native sidecar (in `initContainers`, with `restartPolicy: Always`), {} would not keep the {noun}.",
            quoted(container.name)
        );
        scene.lever(workload.place(container), sentence);
    }
    let field = job_field(workload, "activeDeadlineSeconds");
    scene.lever(field, format!("It would end the {noun}, as a failure."));
}
