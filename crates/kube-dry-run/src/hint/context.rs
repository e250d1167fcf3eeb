//! What the hints for one document share.

use std::cell::{Cell, OnceCell};
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::spaces;
use crate::finding::Finding;
use crate::kinds::Kind;
use crate::path::Path;
use crate::schema::Schema;
use crate::stages::Subject;
use crate::yaml::Position;

/// A document, and what is looked up in it for its hints; each thing when it is first asked for.
pub(super) struct Context<'a> {
    /// The document as a person wrote it.
    pub(super) document: &'a Value,
    subject: Subject<'a>,
    /// The lines of keys that have spaces of another kind in their names.
    pub(super) odd_lines: Vec<usize>,
    /// How many names may still be compared.
    pub(super) comparisons: Cell<usize>,
    names: OnceCell<Names<'a>>,
}

/// The names in a Pod, and where they are used.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// The names of the volumes in their order, each once, those of claim templates before them.
    pub(super) volumes: Vec<&'a str>,
    /// How many volumes have a name.
    pub(super) volume_counts: HashMap<&'a str, usize>,
    /// The names of all containers.
    pub(super) containers: HashSet<&'a str>,
    /// The names of all ports.
    pub(super) ports: HashSet<&'a str>,
    /// The fields that name a volume, by the name.
    pub(super) mounts: HashMap<&'a str, Vec<Path>>,
    /// The fields that name a port, by the name.
    pub(super) port_references: HashMap<&'a str, Vec<Path>>,
    /// The containers that something names.
    pub(super) container_references: HashSet<&'a str>,
}

impl<'a> Context<'a> {
    /// What the hints for `findings` about `source` share, and `comparisons` of names that they may make.
    pub(super) fn new(subject: Subject<'a>, findings: &[Finding], comparisons: usize) -> Self {
        let odd = findings.iter().filter(|finding| spaces::has_odd_spaces(finding));
        let lines = odd.filter_map(|finding| subject.positions.map(|positions| positions.key(&finding.place).line));
        let mut odd_lines: Vec<_> = lines.collect();
        odd_lines.sort_unstable();
        odd_lines.dedup();
        Self { document: subject.document, subject, odd_lines, comparisons: Cell::new(comparisons), names: OnceCell::new() }
    }

    /// The names in the Pod of the document.
    pub(super) fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::of(self.document, &self.pod_spec()))
    }

    /// Where the `spec` of the Pod stands.
    pub(super) fn pod_spec(&self) -> Path {
        self.kind().map(Kind::pod_template).unwrap_or_default().entry("spec")
    }

    /// The kind of the document, if it is one with a Pod.
    pub(super) fn kind(&self) -> Option<&'static Kind> {
        Kind::of(self.document)
    }

    /// The type of the field at `place`.
    pub(super) fn schema(&self, place: &Path) -> Option<&'static Schema> {
        self.kind()?.schema.at(place)
    }

    /// The value at `place`.
    pub(super) fn value(&self, place: &Path) -> Option<&'a Value> {
        place.find(self.document)
    }

    /// The string at `place`.
    pub(super) fn string(&self, place: &Path) -> Option<&'a str> {
        self.value(place)?.as_str()
    }

    /// Where the key of the field at `place` stands, if the document stands in a text.
    pub(super) fn key_position(&self, place: &Path) -> Option<Position> {
        self.subject.positions.map(|positions| positions.key(place))
    }

    /// True if the text writes the scalar at `place` without quotes.
    pub(super) fn unquoted(&self, place: &Path) -> Option<String> {
        let value = self.value(place)?;
        self.subject.positions?.unquoted(place, value).map(std::borrow::Cow::into_owned)
    }
}

/// The lists of containers of a Pod.
const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];

impl<'a> Names<'a> {
    fn of(document: &'a Value, spec: &Path) -> Self {
        let mut names = Self::default();
        let claims = items(document, Path::root().entry("spec").entry("volumeClaimTemplates"));
        claims.filter_map(|(_, claim)| claim.get("metadata")?.get("name")?.as_str()).for_each(|name| names.add_volume(name));
        let volumes = items(document, spec.entry("volumes"));
        volumes.filter_map(|(_, volume)| volume.get("name")?.as_str()).for_each(|name| names.add_volume(name));
        for (place, container) in CONTAINERS.iter().flat_map(|list| items(document, spec.entry(*list))) {
            names.add_container(&place, container);
        }
        names.add_references(document, 0);
        names
    }

    fn add_volume(&mut self, name: &'a str) {
        let count = self.volume_counts.entry(name).or_default();
        *count += 1;
        if *count == 1 {
            self.volumes.push(name);
        }
    }

    fn add_container(&mut self, place: &Path, container: &'a Value) {
        self.containers.extend(container.get("name").and_then(Value::as_str));
        for list in ["volumeMounts", "volumeDevices"] {
            for (mount, value) in items(container, Path::root().entry(list)) {
                self.add_mount(value.get("name"), &place.join(&mount).entry("name"));
            }
        }
        for (variable, value) in items(container, Path::root().entry("env")) {
            let file = variable.entry("valueFrom").entry("fileKeyRef").entry("volumeName");
            self.add_mount(value.pointer("/valueFrom/fileKeyRef/volumeName"), &place.join(&file));
        }
        let ports = items(container, Path::root().entry("ports"));
        self.ports.extend(ports.filter_map(|(_, port)| port.get("name")?.as_str()));
        for owner in ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"] {
            for handler in ["httpGet", "tcpSocket"] {
                let port = owner.split('.').chain([handler, "port"]).fold(Path::root(), |path, field| path.entry(field));
                if let Some(name) = port.find(container).and_then(Value::as_str) {
                    self.port_references.entry(name).or_default().push(place.join(&port));
                }
            }
        }
    }

    fn add_mount(&mut self, name: Option<&'a Value>, place: &Path) {
        if let Some(name) = name.and_then(Value::as_str) {
            self.mounts.entry(name).or_default().push(place.clone());
        }
    }

    /// Notes the containers that fields and annotations inside of `value` name.
    fn add_references(&mut self, value: &'a Value, depth: usize) {
        if depth > crate::yaml::MAX_DEPTH {
            return;
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if matches!(name.as_str(), "containerName" | "targetContainerName") {
                        self.container_references.extend(value.as_str());
                    }
                    let of_container = name.split_once('/').filter(|(prefix, _)| prefix.starts_with("container."));
                    self.container_references.extend(of_container.map(|(_, container)| container));
                    self.add_references(value, depth + 1);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add_references(item, depth + 1)),
            _ => {}
        }
    }
}

/// The items of the list at `list` in `document` with their places.
fn items(document: &Value, list: Path) -> impl Iterator<Item = (Path, &Value)> {
    let items = list.find(document).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().enumerate().map(move |(index, item)| (list.index(index), item))
}
