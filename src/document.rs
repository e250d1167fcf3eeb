//! The document: the manifest itself, as an ordered tree, and what can be done to it.

mod edit;
pub mod link;
mod presets;

use serde_json::{Value, json};

pub use edit::{Edit, EditError, Edited, EnvSource, ParseEditError, Role};
pub use kube_dry_run::{ParsePathError, Path, Segment};
pub use presets::{Preset, Trial, preset, presets};

use kube_dry_run as kubernetes;

/// One Kubernetes object as a person wrote it: half-typed, with values of any type, in the order it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Document(Value);

/// A value that cannot be a [`Document`], because it is not an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a manifest is an object with fields such as `kind`, not a single value or a list")]
pub struct NotAnObject;

impl TryFrom<Value> for Document {
    type Error = NotAnObject;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        if value.is_object() { Ok(Self(value)) } else { Err(NotAnObject) }
    }
}

impl Document {
    /// A Pod in which nothing is set yet.
    #[must_use]
    pub fn empty_pod() -> Self {
        Self(json!({"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": []}}))
    }

    /// The whole tree.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value at `path`, if there is one.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Value> {
        path.find(&self.0)
    }

    /// The text at `path`; empty where there is none.
    #[must_use]
    pub fn text(&self, path: &Path) -> &str {
        self.get(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// The items of the list at `path` with their paths; none where there is no list.
    pub fn items(&self, path: &Path) -> impl Iterator<Item = (Path, &Value)> {
        let items = self.get(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(index, item)| (path.index(index), item))
    }

    /// Puts `value` at `path`, or takes away what is there.
    ///
    /// # Errors
    /// Where the way to `path` leads through a value of another type; the document stays as it was.
    pub fn set(&mut self, path: &Path, value: Option<Value>) -> Result<(), EditError> {
        edit::set(self, path, value)
    }

    /// `kind`, such as `Pod`; empty where it is missing.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.text(&Path::root().entry("kind"))
    }

    /// `metadata.name`; empty where it is missing.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(&Path::root().entry("metadata").entry("name"))
    }

    /// Where the Pod's `metadata` and `spec` stand: at the root of a Pod, in `spec.template` of a Deployment. A kind
    /// without a Pod is treated like a Pod.
    #[must_use]
    pub fn template(&self) -> Path {
        kubernetes::pod_template(&self.0).unwrap_or_default()
    }

    /// The Pod's `spec`.
    #[must_use]
    pub fn pod_spec(&self) -> Path {
        self.template().entry("spec")
    }

    /// The paths of all containers in the order in which they start: init containers, then ordinary ones.
    #[must_use]
    pub fn containers(&self) -> Vec<Path> {
        let spec = self.pod_spec();
        ["initContainers", "containers"]
            .iter()
            .flat_map(|list| self.items(&spec.entry(*list)).map(|(path, _)| path).collect::<Vec<_>>())
            .collect()
    }

    /// The paths of all mounts of the volume `name`, over all containers.
    #[must_use]
    pub fn mounts_of(&self, name: &str) -> Vec<Path> {
        let names_it = |mount: &Value| mount.is_object() && mount.get("name").and_then(Value::as_str).unwrap_or_default() == name;
        let mut found = Vec::new();
        for container in self.containers() {
            let list = container.entry("volumeMounts");
            let mounts = self.get(&list).and_then(Value::as_array).into_iter().flatten();
            found.extend(mounts.enumerate().filter(|(_, mount)| names_it(mount)).map(|(index, _)| list.index(index)));
        }
        found
    }
}
