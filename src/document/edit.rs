//! Edits: every change of a document, as data that a button of the page can carry.

mod env_source;
mod fresh;
mod intent;
mod repair;
mod role;
mod tree;
mod written;

use serde_json::Value;

pub use env_source::EnvSource;
pub use fresh::is_given_name;
pub use role::Role;
pub use written::ItemEdit;

use super::link::MAX_DOCUMENT_BYTES;
use super::{Comments, Document, ParsePathError, Path};
use kube_dry_run::ChangeError;

/// A change of a document. Written as words: the verb, the field path, and what the verb wants beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Puts a value at a path and creates what is missing on the way. Has no written form: values travel as form fields.
    Set(Path, Value),
    /// `remove PATH`: takes a field or an item away; a volume takes its mounts with it.
    Remove(Path),
    /// `add LIST`: appends an item that is valid as far as that can be guessed.
    Add(Path),
    /// `add-sidecar LIST`: appends a native sidecar to a list of init containers.
    AddSidecar(Path),
    /// `up PATH`: swaps an item with the one before it.
    Up(Path),
    /// `down PATH`: swaps an item with the one after it.
    Down(Path),
    /// `duplicate PATH`: puts a copy of an item after it, under a free name.
    Duplicate(Path),
    /// `share VOLUME CONTAINER`: mounts a volume into a container.
    Share(Path, Path),
    /// `share-new`: creates a volume and mounts it into every container, where its image keeps its content if that is known.
    ShareNew,
    /// `new-volume MOUNT`: creates a volume and lets a mount use it.
    NewVolume(Path),
    /// Gives a volume another name that its mounts follow. Has no written form: names travel as form fields.
    Rename(Path, String),
    /// `role CONTAINER ROLE`: makes a container an ordinary one, an init container or a native sidecar.
    Role(Path, Role),
    /// `source ENV SOURCE`: chooses where the value of an environment variable comes from.
    Source(Path, EnvSource),
    /// `fix RULE PATH`: makes the fix of what the rule finds at a place.
    Fix(String, Path),
    /// `fix-all`: makes every fix that is safe of what goes wrong.
    FixAll,
    /// `comment` and `uncomment`: puts comments for learners into the text, or takes them out. The tree stays as it is;
    /// [`File::with_comments`](super::File::with_comments) changes the text.
    Comments(Comments),
    /// `show PATH`: changes nothing, and goes on with an item that a page may not have had room for.
    Show(Path),
}

/// A document after an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The changed document.
    pub document: Document,
    /// The field where a person would go on working: of what was added, or beside what was removed.
    pub focus: Option<Path>,
}

/// Why an edit does not fit a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// There is nothing at that path.
    #[error("there is no {0} in this manifest")]
    Missing(Path),
    /// The value at that path is not a list.
    #[error("{0} is not a list")]
    NotAList(Path),
    /// The value at that path is not an object.
    #[error("{0} is not an object with fields")]
    NotAnObject(Path),
    /// The list at that path has fewer items than the index asks for.
    #[error("{path} has {length} items, so there is no place for item {index}")]
    BeyondEnd {
        /// The list.
        path: Path,
        /// How many items it has.
        length: usize,
        /// The index that was asked for, counted from zero.
        index: usize,
    },
    /// There is no finding of that rule with a fix at that path.
    #[error("there is nothing to fix any more: `{0}` finds nothing at {1}")]
    Settled(String, Path),
    /// A fix does not fit the document.
    #[error(transparent)]
    Fix(#[from] ChangeError),
    /// The document would be larger than [`MAX_DOCUMENT_BYTES`].
    #[error("the document would be larger than the {MAX_DOCUMENT_BYTES} bytes of JSON that a link may carry")]
    TooLarge,
}

/// Why a text is not an edit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseEditError {
    /// The first word is not a verb of an edit, or a word is missing or too many.
    #[error("`{0}` is not an edit")]
    Unknown(String),
    /// A field path in it cannot be read.
    #[error(transparent)]
    Path(#[from] ParsePathError),
}

impl Edit {
    /// True of an edit that judges the document anew, which costs more than any other.
    #[must_use]
    pub fn is_fix(&self) -> bool {
        matches!(self, Self::Fix(..) | Self::FixAll)
    }

    /// Applies this edit to a copy of `document`.
    ///
    /// # Errors
    /// Where the edit names something that the document does not have, that has another type, or that would make the document
    /// too large for a link.
    pub fn apply(&self, document: &Document) -> Result<Edited, EditError> {
        let mut document = document.clone();
        let focus = self.apply_to(&mut document)?;
        Ok(Edited { document, focus })
    }

