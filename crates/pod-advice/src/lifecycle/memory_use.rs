//! A container uses too much memory.
//!
//! The kernel charges files in memory to the container that writes them, and kills it at its limit;
//! `pkg/kubelet/kuberuntime/kuberuntime_container_linux.go` (v1.35) sets that limit.

use kube_dry_run::shown::listed;

use super::container_end;
use super::outcome::{Cause, Fate};
use super::policy;
use super::scene::{PodState, Scene};
use super::writers::is_writer;
use crate::memory::{may_reach, size_text, written_pod_limit};
use crate::rule::quoted;
use crate::workload::{Container, Restarts, Role, Volume};

pub(super) fn memory(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let own = container.memory_limit.filter(|limit| *limit > 0);
    match (own, written_pod_limit(scene.workload)) {
        (Some(limit), _) => killed_at(scene, container, limit),
        (None, Some(limit)) => killed_in_pod(scene, limit),
        (None, None) => without_limit(scene, container),
    }
}

/// Follows what happens at the memory limit of the Pod, which its containers and its files in memory use up together.
pub(super) fn killed_in_pod(scene: &mut Scene<'_, '_>, limit: i128) {
    let workload = scene.workload;
    scene.sum_up(format!("The kernel kills a container of the Pod, which may use {} in all.", size_text(limit)));
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let name = quoted(container.name);
        scene.end(container, Cause::OutOfMemory, format!("{name} may be killed (`OOMKilled`, exit code 137)."));
    }
    scene.volumes_stay();
    scene.note("The limit is that of the whole Pod, so it need not be the container that takes the most.");
    let field = workload.pod_place().entry("resources").entry("limits").entry("memory");
    let may_fill = |volume: &&Volume<'_>| volume.is_memory() && may_reach(workload, volume, limit);
    let unbounded: Vec<_> = workload.empty_dirs().filter(may_fill).collect();
    if !unbounded.is_empty() {
        scene.note("Files in memory count too, and survive a restart, so a container may be killed again.");
    }
    scene.lever(field, "A higher limit gives the Pod more room.");
    for volume in unbounded {
        let field = workload.limit_place(volume);
        let sentence =
            format!("Below the limit of the Pod, writes into {} would fail before anything is killed.", quoted(volume.name));
        scene.lever(field, sentence);
    }
}

/// Follows the end of `container` at its memory limit.
pub(super) fn killed_at(scene: &mut Scene<'_, '_>, container: &Container<'_>, limit: i128) {
    let (workload, name) = (scene.workload, quoted(container.name));
    let how = format!("The kernel kills {name} (`OOMKilled`, exit code 137) at its limit of {}.", size_text(limit));
    container_end::end(scene, container, Cause::OutOfMemory, how);
    let volumes = in_memory(scene, container);
    // A cgroup that is removed leaves what was charged to it to its parent, which is that of the Pod.
    if !volumes.is_empty() && policy::of(workload, container) != Restarts::Never {
        let names = listed(volumes.iter().map(|volume| volume.name), "and");
        scene.note(format!(
            "Its files in {names} survive the restart and still count as memory of the Pod, so it may be killed again."
        ));
    }
    let field = workload.place(container).entry("resources").entry("limits").entry("memory");
    scene.lever(field, format!("A higher limit gives {name} more room."));
    let unbounded = |volume: &&Volume<'_>| may_reach(workload, volume, limit);
    for volume in volumes.into_iter().filter(unbounded) {
        let field = workload.limit_place(volume);
        let sentence = format!("Below the limit of {name}, writes into {} would fail before it is killed.", quoted(volume.name));
        scene.lever(field, sentence);
    }
}

/// The volumes in memory that `container` writes into, by all that is known.
fn in_memory<'w>(scene: &Scene<'w, '_>, container: &Container<'_>) -> Vec<&'w Volume<'w>> {
    let workload = scene.workload;
    let writes = |volume: &&Volume<'_>| is_writer(workload, volume, container);
    workload.empty_dirs().filter(|volume| volume.is_memory()).filter(writes).collect()
}

fn without_limit(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let (workload, name) = (scene.workload, quoted(container.name));
    scene.sum_up(format!("Nothing limits {name}, so the node itself may run out of memory."));
    scene.end(container, Cause::OutOfMemory, format!("The kernel may kill {name}, or another container of the node."));
    scene.volumes(PodState::Over, |volume| {
        (Fate::MayBeLost, format!("{} is lost if the kubelet evicts the Pod, and kept otherwise.", quoted(volume.name)))
    });
    scene.note("The kubelet may evict this Pod or others, those first that use more than they request.");
    let field = workload.place(container).entry("resources").entry("limits").entry("memory");
    scene.lever(field, format!("With a limit, only {name} would be killed."));
    for volume in in_memory(scene, container).into_iter().filter(|volume| volume.limit().is_none()) {
        let field = workload.limit_place(volume);
        scene.lever(field, format!("With one, writes into {} would fail there.", quoted(volume.name)));
    }
}
