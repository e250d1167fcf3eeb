//! Names and items that do not clash with what a document has.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Role;
use crate::document::mounts::CONTAINER_LISTS;
use crate::document::{Document, Path, Segment};
use pod_advice::{content_directory, image_name};

/// What new containers are called before they have an image.
const GIVEN_NAMES: [&str; 3] = ["app", "init", "sidecar"];
/// The longest name of a container.
const MAX_NAME: usize = 63;

/// A new item for the list at `list`, valid as far as that can be guessed.
pub(super) fn item(document: &Document, list: &Path, role: Option<Role>) -> Value {
    match (field_name(list), role) {
        ("initContainers", Some(Role::Sidecar)) => {
            json!({"name": container_name(document, None, "sidecar"), "restartPolicy": "Always"})
        }
        ("initContainers", _) => json!({"name": container_name(document, None, "init")}),
        ("containers", _) => json!({"name": container_name(document, None, "app")}),
        ("volumes", _) => volume(document),
        ("ports", _) => json!({"containerPort": port(document, list)}),
        ("env", _) => json!({"name": ""}),
        _ => Value::Null,
    }
}

/// A new volume on the node's disk.
pub(super) fn volume(document: &Document) -> Value {
    json!({"name": volume_name(document, "shared-data"), "emptyDir": {}})
}

/// A new mount of the volume `name` for `container`: where its image keeps its content, if that is known and nothing is mounted
/// there yet, or at a path of that name.
pub(super) fn mount(document: &Document, container: &Path, name: &str) -> Value {
    let taken = texts(document, &container.entry("volumeMounts"), "mountPath");
    let content = content_directory(document.text(&container.entry("image"))).filter(|directory| !taken.contains(directory));
    let directory = if name.is_empty() { "data" } else { name };
    let path = content.map_or_else(|| free(&format!("/{directory}"), "-", &taken), str::to_owned);
    json!({"name": name, "mountPath": path})
}

/// The name that a container with `image` gets by itself: the last part of the image's name, or what stands for no image.
pub(super) fn name_of_image(image: &str) -> Option<String> {
    let name = image_name(image).to_ascii_lowercase();
    let name = name.replace(|character: char| !character.is_ascii_alphanumeric(), "-");
    let name = name.trim_matches('-');
    (!name.is_empty()).then(|| name.get(..MAX_NAME).unwrap_or(name).trim_end_matches('-').to_owned())
}

/// The name for the container at `path` once it has `image`, if it is still called what it was given by itself for the image
/// `before`.
pub(super) fn following_name(document: &Document, path: &Path, before: &str, image: &str) -> Option<String> {
    let name = document.text(&path.entry("name"));
    let given = name_of_image(before);
    let is_own = match &given {
        Some(given) => is_numbered(name, given),
        None => is_given_name(name),
    };
    is_own.then(|| name_of_image(image)).flatten().map(|wanted| container_name(document, Some(path), &wanted))
}

/// True if a container without an image is called `name` by itself.
#[must_use]
pub fn is_given_name(name: &str) -> bool {
    GIVEN_NAMES.into_iter().any(|given| is_numbered(name, given))
}

/// True of `given`, and of what [`free`] makes of it.
fn is_numbered(name: &str, given: &str) -> bool {
    name == given || name.strip_prefix(given).is_some_and(is_number)
}

/// True of what [`free`] puts behind a name.
fn is_number(suffix: &str) -> bool {
    suffix.strip_prefix('-').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The copy of `item` under names that are free among its siblings in `list`.
pub(super) fn copy(document: &Document, list: &Path, item: &Value) -> Value {
    let mut copy = item.clone();
    let text = |field: &str| item.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
    let (field, fresh) = match field_name(list) {
        "containers" | "initContainers" => ("name", text("name").map(|name| container_name(document, None, name))),
        "volumes" => ("name", text("name").map(|name| volume_name(document, name))),
        "ports" => ("name", text("name").map(|name| free(name, "-", &texts(document, list, "name")))),
        "env" => ("name", text("name").map(|name| free(name, "_", &texts(document, list, "name")))),
        "volumeMounts" => ("mountPath", text("mountPath").map(|path| free(path, "-", &texts(document, list, "mountPath")))),
        _ => return copy,
    };
    if let (Some(fresh), Some(object)) = (fresh, copy.as_object_mut()) {
        object.insert(field.to_owned(), Value::String(fresh));
    }
    copy
}

/// A name that no container has, but perhaps the one at `except`, which is to get it.
fn container_name(document: &Document, except: Option<&Path>, wanted: &str) -> String {
    let lists = CONTAINER_LISTS.map(|list| document.pod_spec().entry(list));
    let others = lists.iter().flat_map(|list| document.items(list)).filter(|(path, _)| Some(path) != except);
    let taken = others.filter_map(|(_, container)| container.get("name")?.as_str()).collect();
    free(wanted, "-", &taken)
}

fn volume_name(document: &Document, wanted: &str) -> String {
    free(wanted, "-", &texts(document, &document.pod_spec().entry("volumes"), "name"))
}

fn port(document: &Document, list: &Path) -> u64 {
    let taken: HashSet<u64> = items(document, list).filter_map(|port| port.get("containerPort")?.as_u64()).collect();
    std::iter::once(80).chain(8080..=65535).find(|port| !taken.contains(port)).unwrap_or(80)
}

fn texts<'a>(document: &'a Document, list: &Path, field: &str) -> HashSet<&'a str> {
    items(document, list).filter_map(|item| item.get(field)?.as_str()).collect()
}

fn items<'a>(document: &'a Document, list: &Path) -> impl Iterator<Item = &'a Value> {
    document.get(list).and_then(Value::as_array).into_iter().flatten()
}

/// `wanted`, or `wanted` with the first number from 2 on that makes it free.
fn free(wanted: &str, separator: &str, taken: &HashSet<&str>) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    let stem = wanted.trim_end_matches(|character: char| character.is_ascii_digit());
    let stem = stem.strip_suffix(separator).unwrap_or(wanted);
    // One of these is free, because there are more of them than names taken.
    (2..=taken.len() + 2)
        .map(|number| format!("{stem}{separator}{number}"))
        .find(|name| !taken.contains(name.as_str()))
        .unwrap_or_default()
}

/// The name of the field that holds the list at `path`.
pub(super) fn field_name(path: &Path) -> &str {
    match path.last() {
        Some(Segment::Field(name)) => name,
        _ => "",
    }
}
