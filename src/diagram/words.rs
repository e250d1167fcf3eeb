//! The texts of a picture: what fits into a place, and all of it in words.

use std::borrow::Cow;

use super::model::{Container, Mount, Picture};
use crate::document::Role;
use crate::shorten::shorten;

/// As many columns of a text stand in a description.
const MAX_COLUMNS: usize = 64;

/// The picture for those who do not see it: a sentence for each container and for each volume.
pub(super) fn description(picture: &Picture) -> String {
    if picture.containers.is_empty() && picture.volumes.is_empty() {
        return "There are no containers and no volumes yet.".to_owned();
    }
    let containers = picture.containers.iter().map(|container| {
        let kind = match container.role {
            Role::InitContainer => "Init container",
            Role::Sidecar => "Sidecar",
            Role::Container => "Container",
        };
        let mounts: Vec<String> = container.mounts.iter().map(mount).collect();
        let mounts = if mounts.is_empty() { "mounts nothing".to_owned() } else { mounts.join(", ") };
        format!("{kind} {}: {mounts}.", brief(&container.name))
    });
    let volumes = picture.volumes.iter().map(|volume| format!("Volume {}: {}.", brief(&volume.name), brief(&volume.detail)));
    containers.chain(volumes).collect::<Vec<_>>().join(" ")
}

fn mount(mount: &Mount) -> String {
    let verb = if mount.read_only { "reads" } else { "writes" };
    format!("{verb} {} at {}", brief(&mount.volume_name), brief(&mount.place))
}

fn brief(text: &str) -> Cow<'_, str> {
    shorten(text, MAX_COLUMNS)
}

/// What stands in the place of something that was not typed yet.
pub(super) fn or_missing<'a>(text: &'a str, missing: &'a str) -> &'a str {
    if text.is_empty() { missing } else { text }
}

/// How many things of `container` or of the picture are not drawn, in words.
pub(super) fn left_out(count: usize) -> String {
    format!("and {count} more")
}

/// The word for the container's role, if it is not the ordinary one.
pub(super) fn role(container: &Container) -> Option<&'static str> {
    match container.role {
        Role::InitContainer => Some("init"),
        Role::Sidecar => Some("sidecar"),
        Role::Container => None,
    }
}
