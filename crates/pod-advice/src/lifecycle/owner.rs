//! Who starts a new Pod when one is over.
//!
//! Follows the controllers in `pkg/controller` (v1.35): `replicaset`, `statefulset` and `daemon` replace a Pod that has failed
//! or is gone, `job` does so up to its `backoffLimit`, and nobody replaces a Pod that stands alone.

use kube_dry_run::Path;
use serde_json::Value;

use super::outcome::{Cause, Lever};
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
    let Next { sentence, lever, starts_pod } = next(scene);
    note_policy(scene);
    scene.note(format!("The {sentence}"));
    if starts_pod {
        scene.start_all(Cause::NewPod);
    }
    scene.lever(lever.field, lever.sentence);
}

/// Notes what the Job, if there is one, does once its Pod has failed, which it has not yet.
pub(super) fn note_next_pod(scene: &mut Scene<'_, '_>) {
    if is_job(scene.workload) {
        let Next { sentence, lever, .. } = next(scene);
        note_policy(scene);
        scene.note(format!("After that, the {sentence}"));
        scene.lever(lever.field, lever.sentence);
    }
}

/// What a Job does when its Pod has failed.
struct Next {
    /// The same in words, which begin with the Job.
    sentence: String,
    /// The field that decides it.
    lever: Lever,
    /// True if it starts another Pod.
    starts_pod: bool,
}

fn next(scene: &Scene<'_, '_>) -> Next {
    let workload = scene.workload;
    let (noun, files) = (workload.noun(), scene.if_empty_dirs(" with empty volumes"));
    let of_index = job_field(workload, "backoffLimitPerIndex");
    let (of_job, limit_of_job) = tries(workload);
    let (field, name, limit, of_what, end) = match of_index.find(workload.document).and_then(Value::as_u64) {
        Some(limit) => (of_index, "backoffLimitPerIndex", limit, " for each index", "does not try this index again"),
        None => (of_job, "backoffLimit", limit_of_job, "", "fails"),
    };
    let (sentence, change) = if limit == 0 {
        (format!("{noun} {end}, as `{name}` is 0."), format!("With a larger `{name}`, the {noun} would start a new Pod."))
    } else {
        let times = if limit == 1 { "once".to_owned() } else { format!("at most {limit} times") };
        (format!("{noun} starts a new Pod{files}, {times}{of_what}."), format!("It says how often the {noun} tries again."))
    };
    Next { sentence, lever: Lever { field, sentence: change }, starts_pod: limit > 0 }
}

/// Notes that rules decide what becomes of the Job, by how its Pod has failed.
fn note_policy(scene: &mut Scene<'_, '_>) {
    let rules = job_field(scene.workload, "podFailurePolicy");
    if rules.find(scene.workload.document).is_some_and(|rules| !rules.is_null()) {
        scene.note("Its `podFailurePolicy` may decide otherwise, by how the Pod has failed.");
    }
}
