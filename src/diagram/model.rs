//! What a picture shows: a reading of the document that expects nothing.

use serde_json::Value;

use crate::document::{Path, Role};
use kube_dry_run::pod_template;
use pod_advice::{is_read_only_volume, volume_source};

/// How many containers and how many volumes are drawn.
const MAX: usize = 40;

/// How many mounts of a container are drawn.
const MAX_MOUNTS: usize = 20;

/// How many mounts are drawn in all. Where there are many containers, each has its part.
const MAX_MOUNTS_IN_ALL: usize = 400;

/// A Pod, as far as it can be drawn.
pub struct Picture {
    /// Kind and name of the object.
    pub(super) title: String,
    /// In the order in which they start.
    pub(super) containers: Vec<Container>,
    /// The claims that a `StatefulSet` makes, those of the Pod, then those that are mounted but not defined.
    pub(super) volumes: Vec<Volume>,
    /// How many containers and volumes are not drawn.
    pub(super) left_out: usize,
}

pub(super) struct Container {
    pub(super) path: Path,
    pub(super) name: String,
    pub(super) image: String,
    pub(super) role: Role,
    /// The place in the order of starts, from one; ordinary containers share the last.
    pub(super) step: usize,
    pub(super) mounts: Vec<Mount>,
    /// How many mounts are not drawn.
    pub(super) left_out: usize,
}

pub(super) struct Mount {
    pub(super) path: Path,
    pub(super) volume_name: String,
    /// The `mountPath`.
    pub(super) place: String,
    /// The part of the volume that it shows; empty for all of it.
    pub(super) sub_path: String,
    /// True if the container can only read, by the mount or by what the volume is.
    pub(super) read_only: bool,
    /// Its place in [`Picture::volumes`].
    pub(super) volume: Option<usize>,
}

pub(super) struct Volume {
    pub(super) path: Path,
    pub(super) name: String,
    pub(super) source: Storage,
    /// What it is: a medium, a type of volume.
    pub(super) kind: String,
    /// How much it may hold, or of which object it is; may be empty.
    pub(super) detail: String,
    /// True if nobody can write it.
    pub(super) read_only: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Disk,
    Memory,
    /// Anything but an `emptyDir`.
    Other,
    /// Mounted, but not among the Pod's volumes.
    Undefined,
}

impl Picture {
    /// The picture of the Pod in `document`, which may be half typed: what has the wrong type is left out.
    #[must_use]
    pub fn of(document: &Value) -> Self {
        let spec = pod_template(document).unwrap_or_default().entry("spec");
        let (mut volumes, more_claims) = claims(document);
        let (mut own, mut more_volumes) = list(document, &spec.entry("volumes"), Volume::read);
        // A claim takes the place of a volume of its name.
        own.retain(|volume| volume.name.is_empty() || volumes.iter().all(|claim| claim.name != volume.name));
        more_volumes += more_claims + (volumes.len() + own.len()).saturating_sub(MAX);
        volumes.extend(own);
        volumes.truncate(MAX);
        let (mut containers, more_init) =
            list(document, &spec.entry("initContainers"), |path, value| Container::read(path, value, true));
        let last_step = containers.len() + 1;
        for (index, container) in containers.iter_mut().enumerate() {
            container.step = index + 1;
        }
        let (mut ordinary, more) = list(document, &spec.entry("containers"), |path, value| Container::read(path, value, false));
        let beyond = (containers.len() + ordinary.len()).saturating_sub(MAX);
        ordinary.truncate(ordinary.len() - beyond);
        for container in &mut ordinary {
            container.step = last_step;
        }
        containers.append(&mut ordinary);
        let most = MAX_MOUNTS_IN_ALL / containers.len().max(1);
        for container in &mut containers {
            container.limit_mounts(most);
        }
        for mount in containers.iter_mut().flat_map(|container| &mut container.mounts) {
            mount.volume = mounted(mount, &mut volumes);
            mount.read_only |= mount.volume.is_some_and(|volume| volumes[volume].read_only);
        }
        Self { title: title(document), containers, volumes, left_out: more_volumes + more_init + more + beyond }
    }
}

/// The place of the mounted volume; one that is not defined joins the list as such.
fn mounted(mount: &Mount, volumes: &mut Vec<Volume>) -> Option<usize> {
    let name = &mount.volume_name;
    if name.is_empty() {
        return None;
    }
    if let Some(known) = volumes.iter().position(|volume| volume.name == *name) {
        return Some(known);
    }
    if volumes.len() >= MAX {
        return None;
    }
    let path = mount.path.entry("name");
    let name = name.clone();
    let kind = "not defined".to_owned();
    volumes.push(Volume { path, name, source: Storage::Undefined, kind, detail: String::new(), read_only: false });
    Some(volumes.len() - 1)
}

