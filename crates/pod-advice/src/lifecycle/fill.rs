//! A volume fills up.
//!
//! Follows `pkg/kubelet/eviction/eviction_manager.go` (v1.35, `localStorageEviction`), which measures volumes on disk, and
//! `pkg/volume/emptydir/empty_dir.go` (`calculateEmptyDirMemorySize`), which gives those in memory a size.

use kube_dry_run::Path;

use super::memory_use::{killed_at, killed_in_pod};
use super::outcome::{Cause, Fate};
use super::removal::evict;
use super::scene::{PodState, Scene};
use super::writers::is_writer;
use crate::limits::together;
use crate::memory::{killed_by, may_reach, size, size_text, written_pod_limit};
use crate::rule::quoted;
use crate::workload::{Container, Role, Volume, Workload, inside};

pub(super) fn fill<'w, 'a>(scene: &mut Scene<'w, 'a>, volume: &'w Volume<'a>) {
    match () {
        () if volume.is_memory() => fill_memory(scene, volume),
        () if volume.is_disk() => fill_disk(scene, volume),
        () => fill_huge_pages(scene, volume),
    }
}

fn fill_memory<'w, 'a>(scene: &mut Scene<'w, 'a>, volume: &'w Volume<'a>) {
    let workload = scene.workload;
    if let Some((container, limit)) = killed_first(workload, volume) {
        scene.note(format!("{} itself is not full then: its files count as memory of who writes them.", quoted(volume.name)));
        return killed_at(scene, container, limit);
    }
    let size = size(workload, volume);
    if let Some(limit) = written_pod_limit(workload).filter(|limit| size.is_none_or(|size| size >= *limit)) {
        scene.note(format!("{} itself is not full then: its files count as memory of the Pod.", quoted(volume.name)));
        return killed_in_pod(scene, limit);
    }
    match size {
        Some(size) if volume.limit() == Some(size) => full(scene, volume, &size_text(size)),
        Some(size) => full(scene, volume, &format!("{}, the memory limit of the Pod", size_text(size))),
        None => full_of_node(scene, volume),
    }
}

/// Who is killed when `volume`, in memory, fills up, of those that write into it: an app container rather than an init container,
/// and then the smallest limit.
fn killed_first<'w, 'a>(workload: &'w Workload<'a>, volume: &'w Volume<'a>) -> Option<(&'w Container<'a>, i128)> {
    let fills = |container: &Container<'_>| is_writer(workload, volume, container);
    let killed = killed_by(workload, volume).filter(|(container, _)| fills(container));
    killed.min_by_key(|(container, limit)| (container.role == Role::Init, *limit))
}

fn full(scene: &mut Scene<'_, '_>, volume: &Volume<'_>, size: &str) {
    let name = quoted(volume.name);
    scene.sum_up(format!("Writes into {name} fail with `No space left on device` at {size}."));
    others_stay(scene, volume, Fate::Full, "keeps its files, and takes no more until some are deleted");
    scene.note("Nothing is evicted, and nothing killed while the programs that write have memory left beside their files.");
    scene.note("A program that does not expect the failure may end.");
    scene.lever(scene.workload.limit_place(volume), format!("It is the size of {name}, unless a memory limit is smaller."));
}

fn fill_huge_pages(scene: &mut Scene<'_, '_>, volume: &Volume<'_>) {
    let name = quoted(volume.name);
    scene.sum_up(format!("Writes into {name} may fail, or kill who writes, when the huge pages of its container are used up."));
    others_stay(scene, volume, Fate::Full, "keeps its files, and takes no more until some are deleted");
    note_size_of_huge_pages(scene, volume);
    if let Some(field) = huge_pages_limit(scene.workload, volume) {
        scene.lever(field, format!("More huge pages leave more room in {name}."));
    }
}

/// Notes what a `sizeLimit` is for huge pages.
///
/// Follows `emptyDirLimitEviction`, which asks for no medium.
fn note_size_of_huge_pages(scene: &mut Scene<'_, '_>, volume: &Volume<'_>) {
    scene.note("A `sizeLimit` is no size of it: the kubelet mounts huge pages without one.");
    if let Some(limit) = volume.limit() {
        let (name, limit) = (quoted(volume.name), size_text(limit));
        scene.note(format!("When it measures more than {limit} in {name}, it evicts the whole Pod, and all emptyDirs are lost."));
        scene.lever(scene.workload.limit_place(volume), "A higher one makes the eviction later.");
    }
}

/// The first limit of huge pages of a container that may write into `volume`.
fn huge_pages_limit(workload: &Workload<'_>, volume: &Volume<'_>) -> Option<Path> {
    let mut writers = workload.uses(volume).filter(|(_, mount)| !mount.read_only).map(|(container, _)| container);
    writers.find_map(|container| {
        let limits = inside(container.value, &["resources", "limits"])?.as_object()?;
        let name = limits.keys().find(|name| name.starts_with("hugepages-"))?;
        Some(workload.place(container).entry("resources").entry("limits").entry(name))
    })
}

