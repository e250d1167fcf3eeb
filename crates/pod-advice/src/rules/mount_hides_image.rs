//! An empty volume hides the files that an image brings along.

use super::mount_system::hides_system;
use crate::images::KnownImage;
use crate::rule::prelude::*;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-hides-image"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "An empty volume hides the files that an image brings along.",
    page: include_str!("mount_hides_image.md"),
    check,
};

/// Where the images of nginx have templates of which they write their configuration.
const TEMPLATES: &str = "/etc/nginx/templates";

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some(known) = container.image.known else { continue };
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let Some(hidden) = known.content.iter().find(|directory| lies_in(directory, &mount.path)) else { continue };
            if is_filled(workload, volume, container, mount)
                || has_other_content(workload, container, known, hidden)
                || hides_system(workload, container, mount, volume)
                || container.process().serves_nothing()
            {
                continue;
            }
            let image = quoted(container.image.name());
            let message =
                format!("{} is empty, and hides what the image {image} has in {}.", quoted(volume.name), quoted(hidden));
            let hint = "Copy the files into the volume in an init container of the same image, or mount it elsewhere.";
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
        }
    }
}

/// How many mounts of a volume are looked at closely.
const MAX_LOOKED_AT: usize = 16;

/// True if `reader` puts files into what its `mount` of `volume` shows, or another container may do so, which is not known to write
/// elsewhere only.
fn is_filled<'a>(workload: &Workload<'a>, volume: &Volume<'a>, reader: &Container<'a>, mount: &Mount<'a>) -> bool {
    let is_close = volume.uses.len() <= MAX_LOOKED_AT;
    reader.surely_writes(mount)
        || reader.hook_writes(mount)
        || workload.other_writers(volume, reader, mount).any(|(other, used)| !is_close || other.may_fill(used))
}

/// True if `container` has what it needs in the `hidden` directory from elsewhere: from templates, or from what is mounted inside
/// of it, unless that takes the place of a smaller directory of the image.
fn has_other_content(workload: &Workload<'_>, container: &Container<'_>, known: &KnownImage, hidden: &str) -> bool {
    let is_smaller = |directory: &&&str| **directory != hidden && lies_in(directory, hidden);
    let is_of_smaller = |path: &str| known.content.iter().filter(is_smaller).any(|directory| lies_in(path, directory));
    let brings = |mount: &Mount<'_>| {
        let is_empty = || workload.volume_of(mount).is_none_or(|volume| volume.empty_dir().is_some());
        lies_in(&mount.path, hidden) && !is_of_smaller(&mount.path) && !is_empty()
    };
    container.mounts.iter().any(|mount| mount.path == TEMPLATES || brings(mount))
}