impl Container {
    fn read(path: Path, value: &Value, in_init_list: bool) -> Self {
        let role = match (in_init_list, value.get("restartPolicy").and_then(Value::as_str)) {
            (false, _) => Role::Container,
            (true, Some("Always")) => Role::Sidecar,
            (true, _) => Role::InitContainer,
        };
        let all = value.get("volumeMounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mounts_path = path.entry("volumeMounts");
        let mounts: Vec<Mount> = all
            .iter()
            .enumerate()
            .take(MAX_MOUNTS)
            .filter(|(_, mount)| mount.is_object())
            .map(|(index, mount)| Mount::read(mounts_path.index(index), mount))
            .collect();
        Self {
            path,
            name: text(value.get("name")),
            image: text(value.get("image")),
            role,
            step: 0,
            left_out: all.len().saturating_sub(MAX_MOUNTS),
            mounts,
        }
    }

    fn limit_mounts(&mut self, most: usize) {
        self.left_out += self.mounts.len().saturating_sub(most);
        self.mounts.truncate(most);
    }
}

impl Mount {
    fn read(path: Path, value: &Value) -> Self {
        Self {
            path,
            volume_name: text(value.get("name")),
            place: text(value.get("mountPath")),
            sub_path: ["subPath", "subPathExpr"].map(|field| text(value.get(field))).concat(),
            read_only: value.get("readOnly") == Some(&Value::Bool(true)),
            volume: None,
        }
    }
}

impl Volume {
    fn read(path: Path, value: &Value) -> Self {
        let (source, kind, detail) = source(value);
        Self { path, name: text(value.get("name")), source, kind, detail, read_only: is_read_only_volume(value) }
    }

    /// Reads a template of a `StatefulSet` for claims.
    fn claim(path: Path, template: &Value) -> Self {
        let name = text(template.get("metadata").and_then(|metadata| metadata.get("name")));
        let detail = text(template.get("spec").and_then(|spec| spec.pointer("/resources/requests/storage")));
        Self { path, name, source: Storage::Other, kind: "claim".to_owned(), detail, read_only: false }
    }
}

/// The claims that a `StatefulSet` makes for each of its Pods, and how many more there are.
fn claims(document: &Value) -> (Vec<Volume>, usize) {
    if document.get("kind").and_then(Value::as_str) != Some("StatefulSet") {
        return (Vec::new(), 0);
    }
    list(document, &Path::root().entry("spec").entry("volumeClaimTemplates"), Volume::claim)
}

/// A volume without a source is an `emptyDir`, as `SetDefaults_Volume` of `pkg/apis/core/v1/defaults.go` has it.
fn source(volume: &Value) -> (Storage, String, String) {
    match volume_source(volume) {
        None => empty_dir(&Value::Null),
        Some(("emptyDir", settings)) => empty_dir(settings),
        Some((kind, settings)) => {
            let object = ["name", "secretName", "claimName", "path", "reference", "driver"].map(|name| text(settings.get(name)));
            let object = object.iter().find(|name| !name.is_empty()).map_or("", String::as_str);
            (Storage::Other, kind.to_owned(), object.to_owned())
        }
    }
}

fn empty_dir(settings: &Value) -> (Storage, String, String) {
    let medium = text(settings.get("medium"));
    let (source, medium) = match medium.as_str() {
        "" => (Storage::Disk, "disk"),
        "Memory" => (Storage::Memory, "memory"),
        other if other.starts_with("HugePages") => (Storage::Memory, other),
        other => (Storage::Disk, other),
    };
    let limit = text(settings.get("sizeLimit"));
    let limit = if limit.is_empty() { "no limit".to_owned() } else { format!("max {limit}") };
    (source, medium.to_owned(), limit)
}

/// The items of the list at `path` that can be drawn, and how many there are beyond them.
fn list<T>(document: &Value, path: &Path, read: impl Fn(Path, &Value) -> T) -> (Vec<T>, usize) {
    let all = path.find(document).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let shown = all.iter().enumerate().take(MAX);
    let items = shown.filter(|(_, item)| item.is_object()).map(|(index, item)| read(path.index(index), item)).collect();
    (items, all.len().saturating_sub(MAX))
}

/// Kind and name of the object; a document that says no kind is a Pod.
fn title(document: &Value) -> String {
    let kind = text(document.get("kind"));
    let name = text(document.pointer("/metadata/name"));
    let kind = if kind.is_empty() { "Pod" } else { &kind };
    format!("{kind} {name}").trim_end().to_owned()
}

/// What a person would read: nothing for what is missing or has parts.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