    /// Applies this edit in place; where it fails, the document may be changed in part.
    pub(super) fn apply_to(&self, document: &mut Document) -> Result<Option<Path>, EditError> {
        let focus = self.change(document)?;
        if document.size() > MAX_DOCUMENT_BYTES {
            return Err(EditError::TooLarge);
        }
        Ok(focus)
    }

    fn change(&self, document: &mut Document) -> Result<Option<Path>, EditError> {
        Ok(match self {
            Self::Set(path, value) => {
                tree::set(document.value_mut(), path, value.clone())?;
                None
            }
            Self::Remove(path) => intent::remove(document, path)?,
            Self::Add(list) => Some(intent::add(document, list, None)?),
            Self::AddSidecar(list) => Some(intent::add(document, list, Some(Role::Sidecar))?),
            Self::Up(path) => Some(tree::shift(document.value_mut(), path, tree::Direction::Up)?),
            Self::Down(path) => Some(tree::shift(document.value_mut(), path, tree::Direction::Down)?),
            Self::Duplicate(path) => Some(intent::duplicate(document, path)?),
            Self::Share(volume, container) => Some(intent::share(document, volume, container)?),
            Self::ShareNew => Some(intent::share_new(document)?),
            Self::NewVolume(mount) => Some(intent::new_volume(document, mount)?),
            Self::Rename(volume, name) => {
                intent::rename(document, volume, name)?;
                None
            }
            Self::Role(container, role) => Some(intent::change_role(document, container, *role)?),
            Self::Source(env, source) => Some(intent::change_source(document, env, *source)?),
            Self::Fix(rule, path) => Some(repair::fix(document, rule, path)?),
            Self::FixAll => repair::fix_all(document),
            Self::Comments(_) => None,
            Self::Show(path) => Some(intent::show(document, path)?),
        })
    }
}

/// Gives the container at `path`, whose image was `before`, a name after the image that it has now, unless somebody gave it one.
pub(super) fn follow_image(document: &mut Document, path: &Path, before: &str) -> Result<(), EditError> {
    let image = document.text(&path.entry("image")).to_owned();
    match fresh::following_name(document, path, before, &image) {
        Some(name) => tree::set(document.value_mut(), &path.entry("name"), name.into()),
        None => Ok(()),
    }
}

