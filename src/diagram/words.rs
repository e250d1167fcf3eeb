//! The texts of a picture: what fits into a place, and all of it in words.

use std::borrow::Cow;

use super::model::{Container, Mount, Picture, Role};

/// `text` cut in its middle so that it takes at most `columns`, where a character outside of ASCII takes two.
pub(super) fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    if text.chars().map(columns_of).sum::<usize>() <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(1);
    let start = fitting(text.chars(), room / 2);
    let end: Vec<char> = fitting(text.chars().rev(), room - room / 2).collect();
    Cow::Owned(start.chain(['…']).chain(end.into_iter().rev()).collect())
}

fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    characters.scan(columns, |left, character| {
        *left = left.checked_sub(columns_of(character))?;
        Some(character)
    })
}

fn columns_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

/// The picture for those who do not see it: a sentence for each container and for each volume.
pub(super) fn description(picture: &Picture) -> String {
    let containers = picture.containers.iter().map(|container| {
        let kind = match container.role {
            Role::Init => "Init container",
            Role::Sidecar => "Sidecar",
            Role::Ordinary => "Container",
        };
        let mounts: Vec<String> = container.mounts.iter().map(mount).collect();
        let mounts = if mounts.is_empty() { "mounts nothing".to_owned() } else { mounts.join(", ") };
        format!("{kind} {}: {mounts}.", container.name)
    });
    let volumes = picture.volumes.iter().map(|volume| format!("Volume {}: {}.", volume.name, volume.detail));
    containers.chain(volumes).collect::<Vec<_>>().join(" ")
}

fn mount(mount: &Mount) -> String {
    let verb = if mount.read_only { "reads" } else { "writes" };
    format!("{verb} {} at {}", mount.volume_name, mount.place)
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
        Role::Init => Some("init"),
        Role::Sidecar => Some("sidecar"),
        Role::Ordinary => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_in_the_middle() {
        assert_eq!(shorten("nginx:1.29-alpine", 17), "nginx:1.29-alpine");
        assert_eq!(shorten("registry.example.com/team/app:1.0", 17), "registry…/app:1.0");
        assert_eq!(shorten("häuser", 7), "häuser");
        assert_eq!(shorten("日本語日本語", 7), "日…語");
        assert_eq!(shorten("abc", 0), "…");
    }
}
