//! The edits that know Pods: what a person means by a button, in terms of the tree.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{EditError, EnvSource, Role, fresh, tree};
use crate::document::link::MAX_DOCUMENT_BYTES;
use crate::document::mounts::{CONTAINER_LISTS, name_of};
use crate::document::{Document, Mounts, Path, json_size};

/// The field of a container that holds its mounts.
const MOUNTS: &str = "volumeMounts";

/// Appends a new item to `list` and tells the field that a person fills in first.
pub(super) fn add(document: &mut Document, list: &Path, role: Option<Role>) -> Result<Path, EditError> {
    if fresh::field_name(list) == "volumeMounts" {
        return add_mount(document, list);
    }
    let item = fresh::item(document, list, role);
    let index = tree::length(document.value(), list);
    tree::insert(document.value_mut(), list, index, item)?;
    let item = list.index(index);
    // The name of a container follows its image.
    let is_container = CONTAINER_LISTS.contains(&fresh::field_name(list));
    Ok(if is_container { item.entry("image") } else { first_field(&item) })
}

fn add_mount(document: &mut Document, list: &Path) -> Result<Path, EditError> {
    let container = list.parent().ok_or_else(|| EditError::Missing(list.clone()))?;
    let volumes = document.pod_spec().entry("volumes");
    if tree::length(document.value(), &volumes) == 0 {
        append_volume(document)?;
    }
    let mounted: HashSet<&str> = names_in(document, list).collect();
    let name = names_in(document, &volumes).find(|name| !mounted.contains(name)).or(names_in(document, &volumes).next());
    let name = name.unwrap_or_default().to_owned();
    append_mount(document, &container, &name)
}

/// The names of the items of the list at `list`.
fn names_in<'a>(document: &'a Document, list: &Path) -> impl Iterator<Item = &'a str> {
    let items = document.get(list).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.get("name")?.as_str())
}

/// Mounts the volume at `volume` into the container at `container` and tells the field of the mount path.
pub(super) fn share(document: &mut Document, volume: &Path, container: &Path) -> Result<Path, EditError> {
    present(document, volume)?;
    let name = document.text(&volume.entry("name")).to_owned();
    append_mount(document, container, &name)
}

fn append_mount(document: &mut Document, container: &Path, name: &str) -> Result<Path, EditError> {
    present(document, container)?;
    let list = container.entry("volumeMounts");
    let index = tree::length(document.value(), &list);
    let mount = fresh::mount(document, container, name);
    tree::insert(document.value_mut(), &list, index, mount)?;
    Ok(list.index(index).entry("mountPath"))
}

/// Creates a volume and tells its place.
fn append_volume(document: &mut Document) -> Result<Path, EditError> {
    let volumes = document.pod_spec().entry("volumes");
    let index = tree::length(document.value(), &volumes);
    let volume = fresh::volume(document);
    tree::insert(document.value_mut(), &volumes, index, volume)?;
    Ok(volumes.index(index))
}

/// Creates a volume, mounts it into every container, and tells the field of its limit.
pub(super) fn share_new(document: &mut Document) -> Result<Path, EditError> {
    let volume = append_volume(document)?;
    let name = document.text(&volume.entry("name")).to_owned();
    let mut containers = Mounts::new(document).all_containers();
    containers.retain(|container| document.get(container).is_some_and(Value::is_object));
    for container in &containers {
        append_mount(document, container, &name)?;
    }
    Ok(volume.entry("emptyDir").entry("sizeLimit"))
}

/// Creates a volume, lets the mount at `mount` use it, and tells the field of the volume's name. An error leaves the document
/// as it was.
pub(super) fn new_volume(document: &mut Document, mount: &Path) -> Result<Path, EditError> {
    if !document.get(mount).ok_or_else(|| EditError::Missing(mount.clone()))?.is_object() {
        return Err(EditError::NotAnObject(mount.clone()));
    }
    let name = append_volume(document)?.entry("name");
    let value = document.text(&name).into();
    tree::set(document.value_mut(), &mount.entry("name"), value)?;
    Ok(name)
}

/// Removes what stands at `path` and tells what is now in its place, or before it, or around it.
pub(super) fn remove(document: &mut Document, path: &Path) -> Result<Option<Path>, EditError> {
    let volumes = document.pod_spec().entry("volumes");
    let volume_name = (path.parent() == Some(volumes)).then(|| document.text(&path.entry("name")).to_owned());
    tree::take(document.value_mut(), path)?;
    if let Some(name) = volume_name {
        remove_orphans(document, &name);
    }
    let Ok((list, index)) = tree::item(path) else { return Ok(path.parent()) };
    let rest = tree::length(document.value(), &list);
    Ok(Some(if rest == 0 { list } else { list.index(index.min(rest - 1)) }))
}

/// Takes the mounts of the volume `name` away, unless another volume still has this name.
fn remove_orphans(document: &mut Document, name: &str) {
    if volumes_named(document, name) > 0 {
        return;
    }
    change_containers(document, |container| {
        if let Some(Value::Array(mounts)) = container.get_mut(MOUNTS) {
            let before = mounts.len();
            mounts.retain(|mount| !is_mount_of(mount, name));
            if mounts.is_empty() && before > 0 {
                container.shift_remove(MOUNTS);
            }
        }
    });
}

