//! The Pod is deleted, replaced or evicted.
//!
//! Follows `pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go` (v1.35, `findAndRemoveDeletedPods`), which
//! takes the volumes of a Pod down when it is over or gone, and `pkg/volume/emptydir/empty_dir.go` (`TearDownAt`).

use kube_dry_run::Path;
use serde_json::Value;

use super::outcome::Cause;
use super::owner::replace as replace_pod;
use super::scene::{PodState, Scene};
use crate::workload::{inside, text};

/// How long a container has to end when the document does not say, in seconds.
const GRACE_SECONDS: u64 = 30;

pub(super) fn delete(scene: &mut Scene<'_, '_>) {
    scene.sum_up(format!("The containers are stopped, and the Pod is removed{}.", scene.if_empty_dirs(" with its emptyDirs")));
    scene.volumes_go(PodState::Deleted);
    stop(scene);
    replace_pod(scene, false);
}

/// The containers are asked to end, and killed when they do not.
fn stop(scene: &mut Scene<'_, '_>) {
    let field = scene.workload.pod_place().entry("terminationGracePeriodSeconds");
    let grace = field.find(scene.workload.document).and_then(Value::as_u64).unwrap_or(GRACE_SECONDS);
    scene.end_apps(Cause::Deleted, &format!("gets a TERM signal, and is killed if it still runs after {grace} seconds"));
    scene.end_sidecars(Cause::Deleted, "is stopped after the app containers");
    scene.lever(field, "It says how long the containers have to end and to save what they need.");
}

pub(super) fn replace(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let strategy = strategy_field(workload.kind);
    let written = strategy.entry("type").find(workload.document).and_then(Value::as_str);
    if written == Some("OnDelete") {
        scene.sum_up("Nothing happens yet: with `OnDelete`, a Pod stays as it is until somebody deletes it.");
        scene.volumes_stay();
        return scene.lever(strategy.entry("type"), "With `RollingUpdate`, Pods would be replaced one after the other.");
    }
    let is_beside = starts_beside(scene, &strategy, written);
    let files = scene.if_empty_dirs(" with empty volumes");
    scene.sum_up(if is_beside {
        format!("A new Pod{files} starts beside the old one, which is deleted when the new one is ready.")
    } else {
        format!("The old Pod is deleted, and a new one{files} takes its place.")
    });
    scene.volumes_go(PodState::Deleted);
    stop(scene);
    scene.start_all(Cause::NewPod);
    note_replicas(scene);
    if is_beside {
        note_unavailable(scene, &strategy);
    }
    let change = if is_beside { "It says whether the old Pod goes first." } else { "It says in which order Pods are replaced." };
    scene.lever(strategy.entry("type"), change);
}

fn strategy_field(kind: &str) -> Path {
    Path::root().entry("spec").entry(if kind == "Deployment" { "strategy" } else { "updateStrategy" })
}

/// True if the new Pod starts before the old one is deleted.
fn starts_beside(scene: &Scene<'_, '_>, strategy: &Path, written: Option<&str>) -> bool {
    let surge = strategy.entry("rollingUpdate").entry("maxSurge");
    let surge = surge.find(scene.workload.document).filter(|surge| !surge.is_null());
    let is_zero = surge.is_some_and(|surge| surge.as_u64() == Some(0) || surge.as_str().is_some_and(|text| text == "0%"));
    match scene.workload.kind {
        "Deployment" => written != Some("Recreate") && !is_zero,
        "DaemonSet" => surge.is_some() && !is_zero,
        _ => false,
    }
}

/// Notes that each replica has volumes of its own.
fn note_replicas(scene: &mut Scene<'_, '_>) {
    let replicas = inside(scene.workload.document, &["spec", "replicas"]).and_then(Value::as_u64);
    let has_files = scene.workload.empty_dirs().next().is_some();
    if let Some(replicas) = replicas.filter(|replicas| *replicas > 1 && has_files) {
        scene.note(format!("Each of the {replicas} replicas has emptyDirs of its own, and loses them in its turn."));
    }
}

/// Notes that some Pods may be deleted before others are ready, if `maxUnavailable` allows that of one or more.
fn note_unavailable(scene: &mut Scene<'_, '_>, strategy: &Path) {
    let document = scene.workload.document;
    let written = strategy.entry("rollingUpdate").entry("maxUnavailable").find(document).filter(|bound| !bound.is_null());
    let replicas = inside(document, &["spec", "replicas"]).and_then(Value::as_u64).unwrap_or(1);
    let unavailable = match (written, scene.workload.kind) {
        (Some(bound), _) => scaled(bound, replicas),
        (None, "Deployment") => scaled(&UNAVAILABLE.into(), replicas),
        (None, _) => 0,
    };
    if unavailable > 0 {
        scene.note("Within `maxUnavailable`, an old Pod may go before a new one is ready.");
    }
}

/// What `maxUnavailable` of a Deployment is by default.
const UNAVAILABLE: &str = "25%";

/// How many Pods `bound` is: a number, or a share of `replicas`, rounded down.
///
/// Follows `pkg/controller/deployment/util/deployment_util.go` (v1.35, `ResolveFenceposts`).
fn scaled(bound: &Value, replicas: u64) -> u64 {
    let share = || bound.as_str()?.strip_suffix('%')?.parse::<u64>().ok();
    bound.as_u64().or_else(|| Some(share()?.saturating_mul(replicas) / 100)).unwrap_or_default()
}

/// The kubelet evicts the Pod because of what `reason` says.
pub(super) fn evict(scene: &mut Scene<'_, '_>, reason: &str) {
    scene.sum_up(format!("The kubelet evicts the whole Pod when it measures that {reason}."));
    scene.volumes_go(PodState::Over);
    scene.end_apps(Cause::Evicted, "is killed at once, without time to end");
    scene.end_sidecars(Cause::Evicted, "is killed at once, without time to end");
    replace_pod(scene, true);
    let is_critical = text(scene.workload.pod, "priorityClassName").is_some_and(|name| name.starts_with("system-"));
    if is_critical {
        scene.note("A Pod of a `system-` priority class may be spared.");
    }
}
