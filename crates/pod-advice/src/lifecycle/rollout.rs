//! A new version of the Pod replaces it.
//!
//! Follows the controllers in `pkg/controller` (v1.35): `deployment/rolling.go`, `daemon/update.go` and
//! `statefulset/stateful_set_control.go` (`updateStatefulSet`).

use kube_dry_run::Path;
use serde_json::Value;

use super::outcome::Cause;
use super::removal::stop;
use super::scene::{PodState, Scene};
use crate::workload::{Workload, inside};

pub(super) fn replace(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    let strategy = strategy_field(workload.kind);
    let written = strategy.entry("type").find(workload.document).and_then(Value::as_str);
    if let Some((summary, field, sentence)) = what_holds_it(workload, &strategy, written) {
        scene.sum_up(summary);
        scene.volumes_stay();
        return scene.lever(field, sentence);
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
    levers(scene, &strategy, written, is_beside);
}

/// Why no Pod is replaced, where none is: the summary, and the field that would change it with what would change.
fn what_holds_it(workload: &Workload<'_>, strategy: &Path, written: Option<&str>) -> Option<(String, Path, &'static str)> {
    let paused = Path::root().entry("spec").entry("paused");
    if workload.kind == "Deployment" && paused.find(workload.document) == Some(&Value::Bool(true)) {
        let summary = "Nothing happens yet: while the Deployment is paused, its Pods stay as they are.";
        return Some((summary.to_owned(), paused, "Without it, Pods would be replaced."));
    }
    if written == Some("OnDelete") {
        let summary = "Nothing happens yet: with `OnDelete`, a Pod stays as it is until somebody deletes it.";
        let change = "With `RollingUpdate`, Pods would be replaced one after the other.";
        return Some((summary.to_owned(), strategy.entry("type"), change));
    }
    let (first, below) = partition(workload, strategy)?;
    let replicas = number(workload, &["spec", "replicas"]).unwrap_or(1);
    (first.saturating_add(replicas) <= below).then(|| {
        let summary = format!("Nothing happens: with `partition` {below}, all Pods with a lower number stay as they are.");
        (summary, partition_field(strategy), "With a lower one, the Pods from that number on would be replaced.")
    })
}

/// The number of the first Pod of a `StatefulSet`, and the one below which Pods stay as they are, if there is one.
fn partition(workload: &Workload<'_>, strategy: &Path) -> Option<(u64, u64)> {
    let partition = partition_field(strategy).find(workload.document).and_then(Value::as_u64);
    let below = partition.filter(|below| *below > 0 && workload.kind == "StatefulSet")?;
    Some((number(workload, &["spec", "ordinals", "start"]).unwrap_or(0), below))
}

fn partition_field(strategy: &Path) -> Path {
    strategy.entry("rollingUpdate").entry("partition")
}

fn number(workload: &Workload<'_>, fields: &[&str]) -> Option<u64> {
    inside(workload.document, fields).and_then(Value::as_u64)
}

/// Names the fields that say how Pods are replaced.
fn levers(scene: &mut Scene<'_, '_>, strategy: &Path, written: Option<&str>, is_beside: bool) {
    let (type_of, surge) = (strategy.entry("type"), strategy.entry("rollingUpdate").entry("maxSurge"));
    match scene.workload.kind {
        "Deployment" if is_beside => scene.lever(type_of, "With `Recreate`, the old Pod would go first."),
        "Deployment" if written == Some("Recreate") => {
            scene.lever(type_of, "With `RollingUpdate`, the new Pod would start first.");
        }
        "Deployment" => scene.lever(surge, "With 1, the new Pod would start first."),
        "StatefulSet" => {
            if let Some((first, below)) = partition(scene.workload, strategy).filter(|(first, below)| first < below) {
                scene.note(format!("Pods with a number from {first} to {} stay as they are.", below - 1));
            }
            scene.lever(partition_field(strategy), "Pods with a lower number than it says stay as they are.");
            scene.lever(type_of, "With `OnDelete`, a Pod would stay as it is until somebody deletes it.");
        }
        _ => {
            let change = if is_beside { "With 0, the old Pod would go first." } else { "With 1, the new Pod would start first." };
            scene.lever(surge, change);
            scene.lever(type_of, "With `OnDelete`, a Pod would stay as it is until somebody deletes it.");
        }
    }
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
    let replicas = number(scene.workload, &["spec", "replicas"]);
    let has_files = scene.workload.empty_dirs().next().is_some();
    if let Some(replicas) = replicas.filter(|replicas| *replicas > 1 && has_files) {
        scene.note(format!("Each of the {replicas} replicas has emptyDirs of its own, and loses them in its turn."));
    }
}

/// Notes that some Pods may be deleted before others are ready, if `maxUnavailable` allows that of one or more.
fn note_unavailable(scene: &mut Scene<'_, '_>, strategy: &Path) {
    let document = scene.workload.document;
    let written = strategy.entry("rollingUpdate").entry("maxUnavailable").find(document).filter(|bound| !bound.is_null());
    let replicas = number(scene.workload, &["spec", "replicas"]).unwrap_or(1);
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
