//! What is removed before something is made.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::process::Process;
use crate::shell::{Access, FileUse};
use crate::workload::{Container, Mount, Role, Workload};

/// How many removals by other containers are looked at.
const MAX_BY_OTHERS: usize = 64;

/// A removal, and what is made after it, by paths that begin at one place: the root of the container, or that of a volume.
pub(crate) struct Removal<'w> {
    pub(crate) process: &'w Process<'w>,
    pub(crate) used: Cow<'w, FileUse>,
    pub(crate) made: Cow<'w, str>,
}

/// What is removed each time before `container` makes what `made` says: earlier in its own command, and by the init containers
/// that end before it starts, in the volume that is made in.
pub(crate) fn removals_before<'w>(
    workload: &'w Workload<'_>,
    container: &'w Container<'_>,
    made: &'w FileUse,
) -> impl Iterator<Item = Removal<'w>> {
    let own = removals(container.process()).filter(|used| used.call < made.call);
    let own = own.map(|used| {
        let (used, made) = (Cow::Borrowed(used), made.path.as_str().into());
        Removal { process: container.process(), used, made }
    });
    own.chain(by_others(workload, container, made))
}

fn by_others<'w>(
    workload: &'w Workload<'_>,
    container: &'w Container<'_>,
    made: &'w FileUse,
) -> impl Iterator<Item = Removal<'w>> {
    let mount = container.mount_of(&made.path).filter(|mount| mount.has_known_place());
    let volume = mount.and_then(|mount| workload.volume_of(mount));
    let uses = volume.into_iter().flat_map(|volume| workload.uses(volume));
    let others = uses.filter(|(other, mount)| other.role == Role::Init && other.starts_before(container) && !mount.read_only);
    let removed = others.flat_map(|(other, mount)| removals(other.process()).map(move |used| (other, mount, used)));
    removed.take(MAX_BY_OTHERS).filter_map(move |(other, seen, used)| {
        let is_there = seen.has_known_place() && other.mount_of(&used.path).is_some_and(|inner| inner.position == seen.position);
        let made = mount?.in_volume(&made.path).into();
        is_there.then(|| Removal { process: other.process(), used: Cow::Owned(in_volume(used, seen)), made })
    })
}

/// `used` by its path in the volume of `mount`.
fn in_volume(used: &FileUse, mount: &Mount<'_>) -> FileUse {
    let place = |path: &CompactString| mount.in_volume(path).into();
    FileUse { path: place(&used.path), pattern: used.pattern.as_ref().map(place), ..used.clone() }
}

fn removals<'w>(process: &'w Process<'_>) -> impl Iterator<Item = &'w FileUse> {
    process.reading.files.iter().filter(|used| used.access == Access::Remove)
}
