//! A container uses too much memory.
//!
//! The kernel charges files in memory to the container that writes them, and kills it at its limit;
//! `pkg/kubelet/kuberuntime/kuberuntime_container_linux.go` (v1.35) sets that limit.

use kube_dry_run::shown::listed;

use super::container_end;
use super::outcome::{Cause, Fate};
use super::policy::{self, memory_limit};
use super::scene::{PodState, Scene};
use crate::memory::{size, size_text};
use crate::rule::quoted;
use crate::workload::{Container, Restarts, Volume};

pub(super) fn memory(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    match memory_limit(scene.workload, container) {
        Some(limit) => killed_at(scene, container, limit),
        None => without_limit(scene, container),
    }
}

/// Follows the end of `container` at its memory limit.
pub(super) fn killed_at(scene: &mut Scene<'_, '_>, container: &Container<'_>, limit: i128) {
    let (workload, name) = (scene.workload, quoted(container.name));
    let how = format!("The kernel kills {name} (`OOMKilled`, exit code 137) at its limit of {}.", size_text(limit));
    container_end::end(scene, container, Cause::OutOfMemory, how);
    let volumes = in_memory(scene, container);
    if !volumes.is_empty() && policy::of(workload, container) != Restarts::Never {
        let names = listed(volumes.iter().map(|volume| volume.name), "and");
        scene.note(format!("Its files in {names} survive the restart and still count, so it may be killed again."));
    }
    let field = workload.place(container).entry("resources").entry("limits").entry("memory");
    scene.lever(field, format!("A higher limit gives {name} more room."));
    let unbounded = |volume: &&&Volume<'_>| size(workload, volume).is_none_or(|size| size >= limit);
    for volume in volumes.iter().filter(unbounded) {
        let field = workload.volume_place(volume).entry("emptyDir").entry("sizeLimit");
        let sentence = format!("Below the limit of {name}, writes into {} would fail before it is killed.", quoted(volume.name));
        scene.lever(field, sentence);
    }
}

/// The volumes in memory that `container` may write into.
fn in_memory<'w>(scene: &Scene<'w, '_>, container: &Container<'_>) -> Vec<&'w Volume<'w>> {
    let workload = scene.workload;
    let writes = |volume: &&Volume<'_>| workload.uses(volume).any(|(other, mount)| other.is(container) && !mount.read_only);
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
}
