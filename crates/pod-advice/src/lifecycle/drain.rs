//! The node is drained, as before maintenance.
//!
//! Follows `staging/src/k8s.io/kubectl/pkg/drain/filters.go` (v1.35): `kubectl drain` stops at a Pod without a controller
//! (`unreplicatedFilter`) and at one with an emptyDir of either medium (`localStorageFilter`) until a flag tells it to go on, and
//! leaves those of a `DaemonSet` (`daemonSetFilter`). It has the others evicted, which deletes them.

use super::owner::replace_at;
use super::removal::stop;
use super::scene::{PodState, Scene};

pub(super) fn drain(scene: &mut Scene<'_, '_>) {
    if scene.workload.kind == "DaemonSet" {
        return stay(scene);
    }
    let of_files = scene.if_empty_dirs("--delete-emptydir-data");
    let is_lone = scene.workload.kind == "Pod" && scene.workload.controller().is_none();
    let of_lone_pod = if is_lone { "--force" } else { "" };
    let flags: Vec<_> =
        [of_files, of_lone_pod].into_iter().filter(|flag| !flag.is_empty()).map(|flag| format!("`{flag}`")).collect();
    let files = scene.if_empty_dirs(" with its emptyDirs");
    scene.sum_up(match flags.as_slice() {
        [] => "The Pod is evicted: the containers are stopped, and the Pod is removed.".to_owned(),
        flags => format!("`kubectl drain` stops at this Pod. With {} it evicts the Pod{files}.", flags.join(" and ")),
    });
    scene.volumes_go(PodState::Deleted);
    stop(scene);
    replace_at(scene, false, "on another node: this one takes no new Pods");
    scene.note("Where a PodDisruptionBudget asks for it, the eviction waits.");
}

fn stay(scene: &mut Scene<'_, '_>) {
    scene.sum_up("The Pod runs on: with `--ignore-daemonsets`, `kubectl drain` leaves the Pods of a DaemonSet, and without it stops at them.");
    scene.volumes_stay();
}
