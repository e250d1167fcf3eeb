//! Names and items that do not clash with what a document has.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Role;
use crate::document::mounts::CONTAINER_LISTS;
use crate::document::{Document, Path, Segment};

/// A new item for the list at `list`, valid as far as that can be guessed.
pub(super) fn item(document: &Document, list: &Path, role: Option<Role>) -> Value {
    match (field_name(list), role) {
        ("initContainers", Some(Role::Sidecar)) => {
            json!({"name": container_name(document, "sidecar"), "restartPolicy": "Always"})
        }
        ("initContainers", _) => json!({"name": container_name(document, "init")}),
        ("containers", _) => json!({"name": container_name(document, "app")}),
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

/// A new mount of the volume `name` for `container`, at a path where it has nothing yet.
pub(super) fn mount(document: &Document, container: &Path, name: &str) -> Value {
    let directory = if name.is_empty() { "data" } else { name };
    json!({"name": name, "mountPath": mount_path(document, container, &format!("/{directory}"))})
}

/// The copy of `item` under names that are free among its siblings in `list`.
pub(super) fn copy(document: &Document, list: &Path, item: &Value) -> Value {
    let mut copy = item.clone();
    let text = |field: &str| item.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
    let (field, fresh) = match field_name(list) {
        "containers" | "initContainers" => ("name", text("name").map(|name| container_name(document, name))),
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

fn container_name(document: &Document, wanted: &str) -> String {
    let spec = document.pod_spec();
    let taken = CONTAINER_LISTS.iter().flat_map(|list| texts(document, &spec.entry(*list), "name")).collect();
    free(wanted, "-", &taken)
}

fn volume_name(document: &Document, wanted: &str) -> String {
    free(wanted, "-", &texts(document, &document.pod_spec().entry("volumes"), "name"))
}

fn mount_path(document: &Document, container: &Path, wanted: &str) -> String {
    free(wanted, "-", &texts(document, &container.entry("volumeMounts"), "mountPath"))
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
