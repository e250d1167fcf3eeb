//! A subPath shows the directory that was there at the start, for ever.

use super::sub_path_file::is_made_directory;
use crate::rule::prelude::*;
use crate::shell::{Access, FileUse};
use crate::sub_path::is_prepared;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sub-path-frozen"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A subPath shows the directory that was there at the start, for ever.",
    page: include_str!("sub_path_frozen.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let Some(directory) = mount.sub_path.filter(|_| !is_prepared(workload, container, mount, volume)) else { continue };
            let is_writer = |other: &Container<'_>, used: &Mount<'_>| {
                !other.is(container)
                    && other.role != Role::Init
                    && !used.read_only
                    && shows_around(used, mount)
                    && may_replace(other, used, mount)
            };
            let writer = workload.uses(volume).find(|(other, used)| is_writer(other, used));
            let Some((writer, _)) = writer else { continue };
            let message = format!(
                "If {} replaces {}, {} keeps the old one.",
                quoted(writer.name),
                quoted(directory),
                quoted(container.name)
            );
            let place = workload.mount_place(container, mount).entry(mount.sub_path_field());
            let is_made = is_made_directory(workload, container, mount, volume);
            let cause = is_made.then(|| place.to_text());
            let finding = found.say(place, message, "Mount the whole volume, and use the path below it.");
            // That it is no file in the first place is said by sub-path-file.
            if is_made {
                finding.severity = Severity::Advice;
            }
            finding.caused_by = cause;
        }
    }
}

/// True if `outer` shows the directory of the volume in which that of `inner` lies.
fn shows_around(outer: &Mount<'_>, inner: &Mount<'_>) -> bool {
    outer.place != inner.place && lies_in(&inner.place, &outer.place)
}

/// True unless all places are known at which `other` makes, moves or removes files, and none of them is what `mount` shows, or around,
/// beside or within it; `used` is its own mount.
fn may_replace(other: &Container<'_>, used: &Mount<'_>, mount: &Mount<'_>) -> bool {
    let meets = |file: &FileUse| {
        let place = used.in_volume(&file.path);
        let is_beside =
            || file.program != "mkdir" && lies_in(&mount.place, place.rsplit_once('/').map_or("", |(around, _)| around));
        lies_in(&file.path, &used.path) && (lies_in(&place, &mount.place) || lies_in(&mount.place, &place) || is_beside())
    };
    let changes =
        |file: &&FileUse| file.program == "mv" || matches!(file.access, Access::Write | Access::Append | Access::Remove);
    !other.makes_files_at_known_places()
        || !mount.has_known_place()
        || other.process().reading.files.iter().filter(changes).any(meets)
}
