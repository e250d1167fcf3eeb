//! The work is done.
//!
//! Follows `pkg/kubelet/kubelet_pods.go` (v1.35, `getPhase`): a Pod is over when all of its app containers have ended, whatever
//! its sidecars do.

use kube_dry_run::Path;
use kube_dry_run::shown::listed;
use serde_json::Value;

use super::outcome::Cause;
use super::owner::{is_job, job_field};
use super::removal::counted_seconds;
use super::scene::{PodState, Scene};
use crate::rule::quoted;
use crate::sidecar::may_be_ended;
use crate::workload::{Container, Role, Workload};

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
    let complete = match pods(workload) {
        Pods::One => format!("the {noun} is complete"),
        Pods::Several(count) => format!("the Pod is complete, and the {noun} is when {count} Pods are"),
        Pods::Queue => format!("the Pod is complete, and the {noun} is when all of its Pods have ended"),
    };
    scene.sum_up(format!("{when} all app containers have ended with success, {complete}."));
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

/// How many Pods have to succeed before a Job is complete.
enum Pods {
    One,
    Several(u64),
    /// As many as the Pods find to do.
    Queue,
}

/// Follows `pkg/controller/job/job_controller.go` (v1.35, `syncJob`): without `completions`, a success is enough once no Pod runs.
fn pods(workload: &Workload<'_>) -> Pods {
    let is_parallel = number(workload, "parallelism").is_some_and(|parallel| parallel > 1);
    match number(workload, "completions") {
        _ if !is_job(workload) => Pods::One,
        Some(count) if count > 1 => Pods::Several(count),
        None if is_parallel => Pods::Queue,
        _ => Pods::One,
    }
}

fn number(workload: &Workload<'_>, field: &str) -> Option<u64> {
    job_field(workload, field).find(workload.document).and_then(Value::as_u64)
}

fn notes_of_job(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    if matches!(pods(workload), Pods::Several(_)) {
        scene.note(format!("Until then the Job starts further Pods{}.", scene.if_empty_dirs(" with empty volumes")));
        scene.lever(job_field(workload, "completions"), "It says how many Pods have to succeed.");
    }
    if workload.kind == "CronJob" {
        scene.note(format!("The next run is a new Pod{}.", scene.if_empty_dirs(" with empty volumes")));
    }
    if number(workload, "parallelism").is_some_and(|parallel| parallel > 1) {
        scene.note("Pods that run in parallel have emptyDirs of their own.");
    }
    levers_of_what_stays(scene);
}

/// How many Jobs that have succeeded a `CronJob` keeps when nothing says so.
///
/// Follows `pkg/apis/batch/v1/defaults.go` (v1.35, `SetDefaults_CronJob`).
const HISTORY: u64 = 3;

/// Names the fields that say how long a finished Job stays.
fn levers_of_what_stays(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let field = job_field(workload, "ttlSecondsAfterFinished");
    match number(workload, "ttlSecondsAfterFinished") {
        Some(0) => scene.lever(field, "The Job, its Pods and their logs are deleted at once."),
        Some(seconds) => {
            scene.lever(field, format!("The Job, its Pods and their logs are deleted {} later.", counted_seconds(seconds)));
        }
        None if workload.kind == "CronJob" => {
            let field = Path::root().entry("spec").entry("successfulJobsHistoryLimit");
            let kept = field.find(workload.document).and_then(Value::as_u64).unwrap_or(HISTORY);
            let sentence = match kept {
                0 => "Jobs that have succeeded are deleted at once, with their Pods and logs.".to_owned(),
                1 => "Only the last Job that has succeeded stays, with its Pods and logs.".to_owned(),
                kept => format!("The last {kept} Jobs that have succeeded stay, with their Pods and logs."),
            };
            scene.lever(field, sentence);
        }
        None => scene.lever(field, "Without it, the Job and its Pods stay until somebody deletes them."),
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
            "As a native sidecar (in `initContainers`, with `restartPolicy: Always`), {} would not keep the {noun} from completing.",
            quoted(container.name)
        );
        scene.lever(workload.place(container), sentence);
    }
    let field = job_field(workload, "activeDeadlineSeconds");
    match number(workload, "activeDeadlineSeconds") {
        Some(seconds) => scene.lever(field, format!("It ends the {noun} after {}, as a failure.", counted_seconds(seconds))),
        None => scene.lever(field, format!("It would end the {noun}, as a failure.")),
    }
}