fn full_of_node(scene: &mut Scene<'_, '_>, volume: &Volume<'_>) {
    let name = quoted(volume.name);
    scene.sum_up(format!("{name} may grow to all the memory that the node has for Pods."));
    scene.volumes(PodState::Over, |other| {
        let otherwise = if other.position == volume.position { "full" } else { "kept" };
        (Fate::MayBeLost, format!("{} is lost if the Pod is evicted, and {otherwise} otherwise.", quoted(other.name)))
    });
    scene.note("Before that, the node may run out of memory.");
    scene.note("Then the kernel may kill containers, and the kubelet may evict Pods.");
    scene.lever(scene.workload.limit_place(volume), format!("With one, writes into {name} would fail there."));
}

/// Tells what becomes of `volume`, and that the other ones are kept.
fn others_stay(scene: &mut Scene<'_, '_>, volume: &Volume<'_>, fate: Fate, what: &str) {
    scene.volumes(PodState::Stays, |other| {
        let (fate, what) = if other.position == volume.position { (fate, what) } else { (Fate::Kept, "keeps its files") };
        (fate, format!("{} {what}.", quoted(other.name)))
    });
}

fn fill_disk<'w, 'a>(scene: &mut Scene<'w, 'a>, volume: &'w Volume<'a>) {
    let workload = scene.workload;
    let name = quoted(volume.name);
    let storage = storage_limit(workload);
    let limit = volume.limit().filter(|limit| storage.is_none_or(|(_, storage)| *limit <= storage));
    match (limit, storage) {
        (Some(limit), _) => {
            let is_evicted = evict(scene, volume, &format!("{name} holds more than {}", size_text(limit)));
            scene.note("A `sizeLimit` on disk is no quota: writes do not fail, and what is deleted in time is not noticed.");
            if !is_evicted {
                return;
            }
            note_init_writes(scene, volume);
            scene.lever(workload.limit_place(volume), "A higher one makes the eviction later.");
            medium_lever(scene, volume);
        }
        (None, Some((container, limit))) => {
            let is_evicted = evict(scene, volume, &format!("its files on disk take more than {}", size_text(limit)));
            scene.note(format!("{name}, logs and what containers write elsewhere count together."));
            if !is_evicted {
                return;
            }
            let field = workload.place(container).entry("resources").entry("limits").entry("ephemeral-storage");
            scene.lever(field, "A higher one makes the eviction later.");
        }
        (None, None) => fill_node(scene, volume),
    }
}

/// Names the medium, and says what happens in memory at the same size.
fn medium_lever<'w, 'a>(scene: &mut Scene<'w, 'a>, volume: &'w Volume<'a>) {
    let workload = scene.workload;
    let instead = match (killed_first(workload, volume), written_pod_limit(workload)) {
        (Some((container, limit)), _) => {
            let (name, limit) = (quoted(container.name), size_text(limit));
            format!(
                "With `Memory`, its files would count as memory of {name}, which would be killed at its limit of {limit} instead."
            )
        }
        (None, Some(limit)) if may_reach(workload, volume, limit) => {
            format!(
                "With `Memory`, its files would count as memory of the Pod, and a container would be killed at {} instead.",
                size_text(limit)
            )
        }
        _ => "With `Memory`, writes would fail with `No space left on device` instead.".to_owned(),
    };
    scene.lever(workload.volume_place(volume).entry("emptyDir").entry("medium"), instead);
}

/// Notes that only init containers write into `volume`, if that is so: the app containers need not have started then.
fn note_init_writes(scene: &mut Scene<'_, '_>, volume: &Volume<'_>) {
    let mut writers = scene.workload.uses(volume).filter(|(_, mount)| !mount.read_only).map(|(container, _)| container);
    if writers.all(|container| container.role == Role::Init) {
        let name = quoted(volume.name);
        scene.note(format!("Only init containers write into {name}: if one still runs when the kubelet measures, it is killed."));
    }
}

/// What the containers may write to disk together, in thousandths of a byte, with the first that has a limit.
///
/// It needs only one of them to have a limit (`podEphemeralStorageLimitEviction`).
fn storage_limit<'w, 'a>(workload: &'w Workload<'a>) -> Option<(&'w Container<'a>, i128)> {
    let is_limited = |container: &&Container<'_>| container.storage_limit.is_some_and(|limit| limit > 0);
    let first = workload.apps().chain(&workload.containers).find(is_limited)?;
    Some((first, together(workload, |container| container.storage_limit).limit))
}

fn fill_node(scene: &mut Scene<'_, '_>, volume: &Volume<'_>) {
    let (workload, name) = (scene.workload, quoted(volume.name));
    scene.sum_up(format!("{name} may fill the disk of the node, whose kubelet then evicts Pods, perhaps this one."));
    scene.volumes(PodState::Over, |other| {
        (Fate::MayBeLost, format!("{} is lost if this Pod is evicted, and kept otherwise.", quoted(other.name)))
    });
    scene.end_apps(Cause::Evicted, "may be killed with the Pod");
    scene.end_sidecars(Cause::Evicted, "may be killed with the Pod");
    scene.note("Pods go first that use more disk than they request, so other Pods may go for this one's files.");
    scene.note("Until then writes go on, or fail with `No space left on device` for every Pod of the node.");
    scene.lever(workload.limit_place(volume), format!("With one, only this Pod would be evicted, when {name} holds more."));
}
