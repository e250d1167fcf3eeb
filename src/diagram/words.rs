//! The texts of a picture: what a shape is called, and all of the picture in sentences.

use std::borrow::Cow;

use super::marks::{Note, Notes};
use super::model::{Container, Mount, Picture, Storage, Volume};
use crate::document::Role;
use crate::shorten::shorten;
use kube_dry_run::Severity;

/// As many columns of a name stand in a sentence.
const MAX_COLUMNS: usize = 64;
/// As many problems are told in the description; each stands at its shape besides.
const MAX_PROBLEMS: usize = 20;

/// What stands below a mount that an empty volume is mounted at, where the image has files.
const HIDES: &str = "hides the image's files";

/// A line below a mount.
pub(super) struct Below {
    pub(super) words: Cow<'static, str>,
    pub(super) is_problem: bool,
}

/// What stands below `mount`: which part of the volume it shows, and whether that hides files of the image.
pub(super) fn lines_below(mount: &Mount, notes: &Notes) -> Vec<Below> {
    let part =
        (!mount.sub_path.is_empty()).then(|| Below { words: format!("sub path {}", mount.sub_path).into(), is_problem: false });
    let hides_image = notes.at(&mount.path).is_some_and(|note| note.hides_image);
    part.into_iter().chain(hides_image.then_some(Below { words: HIDES.into(), is_problem: true })).collect()
}

/// The picture for those who do not see it: a sentence for each container, for each volume, and for each problem.
pub(super) fn description(picture: &Picture, notes: &Notes) -> String {
    let sentences: Vec<String> = sentences(picture).chain(problems(picture, notes)).collect();
    sentences.join(" ")
}

/// The first sentence about `picture`, and those after it as far as all of them fit into `most` bytes. What is left out is not
/// looked at.
pub(super) fn first_sentences(picture: &Picture, most: usize) -> String {
    let mut sentences = sentences(picture);
    let mut told = sentences.next().unwrap_or_default();
    for sentence in sentences {
        if told.len() + 1 + sentence.len() > most {
            break;
        }
        told.extend([" ", &sentence]);
    }
    told
}

/// A sentence for each container and for each volume, or one that says that there are none.
fn sentences(picture: &Picture) -> impl Iterator<Item = String> {
    let is_empty = picture.containers.is_empty() && picture.volumes.is_empty();
    let nothing = is_empty.then(|| "There are no containers and no volumes yet.".to_owned());
    let containers = picture.containers.iter().map(container_sentence);
    let volumes = picture.volumes.iter().enumerate().map(|(index, volume)| volume_sentence(picture, index, volume));
    nothing.into_iter().chain(containers).chain(volumes)
}

fn container_sentence(container: &Container) -> String {
    let mut sentence = [kind_of(container), " ", &named(&container.name), ": "].concat();
    for (index, mount) in container.mounts.iter().enumerate() {
        if index > 0 {
            sentence.push_str(", ");
        }
        say_mount(&mut sentence, mount);
    }
    if container.mounts.is_empty() {
        sentence.push_str("mounts nothing");
    }
    sentence + "."
}

fn volume_sentence(picture: &Picture, index: usize, volume: &Volume) -> String {
    let [writers, readers] = [false, true].map(|read_only| users(picture, index, read_only));
    let users = match (writers.as_str(), readers.as_str()) {
        ("", "") => "nobody mounts it".to_owned(),
        (writers, "") => format!("{writers} can write"),
        ("", readers) => format!("{readers} can only read"),
        (writers, readers) => format!("{writers} can write, {readers} can only read"),
    };
    format!("Volume {}: {}; {users}.", named(&volume.name), storage(volume))
}

/// The names of the containers that can write the volume at `index`, or that only read it.
fn users(picture: &Picture, index: usize, read_only: bool) -> String {
    let uses = |container: &&Container| {
        let mut mounts = container.mounts.iter().filter(|mount| mount.volume == Some(index)).peekable();
        mounts.peek().is_some() && mounts.all(|mount| mount.read_only) == read_only
    };
    let names: Vec<_> = picture.containers.iter().filter(uses).map(|container| named(&container.name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn problems(picture: &Picture, notes: &Notes) -> Vec<String> {
    let containers = picture.containers.iter().flat_map(|container| {
        let name = named(&container.name);
        let of_mount = |mount: &Mount| format!(" at the mount of {} in {}", named(&mount.volume_name), named(&container.name));
        let mounts = container.mounts.iter().map(move |mount| (&mount.path, of_mount(mount)));
        std::iter::once((&container.path, format!(" at container {name}"))).chain(mounts)
    });
    let volumes = picture.volumes.iter().map(|volume| (&volume.path, format!(" at volume {}", named(&volume.name))));
    let all = containers.chain(volumes).filter_map(|(path, place)| Some(said(notes.at(path)?, &place)));
    let mut told: Vec<String> = all.collect();
    let beyond = told.len().saturating_sub(MAX_PROBLEMS);
    told.truncate(MAX_PROBLEMS);
    told.extend((beyond > 0).then(|| format!("There are {beyond} more places with problems.")));
    told
}

/// Writes behind `sentence` what its container can do with `mount`, and where.
fn say_mount(sentence: &mut String, mount: &Mount) {
    sentence.push_str(if mount.read_only { "only reads " } else { "can write " });
    if !mount.sub_path.is_empty() {
        sentence.extend([&*brief(&mount.sub_path), " of "]);
    }
    sentence.extend([&*named(&mount.volume_name), " at ", or_missing(&brief(&mount.place), "no path")]);
}

/// What `container` is called where one points at it.
pub(super) fn container_title(container: &Container) -> String {
    let image = or_missing(&container.image, "no image");
    format!("{} {}, {}.", kind_of(container), named(&container.name), brief(image))
}

/// What `mount` of `container` is called where one points at it.
pub(super) fn mount_title(container: &Container, mount: &Mount) -> String {
    let mut title = named(&container.name).into_owned() + " ";
    say_mount(&mut title, mount);
    title + "."
}

/// What `volume` is called where one points at it.
pub(super) fn volume_title(volume: &Volume) -> String {
    format!("Volume {}, {}.", named(&volume.name), storage(volume))
}

fn storage(volume: &Volume) -> String {
    let (kind, detail) = (brief(&volume.kind), brief(&volume.detail));
    match volume.source {
        Storage::Disk if kind == "disk" => format!("on disk, {detail}"),
        Storage::Disk => format!("medium {kind}, {detail}"),
        Storage::Memory => format!("in {kind}, {detail}"),
        Storage::Other => format!("{kind} {detail}").trim_end().to_owned(),
        Storage::Undefined => kind.into_owned(),
    }
}

/// `note` in a sentence that says its place.
pub(super) fn said(note: &Note, place: &str) -> String {
    let severity = match note.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    };
    let end = if note.message.ends_with(['.', '!', '?']) { "" } else { "." };
    let more = if note.more > 0 { format!(" And {} more.", note.more) } else { String::new() };
    format!("{severity}{place}: {}{end}{more}", note.message)
}

fn kind_of(container: &Container) -> &'static str {
    match container.role {
        Role::InitContainer => "Init container",
        Role::Sidecar => "Sidecar",
        Role::Container => "Container",
    }
}

fn named(name: &str) -> Cow<'_, str> {
    brief(or_missing(name, "without a name"))
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
