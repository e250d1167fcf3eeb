//! Who makes the directory of a `subPath` before the kubelet has to.

use crate::shell::{Access, FileUse};
use crate::workload::{Container, Mount, Role, Volume, Workload, lies_in};

/// True if an init container before `container` makes the part of `volume` that its `mount` shows, or may do so as nobody knows
/// all that it does.
pub(crate) fn is_prepared(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, volume: &Volume<'_>) -> bool {
    workload.uses(volume).any(|(other, used)| {
        let may_prepare = other.role == Role::Init && other.starts_before(container) && !used.read_only && used.meets(mount);
        may_prepare && (!other.makes_known_files_only() || prepares(other, used, mount))
    })
}

/// True if the command of `other` makes what `mount` shows, or changes its owner, through its own mount `used`.
fn prepares(other: &Container<'_>, used: &Mount<'_>, mount: &Mount<'_>) -> bool {
    let is_of = |file: &&FileUse| lies_in(&file.path, &used.path);
    let makes = |file: &FileUse| {
        let place = used.in_volume(&file.path);
        let is_within = lies_in(&place, &mount.place);
        match file.access {
            Access::Owner => is_within,
            Access::Write | Access::Append => {
                is_within
                    || !file.is_exact
                    || !mount.has_known_place()
                    || file.program != "mkdir" && lies_in(&mount.place, &place)
            }
            _ => false,
        }
    };
    other.process().reading.files.iter().filter(is_of).any(makes)
}
