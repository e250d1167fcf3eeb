//! A mount that a container lacks.

use kube_dry_run::{Change, Fix};
use serde_json::{Value, json};

use crate::memory::would_be_killed;
use crate::shell::{Access, Call, FileUse};
use crate::workload::{Container, Mount, Role, Volume, Workload, lies_in};

/// The fix that mounts `volume` in `container` as another one has it at `model`, if no other volume can be meant.
pub(crate) fn fix(
    workload: &Workload<'_>,
    container: &Container<'_>,
    volume: &Volume<'_>,
    model: &Mount<'_>,
    used: &FileUse,
) -> Option<Fix> {
    let is_at = |other: &Volume<'_>| workload.uses(other).any(|(_, mount)| lies_in(&used.path, &mount.path));
    let mut others = workload.volumes.iter().filter(|other| other.position != volume.position || other.is_claim);
    if others.any(is_at) {
        return None;
    }
    let changes = mounted_as(workload, container, volume, model, used)?;
    Some(Fix::guess(format!("Mount {} in {}", volume.name, container.name), changes))
}

/// What mounts `volume` in `container` as another one has it at `model`, so that it finds the file of `used` there; `None` where
/// that would bring trouble of another kind: users that differ, a mount within another one, memory that is not there.
fn mounted_as(
    workload: &Workload<'_>,
    container: &Container<'_>,
    volume: &Volume<'_>,
    model: &Mount<'_>,
    used: &FileUse,
) -> Option<Vec<Change>> {
    let is_reader = used.access == Access::Read;
    let is_around = |own: &Mount<'_>| lies_in(&own.path, &model.path) || lies_in(&model.path, &own.path);
    let is_other_user = workload.uses(volume).any(|(other, _)| other.user != container.user);
    let kills = || volume.is_memory() && (volume.is_shared() || would_be_killed(workload, volume, container));
    if !model.has_known_place()
        || container.mounts.iter().any(is_around)
        || is_other_user
        || !is_reader && kills()
        || container.role == Role::Init && (is_reader || container.process().calls().any(Call::fails_if_there))
        || meet_at_start(workload, container, volume, used)
    {
        return None;
    }
    let mut mount = json!({"name": volume.name, "mountPath": model.path});
    if let Some(sub_path) = model.sub_path {
        mount[model.sub_path_field()] = sub_path.into();
    }
    if is_reader {
        mount["readOnly"] = true.into();
    }
    let mounts = workload.place(container).entry("volumeMounts");
    let end = container.value.get("volumeMounts").and_then(Value::as_array).map_or(0, Vec::len);
    let mut changes = vec![Change::Set(mounts.index(end), mount)];
    changes.extend(limited(workload, volume));
    Some(changes)
}

/// True if a container would read the file at its start which another one writes then.
fn meet_at_start(workload: &Workload<'_>, container: &Container<'_>, volume: &Volume<'_>, used: &FileUse) -> bool {
    let reads_at_once = |other: &Container<'_>| other.process().reads().any(|read| read.path == used.path && read.is_at_once());
    reads_at_once(container) || workload.uses(volume).any(|(other, _)| reads_at_once(other))
}

/// A limit for a volume on disk that is not shared yet, if nothing limits it.
fn limited(workload: &Workload<'_>, volume: &Volume<'_>) -> Option<Change> {
    let is_unlimited = volume.is_disk() && volume.is_unlimited() && !volume.is_shared() && !workload.limits_storage();
    is_unlimited.then(|| workload.limit_on_disk(volume))
}
