//! An empty volume hides the files that an image brings along.

use super::mount_system::hides_system;
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
            let is_filled = may_be_filled(workload, volume, container, mount)
                || container.surely_writes(mount)
                || container.hook_writes(mount);
            if is_filled
                || hides_system(workload, container, mount, volume)
                || container.mounts.iter().any(|mount| mount.path == TEMPLATES)
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

/// True if a container other than `reader` may write what its `mount` of `volume` shows, and is not known to write elsewhere only.
fn may_be_filled<'a>(workload: &Workload<'a>, volume: &Volume<'a>, reader: &Container<'a>, mount: &Mount<'a>) -> bool {
    let is_close = volume.uses.len() <= MAX_LOOKED_AT;
    workload.other_writers(volume, reader, mount).any(|(other, used)| !is_close || other.may_write(used))
}
