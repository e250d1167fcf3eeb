//! Who writes the files of a volume.

use crate::shell::End;
use crate::workload::{Container, Mount, Volume, Workload};

/// True if files of `container` fill `volume`: it may write there, by all that is known of its command, or it could where nobody is
/// known to.
pub(super) fn is_writer(workload: &Workload<'_>, volume: &Volume<'_>, container: &Container<'_>) -> bool {
    let writable = || workload.uses(volume).filter(|(_, mount)| !mount.read_only);
    let is_known = writable().any(|(other, mount)| may_write(other, mount));
    writable().any(|(other, mount)| other.is(container) && (!is_known || may_write(other, mount)))
}

/// False of a mount that is read-only, where a server keeps what it only hands out, and of a command that is understood.
pub(super) fn may_write<'a>(container: &Container<'a>, mount: &Mount<'a>) -> bool {
    let is_content = container.image.known.is_some_and(|known| known.content.contains(&mount.path.as_ref()));
    let process = container.process();
    let is_understood = !process.reading.calls.is_empty() && process.reading.end != End::Unknown;
    !mount.read_only && (container.surely_writes(mount) || (!is_content && !is_understood))
}