/// How many volumes have the name `name`; empty are those without one.
fn volumes_named(document: &Document, name: &str) -> usize {
    let volumes = document.get(&document.pod_spec().entry("volumes")).and_then(Value::as_array);
    volumes.into_iter().flatten().filter(|volume| name_of(volume) == name).count()
}

/// True if `mount` is one of the volume `name`.
fn is_mount_of(mount: &Value, name: &str) -> bool {
    mount.is_object() && name_of(mount) == name
}

/// Calls `change` with every container.
fn change_containers(document: &mut Document, mut change: impl FnMut(&mut Map<String, Value>)) {
    let spec = document.pod_spec();
    for list in CONTAINER_LISTS {
        let containers = spec.entry(list).find_mut(document.value_mut()).and_then(Value::as_array_mut);
        containers.into_iter().flatten().filter_map(Value::as_object_mut).for_each(&mut change);
    }
}

/// Puts a copy of the item at `path` after it and tells the first field of the copy.
pub(super) fn duplicate(document: &mut Document, path: &Path) -> Result<Path, EditError> {
    let (list, index) = tree::item(path)?;
    let item = document.get(path).ok_or_else(|| EditError::Missing(path.clone()))?;
    let copy = fresh::copy(document, &list, item);
    tree::insert(document.value_mut(), &list, index + 1, copy)?;
    Ok(first_field(&list.index(index + 1)))
}

/// Gives the volume at `volume` the name `name`; the mounts follow unless another volume has the old name too. An error leaves
/// the document as it was.
pub(super) fn rename(document: &mut Document, volume: &Path, name: &str) -> Result<(), EditError> {
    present(document, volume)?;
    let old = document.text(&volume.entry("name")).to_owned();
    let is_ambiguous = volumes_named(document, &old) > 1;
    let mounts = if is_ambiguous { 0 } else { Mounts::new(document).of(&old).len() };
    let name = Value::from(name);
    if json_size(&name).saturating_mul(mounts + 1) > MAX_DOCUMENT_BYTES {
        return Err(EditError::TooLarge);
    }
    tree::set(document.value_mut(), &volume.entry("name"), name.clone())?;
    if mounts > 0 {
        change_containers(document, |container| {
            let mounts = container.get_mut(MOUNTS).and_then(Value::as_array_mut).into_iter().flatten();
            for mount in mounts.filter(|mount| is_mount_of(mount, &old)) {
                mount["name"] = name.clone();
            }
        });
    }
    Ok(())
}

/// Moves a container to the list of its new role and tells its new name field.
pub(super) fn change_role(document: &mut Document, container: &Path, role: Role) -> Result<Path, EditError> {
    present(document, container)?;
    let old = Role::of(document, container);
    let policy = container.entry("restartPolicy");
    if old == Role::Sidecar && role != Role::Sidecar {
        tree::take(document.value_mut(), &policy)?;
    }
    if role == Role::Sidecar {
        tree::set(document.value_mut(), &policy, Value::String("Always".to_owned()))?;
    }
    let list = document.pod_spec().entry(if role == Role::Container { "containers" } else { "initContainers" });
    if container.parent().as_ref() == Some(&list) {
        return Ok(container.entry("name"));
    }
    let moved = tree::take(document.value_mut(), container)?;
    let index = tree::length(document.value(), &list);
    tree::insert(document.value_mut(), &list, index, moved)?;
    Ok(list.index(index).entry("name"))
}

/// Makes the value of an environment variable come from `source` and tells the field to fill in next.
pub(super) fn change_source(document: &mut Document, env: &Path, source: EnvSource) -> Result<Path, EditError> {
    present(document, env)?;
    if EnvSource::of(document, env) != Some(source) {
        for field in ["value", "valueFrom"] {
            if document.get(&env.entry(field)).is_some() {
                tree::take(document.value_mut(), &env.entry(field))?;
            }
        }
    }
    let Some((reference, fields)) = source.reference() else { return Ok(env.entry("value")) };
    let at = env.entry("valueFrom").entry(reference);
    if document.get(&at).is_none() {
        let blank: Map<String, Value> = fields.iter().map(|field| ((*field).to_owned(), Value::String(String::new()))).collect();
        tree::set(document.value_mut(), &at, Value::Object(blank))?;
    }
    Ok(fields.first().map_or(at.clone(), |field| at.entry(*field)))
}

/// The item at `path`, if it is there.
pub(super) fn show(document: &Document, path: &Path) -> Result<Path, EditError> {
    present(document, path)?;
    Ok(path.clone())
}

fn first_field(item: &Path) -> Path {
    let list = item.parent().unwrap_or_default();
    item.entry(match fresh::field_name(&list) {
        "ports" => "containerPort",
        "volumeMounts" => "mountPath",
        _ => "name",
    })
}

fn present(document: &Document, path: &Path) -> Result<(), EditError> {
    document.get(path).map(|_| ()).ok_or_else(|| EditError::Missing(path.clone()))
}
