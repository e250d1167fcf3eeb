//! Who mounts what: an index over the mounts of all containers.

use std::collections::HashMap;

use serde_json::Value;

use super::{Document, Path, text_of};

/// The fields of a Pod's `spec` that hold containers, in the order in which these start.
pub(super) const CONTAINER_LISTS: [&str; 2] = ["initContainers", "containers"];

/// The mounts of a document by the names of their volumes. It is made once, because looking for the mounts of each volume
/// would be quadratic.
pub struct Mounts<'a> {
    spec: Path,
    init_containers: usize,
    containers: usize,
    by_volume: HashMap<&'a str, Vec<Mount>>,
}

/// A mount's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The number of its container, counted from zero over init containers and ordinary ones.
    pub container: usize,
    /// Its place in the container's list, counted from zero.
    pub index: usize,
}

impl<'a> Mounts<'a> {
    /// The mounts of `document`. A mount without a name belongs to the volume without one.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let spec = document.pod_spec();
        let [init, ordinary] = CONTAINER_LISTS.map(|list| list_at(document, &spec.entry(list)));
        let mut by_volume: HashMap<&str, Vec<Mount>> = HashMap::new();
        for (container, value) in init.iter().chain(ordinary).enumerate() {
            let mounts = value.get("volumeMounts").and_then(Value::as_array).into_iter().flatten();
            for (index, mount) in mounts.enumerate().filter(|(_, mount)| mount.is_object()) {
                by_volume.entry(name_of(mount)).or_default().push(Mount { container, index });
            }
        }
        Self { spec, init_containers: init.len(), containers: init.len() + ordinary.len(), by_volume }
    }

    /// The mounts of the volume `name`, over all containers.
    #[must_use]
    pub fn of(&self, name: &str) -> &[Mount] {
        self.by_volume.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many containers there are.
    #[must_use]
    pub fn containers(&self) -> usize {
        self.containers
    }

    /// The path of the container with this number.
    #[must_use]
    pub fn container(&self, number: usize) -> Path {
        let [init, ordinary] = CONTAINER_LISTS.map(|list| self.spec.entry(list));
        match number.checked_sub(self.init_containers) {
            None => init.index(number),
            Some(number) => ordinary.index(number),
        }
    }

    /// The paths of all containers, in the order in which they start.
    #[must_use]
    pub fn all_containers(&self) -> Vec<Path> {
        (0..self.containers).map(|number| self.container(number)).collect()
    }

    /// The path of `mount`.
    #[must_use]
    pub fn path(&self, mount: Mount) -> Path {
        self.container(mount.container).entry("volumeMounts").index(mount.index)
    }
}

/// The name of a volume, or of the volume that a mount is of; empty where there is none.
#[must_use]
pub fn name_of(item: &Value) -> &str {
    text_of(item, "name")
}

fn list_at<'a>(document: &'a Document, path: &Path) -> &'a [Value] {
    document.get(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn mounts_are_found_in_all_containers() {
        let document = Document::try_from(json!({"kind": "Pod", "spec": {
            "initContainers": [{"volumeMounts": [{"name": "a"}]}, 7],
            "containers": [{"volumeMounts": [{}, 7, {"name": "a"}]}],
        }}))
        .unwrap();
        let mounts = Mounts::new(&document);
        let paths = |name: &str| mounts.of(name).iter().map(|mount| mounts.path(*mount).to_string()).collect::<Vec<_>>();
        assert_eq!(paths("a"), ["spec.initContainers[0].volumeMounts[0]", "spec.containers[0].volumeMounts[2]"]);
        assert_eq!(paths(""), ["spec.containers[0].volumeMounts[0]"]);
        assert_eq!((paths("b").len(), mounts.containers()), (0, 3));
    }
}
