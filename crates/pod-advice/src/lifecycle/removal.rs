//! The Pod is deleted or evicted.
//!
//! Follows `pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go` (v1.35, `findAndRemoveDeletedPods`), which
//! takes the volumes of a Pod down when it is over or gone, and `pkg/volume/emptydir/empty_dir.go` (`TearDownAt`).

use serde_json::Value;

use super::outcome::Cause;
use super::owner::replace;
use super::scene::{PodState, Scene};
use crate::workload::{Volume, Workload, inside, text};

/// How long a container has to end when the document does not say, in seconds.
const GRACE_SECONDS: u64 = 30;

/// How long a container has to end at least, in seconds, whatever the document says and for an eviction too.
///
/// Follows `pkg/kubelet/kuberuntime/kuberuntime_container.go` (v1.35, `killContainer`, `minimumGracePeriodInSeconds`).
const MIN_GRACE_SECONDS: u64 = 2;

pub(super) fn delete(scene: &mut Scene<'_, '_>) {
    scene.sum_up(format!("The containers are stopped, and the Pod is removed{}.", scene.if_empty_dirs(" with its emptyDirs")));
    scene.volumes_go(PodState::Deleted);
    stop(scene);
    replace(scene, false);
}

/// The containers are asked to end, and killed when they do not.
pub(super) fn stop(scene: &mut Scene<'_, '_>) {
    let field = scene.workload.pod_place().entry("terminationGracePeriodSeconds");
    let grace = field.find(scene.workload.document).and_then(Value::as_u64).unwrap_or(GRACE_SECONDS);
    scene.end_each_app(Cause::Deleted, |container| {
        let has_hook = inside(container.value, &["lifecycle", "preStop"]).is_some_and(|hook| !hook.is_null());
        let hook = if has_hook { "runs its `preStop` hook, " } else { "" };
        format!("{hook}{}", asked_to_end(grace))
    });
    scene.end_sidecars(Cause::Deleted, "is stopped after the app containers");
    scene.lever(field, "It says how long the containers have to end and to save what they need.");
}

/// How a container ends that has `grace` seconds to end.
fn asked_to_end(grace: u64) -> String {
    format!("gets a TERM signal, and is killed if it still runs after {}", counted_seconds(grace.max(MIN_GRACE_SECONDS)))
}

/// A number of seconds in words.
pub(super) fn counted_seconds(seconds: u64) -> String {
    if seconds == 1 { "1 second".to_owned() } else { format!("{seconds} seconds") }
}

/// The kubelet evicts the Pod because of what `reason` says of `volume`; true if it does.
///
/// Follows `pkg/kubelet/eviction/eviction_manager.go` (v1.35, `evictPod`), which leaves critical Pods alone.
pub(super) fn evict(scene: &mut Scene<'_, '_>, volume: &Volume<'_>, reason: &str) -> bool {
    if let Some(class) = critical_class(scene.workload) {
        scene.sum_up(format!(
            "The kubelet would evict the Pod when it measures that {reason}, but spares one of the class `{class}`."
        ));
        scene.volumes_stay();
        scene.note("Writes go on, and may fill the disk of the node.");
        let field = scene.workload.pod_place().entry("priorityClassName");
        scene.lever(field, "With a class of lower priority, the Pod would be evicted.");
        return false;
    }
    scene.sum_up(format!("The kubelet evicts the whole Pod when it measures that {reason}."));
    scene.volumes_go_by(PodState::Over, volume);
    scene.end_apps(Cause::Evicted, &asked_to_end(MIN_GRACE_SECONDS));
    scene.end_sidecars(Cause::Evicted, "is stopped after the app containers, in as short a time");
    scene.note("This eviction does not wait for `terminationGracePeriodSeconds`.");
    replace(scene, true);
    true
}

/// The class of the Pod, if its priority is that of what a cluster cannot do without.
///
/// Follows `pkg/kubelet/types/pod_update.go` (v1.35, `IsCriticalPod`) and `pkg/apis/scheduling/types.go`.
fn critical_class<'a>(workload: &Workload<'a>) -> Option<&'a str> {
    text(workload.pod, "priorityClassName").filter(|class| matches!(*class, "system-cluster-critical" | "system-node-critical"))
}
