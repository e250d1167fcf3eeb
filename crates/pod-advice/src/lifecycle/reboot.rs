//! The node reboots.
//!
//! Follows `pkg/kubelet/kuberuntime/kuberuntime_manager.go` (v1.35, `computePodActions`): without its sandbox a Pod gets a new
//! one, and its init containers run again; with `Never` for the Pod it gets none.

use super::outcome::{Cause, Fate};
use super::owner::replace;
use super::policy;
use super::scene::{PodState, Scene};
use crate::rule::quoted;
use crate::workload::{Restarts, Role, Volume, Workload};

pub(super) fn reboot(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    scene.end_apps(Cause::NodeDown, "ends with the node");
    scene.end_sidecars(Cause::NodeDown, "ends with the node");
    let has = |restarts: Restarts| workload.apps().any(|container| policy::of(workload, container) == restarts);
    if workload.restarts == Restarts::Never {
        let is_over = !has(Restarts::Always) && !has(Restarts::OnFailure);
        return if is_over { pod_fails(scene) } else { nothing_starts(scene) };
    }
    scene.sum_up(format!("The same Pod starts again on the node{}.", files(workload)));
    scene.volumes(PodState::Stays, after_reboot);
    scene.start_all(Cause::StartedAgain);
    if scene.has_init() {
        scene.note("Init containers run again, on what the volumes still hold.");
    }
    if has(Restarts::OnFailure) {
        scene.note("A container that had ended with success is not started again.");
    }
    note_absence(scene);
    for volume in workload.empty_dirs().filter(|volume| !volume.is_disk()) {
        let field = workload.volume_place(volume).entry("emptyDir").entry("medium");
        scene.lever(field, format!("On disk, without a medium, the files of {} would be kept.", quoted(volume.name)));
    }
}

/// What becomes of the files, in a few words.
fn files(workload: &Workload<'_>) -> &'static str {
    let has_disk = workload.empty_dirs().any(Volume::is_disk);
    let has_memory = workload.empty_dirs().any(|volume| !volume.is_disk());
    match (has_disk, has_memory) {
        (true, true) => ": files on disk are kept, files in memory are lost",
        (true, false) => ", whose emptyDirs keep their files",
        (false, true) => ", but its files in memory are lost",
        (false, false) => "",
    }
}

fn after_reboot(volume: &Volume<'_>) -> (Fate, String) {
    let name = quoted(volume.name);
    if volume.is_disk() {
        (Fate::Kept, format!("{name} is on the node's disk and keeps its files."))
    } else {
        (Fate::Lost, format!("{name} is in memory and starts empty."))
    }
}

fn pod_fails(scene: &mut Scene<'_, '_>) {
    let files = scene.if_empty_dirs(", and its emptyDirs are removed");
    scene.sum_up(format!("The Pod is `Failed` after the reboot, as `restartPolicy` is `Never`{files}."));
    scene.volumes_go(PodState::Over);
    replace(scene, true);
    let field = scene.workload.pod_place().entry("restartPolicy");
    scene.lever(field, "With `OnFailure`, the containers would start again in the same Pod.");
}

/// The policy of the Pod decides about a new sandbox, whatever those of its containers say.
fn nothing_starts(scene: &mut Scene<'_, '_>) {
    scene.sum_up("No container starts again after the reboot, as the `restartPolicy` of the Pod is `Never`.");
    scene
        .volumes(PodState::Over, |volume| (Fate::MayBeLost, format!("{} is lost when the Pod is deleted.", quoted(volume.name))));
    scene.note("The `restartPolicy` of a container counts only while its Pod stays on the running node.");
    let field = scene.workload.pod_place().entry("restartPolicy");
    scene.lever(field, "With `OnFailure`, the containers would start again in the same Pod.");
}

/// Notes what happens when the node does not come back soon, or is drained before.
fn note_absence(scene: &mut Scene<'_, '_>) {
    note_graceful_shutdown(scene);
    let is_bound = scene.workload.kind == "DaemonSet";
    if !is_bound {
        let files = scene.if_empty_dirs(" with its emptyDirs");
        scene.note(format!("If the node is away for more than five minutes, the Pod may be deleted{files}."));
        scene.note("Before a planned reboot people drain the node, which evicts the Pod.");
    }
    let sidecars = scene.workload.containers.iter().any(|container| container.role == Role::Sidecar);
    if sidecars {
        scene.note("Sidecars start in their place among the init containers.");
    }
}

/// Notes that a kubelet that is told of the shutdown may end the Pod before, for good.
///
/// Follows `pkg/kubelet/nodeshutdown/nodeshutdown_manager.go` (v1.35, `killPods`), which makes the Pod `Failed`; by default the
/// kubelet has no `shutdownGracePeriod`.
fn note_graceful_shutdown(scene: &mut Scene<'_, '_>) {
    let files = scene.if_empty_dirs(", and its emptyDirs are lost");
    scene
        .note(format!("Where the kubelet has a `shutdownGracePeriod`, a planned reboot ends the Pod as `Failed` before{files}."));
}
