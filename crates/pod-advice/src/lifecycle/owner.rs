//! Who starts a new Pod when one is over.
//!
//! Follows the controllers in `pkg/controller` (v1.35): `replicaset`, `statefulset` and `daemon` replace a Pod that has failed
//! or is gone, `job` does so up to its `backoffLimit`, and nobody replaces a Pod that stands alone.

use kube_dry_run::Path;
use serde_json::Value;

use super::outcome::Cause;
use super::scene::Scene;
use crate::workload::Workload;

/// A field of the Job that `workload` is, or makes.
pub(super) fn job_field(workload: &Workload<'_>, name: &str) -> Path {
    let spec = Path::root().entry("spec");
    let spec = if workload.kind == "CronJob" { spec.entry("jobTemplate").entry("spec") } else { spec };
    spec.entry(name)
}

/// True if `workload` is a Job, or makes one.
pub(super) fn is_job(workload: &Workload<'_>) -> bool {
    matches!(workload.kind, "Job" | "CronJob")
}

/// Tells of the Pod that takes the place of one that has failed or is gone.
pub(super) fn replace(scene: &mut Scene<'_, '_>, has_failed: bool) {
    let place = if scene.workload.kind == "DaemonSet" { "on the same node" } else { "perhaps on another node" };
    replace_at(scene, has_failed, place);
}

/// As [`replace`], where the new Pod starts at a known `place`.
pub(super) fn replace_at(scene: &mut Scene<'_, '_>, has_failed: bool, place: &str) {
    let (workload, files) = (scene.workload, scene.if_empty_dirs(" with empty volumes"));
    match workload.controller().unwrap_or(workload.kind) {
        "Pod" => replace_nothing(scene, has_failed),
        "Job" | "CronJob" if workload.controller().is_none() => replace_in_job(scene),
        kind => {
            scene.note(format!("The {kind} starts a new Pod{files}, {place}."));
            scene.start_all(Cause::NewPod);
        }
    }
}

fn replace_nothing(scene: &mut Scene<'_, '_>, has_failed: bool) {
    let state = if has_failed { "stays `Failed` until somebody deletes it" } else { "is gone" };
    scene.note(format!("The Pod {state}, and nobody starts another: it has no controller."));
    let other = if scene.workload.completes() { "Job" } else { "Deployment" };
    let sentence = format!("A {other} would start a new Pod{}.", scene.if_empty_dirs(", with empty volumes"));
    scene.lever(Path::root().entry("kind"), sentence);
}

/// How often a Job tries again when nothing says so.
///
/// Follows `pkg/apis/batch/v1/defaults.go` (v1.35, `SetDefaults_Job`).
const TRIES: u64 = 6;

/// The field that says how often the Job of `workload` tries again, and what it says.
pub(super) fn tries(workload: &Workload<'_>) -> (Path, u64) {
    let field = job_field(workload, "backoffLimit");
    let limit = field.find(workload.document).and_then(Value::as_u64).unwrap_or(TRIES);
    (field, limit)
}

fn replace_in_job(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let noun = workload.noun();
    note_policy(scene);
    let of_index = job_field(workload, "backoffLimitPerIndex");
    if let Some(limit) = of_index.find(workload.document).and_then(Value::as_u64) {
        return try_again(scene, of_index, &format!("at most {limit} times for each index"));
    }
    let (field, limit) = tries(workload);
    if limit == 0 {
        scene.note(format!("The {noun} fails, as `backoffLimit` is 0."));
        return scene.lever(field, format!("With a larger `backoffLimit`, the {noun} would start a new Pod."));
    }
    let times = if limit == 1 { "once".to_owned() } else { format!("at most {limit} times") };
    try_again(scene, field, &times);
}

fn try_again(scene: &mut Scene<'_, '_>, field: Path, times: &str) {
    let (noun, files) = (scene.workload.noun(), scene.if_empty_dirs(" with empty volumes"));
    scene.note(format!("The {noun} starts a new Pod{files}, {times}."));
    scene.start_all(Cause::NewPod);
    scene.lever(field, format!("It says how often the {noun} tries again."));
}

/// Notes that rules decide what becomes of the Job, by how its Pod has failed.
fn note_policy(scene: &mut Scene<'_, '_>) {
    let rules = job_field(scene.workload, "podFailurePolicy");
    if rules.find(scene.workload.document).is_some_and(|rules| !rules.is_null()) {
        scene.note("Its `podFailurePolicy` may decide otherwise, by how the Pod has failed.");
    }
}
