//! An init container makes files that only root may read, and another user is to read them.

mod modes;

use self::modes::Modes;
use crate::rule::prelude::*;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-private-files"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "An init container makes files that only root may read, and another user is to read them.",
    page: include_str!("init_private_files.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_root = |container: &&Container<'_>| container.role == Role::Init && container.known_user() == Some(0);
    for container in workload.containers.iter().filter(is_root) {
        for path in Modes::of(&container.process().reading).private_files() {
            let Some(mount) = container.mount_of(path) else { continue };
            let Some(volume) = workload.volume_of(mount) else { continue };
            let place = mount.in_volume(path);
            let sees =
                |other: &Mount<'_>| !other.has_known_place() || lies_in(&place, &other.place) || lies_in(&other.place, &place);
            let is_stranger = |other: &Container<'_>| other.role != Role::Init && workload.is_not_root(other);
            let Some((reader, _)) = workload.uses(volume).find(|(other, mount)| is_stranger(other) && sees(mount)) else {
                continue;
            };
            if is_undone_later(workload, container, volume, &place) {
                continue;
            }
            let message = format!("{} belongs to root alone, and {} runs as another user.", quoted(path), quoted(reader.name));
            found.say(workload.place(container), message, "Let the init container `chown` it, or run both as the same user.");
            break;
        }
    }
}

/// How many init containers are looked at that may undo it.
const MAX_LOOKED_AT: usize = 16;

/// True if another init container behind `container` opens what is at `place` in the `volume`, gives it away or removes it.
fn is_undone_later(workload: &Workload<'_>, container: &Container<'_>, volume: &Volume<'_>, place: &str) -> bool {
    let is_later =
        |other: &Container<'_>, mount: &Mount<'_>| other.role == Role::Init && container.starts_before(other) && !mount.read_only;
    let mut later = workload.uses(volume).filter(|(other, mount)| is_later(other, mount)).take(MAX_LOOKED_AT);
    later.any(|(other, mount)| mount.in_container(place).is_some_and(|path| Modes::of(&other.process().reading).undoes(&path)))
}