/// Puts `value` at `path`, or takes away what is there, in place.
pub(super) fn set(document: &mut Document, path: &Path, value: Option<Value>) -> Result<(), EditError> {
    match value {
        Some(value) => tree::set(document.value_mut(), path, value),
        None if document.get(path).is_some() => tree::take(document.value_mut(), path).map(|_| ()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Mounts;
    use serde_json::json;

    fn pod() -> Document {
        Document::try_from(json!({
            "kind": "Pod",
            "spec": {
                "initContainers": [{"name": "init"}],
                "containers": [
                    {"name": "writer", "volumeMounts": [{"name": "html", "mountPath": "/html"}]},
                    {"name": "web", "volumeMounts": [{"name": "html", "mountPath": "/usr/share/nginx/html"}], "env": [{"name": "A", "value": "1"}]}
                ],
                "volumes": [{"name": "html", "emptyDir": {}}]
            }
        }))
        .unwrap()
    }

    /// Applies edits in turn and gives the document with the last focus.
    fn edited(document: Document, edits: &[&str]) -> (Document, String) {
        edits.iter().fold((document, String::new()), |(document, _), text| {
            let edit: Edit = text.parse().unwrap();
            assert_eq!(edit.to_string(), *text);
            let Edited { document, focus } = edit.apply(&document).unwrap();
            (document, focus.map(|path| path.to_string()).unwrap_or_default())
        })
    }

    fn at(document: &Document, path: &str) -> Value {
        document.get(&path.parse().unwrap()).cloned().unwrap_or_default()
    }

    #[test]
    fn builds_the_shared_volume_from_an_empty_pod() {
        let (document, focus) = edited(
            Document::empty_pod(),
            &[
                "add spec.containers",
                "add spec.containers",
                "add spec.containers[0].volumeMounts",
                "share spec.volumes[0] spec.containers[1]",
            ],
        );
        assert_eq!(focus, "spec.containers[1].volumeMounts[0].mountPath");
        let mounts = json!([{"name": "shared-data", "mountPath": "/shared-data"}]);
        assert_eq!(
            at(&document, "spec"),
            json!({
                "containers": [{"name": "app", "volumeMounts": mounts}, {"name": "app-2", "volumeMounts": mounts}],
                "volumes": [{"name": "shared-data", "emptyDir": {}}]
            })
        );
    }

    #[test]
    fn removing_a_volume_takes_its_mounts_and_empty_lists() {
        let (document, focus) = edited(pod(), &["remove spec.volumes[0]"]);
        assert_eq!(at(&document, "spec.volumes"), Value::Null);
        assert_eq!(at(&document, "spec.containers[0]"), json!({"name": "writer"}));
        assert_eq!(focus, "spec.volumes");
    }

    #[test]
    fn the_focus_after_a_removal_is_the_neighbour() {
        let (document, focus) = edited(pod(), &["remove spec.containers[1]"]);
        assert_eq!((focus.as_str(), at(&document, "spec.containers").as_array().map(Vec::len)), ("spec.containers[0]", Some(1)));
        let (_, focus) = edited(pod(), &["remove spec.containers[0]"]);
        assert_eq!(focus, "spec.containers[0]");
    }

    #[test]
    fn duplicates_have_names_of_their_own() {
        let (document, focus) = edited(
            pod(),
            &[
                "duplicate spec.containers[1]",
                "duplicate spec.containers[2]",
                "duplicate spec.volumes[0]",
                "duplicate spec.containers[0].volumeMounts[0]",
            ],
        );
        assert_eq!(at(&document, "spec.containers[2].name"), "web-2");
        assert_eq!(at(&document, "spec.containers[3].name"), "web-3");
        assert_eq!(at(&document, "spec.volumes[1].name"), "html-2");
        assert_eq!(at(&document, "spec.containers[0].volumeMounts[1].mountPath"), "/html-2");
        assert_eq!(focus, "spec.containers[0].volumeMounts[1].mountPath");
    }

    #[test]
    fn items_move_within_their_list_only() {
        let (document, focus) = edited(pod(), &["up spec.containers[1]", "up spec.containers[0]"]);
        assert_eq!((at(&document, "spec.containers[0].name"), focus.as_str()), (json!("web"), "spec.containers[0]"));
        let (document, focus) = edited(document, &["down spec.containers[1]"]);
        assert_eq!((at(&document, "spec.containers[1].name"), focus.as_str()), (json!("writer"), "spec.containers[1]"));
    }

    #[test]
    fn a_container_changes_its_role_and_back() {
        let (document, focus) = edited(pod(), &["role spec.containers[0] sidecar"]);
        assert_eq!(focus, "spec.initContainers[1].name");
        assert_eq!(at(&document, "spec.initContainers[1].restartPolicy"), "Always");
        assert_eq!(Role::of(&document, &"spec.initContainers[1]".parse().unwrap()), Role::Sidecar);
        let (document, _) = edited(document, &["role spec.initContainers[1] init"]);
        assert_eq!(at(&document, "spec.initContainers[1].restartPolicy"), Value::Null);
        let (document, _) = edited(document, &["role spec.initContainers[0] container", "role spec.initContainers[0] container"]);
        assert_eq!(at(&document, "spec.initContainers"), Value::Null);
        assert_eq!(at(&document, "spec.containers[2].name"), "writer");
    }

    #[test]
    fn a_value_comes_from_where_it_is_said_to() {
        let (document, focus) = edited(pod(), &["source spec.containers[1].env[0] config-map"]);
        assert_eq!(focus, "spec.containers[1].env[0].valueFrom.configMapKeyRef.name");
        assert_eq!(
            at(&document, "spec.containers[1].env[0]"),
            json!({"name": "A", "valueFrom": {"configMapKeyRef": {"name": "", "key": ""}}})
        );
        let (document, _) = edited(document, &["source spec.containers[1].env[0] value"]);
        assert_eq!(at(&document, "spec.containers[1].env[0]"), json!({"name": "A"}));
    }

    #[test]
    fn mounts_follow_the_name_of_their_volume() {
        let rename = Edit::Rename("spec.volumes[0]".parse().unwrap(), String::new());
        let emptied = rename.apply(&pod()).unwrap().document;
        assert_eq!(Mounts::new(&emptied).of("").len(), 2);
        let renamed = Edit::Rename("spec.volumes[0]".parse().unwrap(), "site".into()).apply(&emptied).unwrap().document;
        assert_eq!(Mounts::new(&renamed).of("site").len(), 2);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |text: &str| text.parse::<Edit>().unwrap().apply(&pod()).unwrap_err().to_string();
        assert_eq!(refused("remove spec.containers[7]"), "there is no spec.containers[7] in this manifest");
        assert_eq!(refused("share spec.volumes[3] spec.containers[0]"), "there is no spec.volumes[3] in this manifest");
        assert_eq!(refused("add kind.containers"), "kind is not an object with fields");
        let beyond = Edit::Set("spec.containers[5].name".parse().unwrap(), json!("x")).apply(&pod()).unwrap_err();
        assert_eq!(beyond.to_string(), "spec.containers has 2 items, so there is no place for item 5");
        assert!("remove".parse::<Edit>().is_err());
        assert!("role spec.containers[0] boss".parse::<Edit>().is_err());
    }
}
