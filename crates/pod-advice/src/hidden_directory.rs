//! Directories of an image that an empty volume around them hides.

use crate::shell::FileUse;
use crate::workload::{Container, Mount, Role, Volume, Workload, lies_in};

/// How many mounts of a volume are looked at.
const MAX_LOOKED_AT: usize = 64;

/// True if `directory` is there when `container` starts, in spite of its mount of `volume` that is `hiding` it: as the place of
/// another mount, as the `subPath` of one, which the kubelet makes, or made by the container or by one before it.
pub(crate) fn is_there(
    workload: &Workload<'_>,
    container: &Container<'_>,
    volume: &Volume<'_>,
    hiding: &Mount<'_>,
    directory: &str,
) -> bool {
    let place = hiding.in_volume(directory);
    container.mounts.iter().any(|mount| lies_in(&mount.path, directory))
        || makes(container, hiding, &place)
        || workload.uses(volume).take(MAX_LOOKED_AT).any(|(other, mount)| {
            let is_shown = other.starts_before(container) && lies_in(&mount.place, &place);
            let may_make = || !other.process().ends() || makes(other, mount, &place);
            is_shown || other.role == Role::Init && !mount.read_only && may_make()
        })
}

/// True if the command of `container` makes the directory at `place` of the volume at `mount`, or may do so: where it says it only
/// up to what the shell knows, and where it puts what it does not name into all of the volume.
fn makes(container: &Container<'_>, mount: &Mount<'_>, place: &str) -> bool {
    let is_all = |used: &FileUse| used.path == mount.path && !matches!(&*used.program, "mkdir" | "touch");
    let is_it = |used: &FileUse| !used.is_exact || lies_in(&mount.in_volume(&used.path), place) || is_all(used);
    container.process().writes().any(|used| lies_in(&used.path, &mount.path) && is_it(used))
}
