//! The edits that know Pods: what a person means by a button, in terms of the tree.

use serde_json::{Map, Value};

use super::{EditError, EnvSource, Role, fresh, tree};
use crate::document::{Document, Path};

/// Appends a new item to `list` and tells the field that a person fills in first.
pub(super) fn add(document: &mut Document, list: &Path, role: Option<Role>) -> Result<Path, EditError> {
    if fresh::field_name(list) == "volumeMounts" {
        return add_mount(document, list);
    }
    let item = fresh::item(document, list, role);
    let index = tree::length(&document.0, list);
    tree::insert(&mut document.0, list, index, item)?;
    Ok(first_field(&list.index(index)))
}

fn add_mount(document: &mut Document, list: &Path) -> Result<Path, EditError> {
    let container = list.parent().ok_or_else(|| EditError::Missing(list.clone()))?;
    let volumes = document.pod_spec().entry("volumes");
    if tree::length(&document.0, &volumes) == 0 {
        let volume = fresh::volume(document);
        tree::insert(&mut document.0, &volumes, 0, volume)?;
    }
    let mounted = |name: &str| document.items(list).any(|(_, mount)| mount.get("name").and_then(Value::as_str) == Some(name));
    let names: Vec<&str> = document.items(&volumes).filter_map(|(_, volume)| volume.get("name")?.as_str()).collect();
    let name = names.iter().find(|name| !mounted(name)).or(names.first()).copied().unwrap_or_default().to_owned();
    append_mount(document, &container, &name)
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
    let index = tree::length(&document.0, &list);
    let mount = fresh::mount(document, container, name);
    tree::insert(&mut document.0, &list, index, mount)?;
    Ok(list.index(index).entry("mountPath"))
}

/// Creates a volume, lets the mount at `mount` use it, and tells the field of the volume's name.
pub(super) fn new_volume(document: &mut Document, mount: &Path) -> Result<Path, EditError> {
    present(document, mount)?;
    let volumes = document.pod_spec().entry("volumes");
    let index = tree::length(&document.0, &volumes);
    let volume = fresh::volume(document);
    let name = volume["name"].clone();
    tree::insert(&mut document.0, &volumes, index, volume)?;
    tree::set(&mut document.0, &mount.entry("name"), name)?;
    Ok(volumes.index(index).entry("name"))
}

/// Removes what stands at `path` and tells what is now in its place, or before it, or around it.
pub(super) fn remove(document: &mut Document, path: &Path) -> Result<Option<Path>, EditError> {
    let volumes = document.pod_spec().entry("volumes");
    let volume_name = (path.parent() == Some(volumes)).then(|| document.text(&path.entry("name")).to_owned());
    tree::take(&mut document.0, path)?;
    if let Some(name) = volume_name {
        remove_orphans(document, &name)?;
    }
    let Ok((list, index)) = tree::item(path) else { return Ok(path.parent()) };
    let rest = tree::length(&document.0, &list);
    Ok(Some(if rest == 0 { list } else { list.index(index.min(rest - 1)) }))
}

fn remove_orphans(document: &mut Document, volume: &str) -> Result<(), EditError> {
    let volumes = document.pod_spec().entry("volumes");
    let still_there = document.items(&volumes).any(|(path, _)| document.text(&path.entry("name")) == volume);
    if still_there {
        return Ok(());
    }
    for mount in document.mounts_of(volume).iter().rev() {
        tree::take(&mut document.0, mount)?;
    }
    Ok(())
}

/// Puts a copy of the item at `path` after it and tells the first field of the copy.
pub(super) fn duplicate(document: &mut Document, path: &Path) -> Result<Path, EditError> {
    let (list, index) = tree::item(path)?;
    let item = document.get(path).ok_or_else(|| EditError::Missing(path.clone()))?;
    let copy = fresh::copy(document, &list, item);
    tree::insert(&mut document.0, &list, index + 1, copy)?;
    Ok(first_field(&list.index(index + 1)))
}

/// Gives the volume at `volume` the name `name`; the mounts follow unless another volume has the old name too.
pub(super) fn rename(document: &mut Document, volume: &Path, name: &str) -> Result<(), EditError> {
    present(document, volume)?;
    let old = document.text(&volume.entry("name")).to_owned();
    let volumes = document.pod_spec().entry("volumes");
    let ambiguous = document.items(&volumes).filter(|(path, _)| document.text(&path.entry("name")) == old).count() > 1;
    tree::set(&mut document.0, &volume.entry("name"), Value::String(name.to_owned()))?;
    if !ambiguous {
        for mount in document.mounts_of(&old) {
            tree::set(&mut document.0, &mount.entry("name"), Value::String(name.to_owned()))?;
        }
    }
    Ok(())
}

/// Moves a container to the list of its new role and tells its new name field.
pub(super) fn change_role(document: &mut Document, container: &Path, role: Role) -> Result<Path, EditError> {
    present(document, container)?;
    let old = Role::of(document, container);
    let policy = container.entry("restartPolicy");
    if old == Role::Sidecar && role != Role::Sidecar {
        tree::take(&mut document.0, &policy)?;
    }
    if role == Role::Sidecar {
        tree::set(&mut document.0, &policy, Value::String("Always".to_owned()))?;
    }
    let list = document.pod_spec().entry(if role == Role::Container { "containers" } else { "initContainers" });
    if container.parent().as_ref() == Some(&list) {
        return Ok(container.entry("name"));
    }
    let moved = tree::take(&mut document.0, container)?;
    let index = tree::length(&document.0, &list);
    tree::insert(&mut document.0, &list, index, moved)?;
    Ok(list.index(index).entry("name"))
}

/// Makes the value of an environment variable come from `source` and tells the field to fill in next.
pub(super) fn change_source(document: &mut Document, env: &Path, source: EnvSource) -> Result<Path, EditError> {
    present(document, env)?;
    if EnvSource::of(document, env) != Some(source) {
        for field in ["value", "valueFrom"] {
            if document.get(&env.entry(field)).is_some() {
                tree::take(&mut document.0, &env.entry(field))?;
            }
        }
    }
    let Some((reference, fields)) = source.reference() else { return Ok(env.entry("value")) };
    let at = env.entry("valueFrom").entry(reference);
    if document.get(&at).is_none() {
        let blank: Map<String, Value> = fields.iter().map(|field| ((*field).to_owned(), Value::String(String::new()))).collect();
        tree::set(&mut document.0, &at, Value::Object(blank))?;
    }
    Ok(fields.first().map_or(at.clone(), |field| at.entry(*field)))
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
