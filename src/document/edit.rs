//! Edits: every change of a document, as data that a button of the page can carry.

mod fresh;
mod intent;
mod tree;

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use super::{Document, ParsePathError, Path};

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
    /// `new-volume MOUNT`: creates a volume and lets a mount use it.
    NewVolume(Path),
    /// Gives a volume another name that its mounts follow. Has no written form: names travel as form fields.
    Rename(Path, String),
    /// `role CONTAINER ROLE`: makes a container an ordinary one, an init container or a native sidecar.
    Role(Path, Role),
    /// `source ENV SOURCE`: chooses where the value of an environment variable comes from.
    Source(Path, EnvSource),
}

/// What a container is for in the life of its Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs for as long as the Pod does.
    Container,
    /// Runs to its end before the ordinary containers start.
    InitContainer,
    /// An init container with `restartPolicy: Always`: starts in its turn and runs beside the ordinary containers.
    Sidecar,
}

/// Where the value of an environment variable comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvSource {
    /// The text in `value`.
    Value,
    /// A key of a ConfigMap.
    ConfigMap,
    /// A key of a Secret.
    Secret,
    /// A field of the Pod, such as `status.podIP`.
    Field,
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
    /// Applies this edit to a copy of `document`.
    ///
    /// # Errors
    /// Where the edit names something that the document does not have, or that has another type.
    pub fn apply(&self, document: &Document) -> Result<Edited, EditError> {
        let mut document = document.clone();
        let focus = match self {
            Self::Set(path, value) => {
                tree::set(&mut document.0, path, value.clone())?;
                None
            }
            Self::Remove(path) => intent::remove(&mut document, path)?,
            Self::Add(list) => Some(intent::add(&mut document, list, None)?),
            Self::AddSidecar(list) => Some(intent::add(&mut document, list, Some(Role::Sidecar))?),
            Self::Up(path) => Some(tree::shift(&mut document.0, path, tree::Direction::Up)?),
            Self::Down(path) => Some(tree::shift(&mut document.0, path, tree::Direction::Down)?),
            Self::Duplicate(path) => Some(intent::duplicate(&mut document, path)?),
            Self::Share(volume, container) => Some(intent::share(&mut document, volume, container)?),
            Self::NewVolume(mount) => Some(intent::new_volume(&mut document, mount)?),
            Self::Rename(volume, name) => {
                intent::rename(&mut document, volume, name)?;
                None
            }
            Self::Role(container, role) => Some(intent::change_role(&mut document, container, *role)?),
            Self::Source(env, source) => Some(intent::change_source(&mut document, env, *source)?),
        };
        Ok(Edited { document, focus })
    }
}

impl Role {
    /// Every role, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Container, Self::InitContainer, Self::Sidecar];

    /// The role of the container at `path`.
    #[must_use]
    pub fn of(document: &Document, path: &Path) -> Self {
        let init = path.parent().is_some_and(|list| list.last() == Path::root().entry("initContainers").last());
        match (init, document.text(&path.entry("restartPolicy"))) {
            (false, _) => Self::Container,
            (true, "Always") => Self::Sidecar,
            (true, _) => Self::InitContainer,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::InitContainer => "init",
            Self::Sidecar => "sidecar",
        }
    }
}

impl EnvSource {
    /// Every source, in the order in which a form offers them.
    pub const ALL: [Self; 4] = [Self::Value, Self::ConfigMap, Self::Secret, Self::Field];

    /// The source that the environment variable at `path` uses; `None` where it uses one that is not among [`Self::ALL`].
    #[must_use]
    pub fn of(document: &Document, path: &Path) -> Option<Self> {
        let Some(from) = document.get(&path.entry("valueFrom")) else { return Some(Self::Value) };
        Self::ALL.into_iter().find(|source| source.reference().is_some_and(|(field, _)| from.get(field).is_some()))
    }

    /// The field of `valueFrom` that stands for this source, and the fields within it that a form fills.
    fn reference(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Value => None,
            Self::ConfigMap => Some(("configMapKeyRef", &["name", "key"])),
            Self::Secret => Some(("secretKeyRef", &["name", "key"])),
            Self::Field => Some(("fieldRef", &["fieldPath"])),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::ConfigMap => "config-map",
            Self::Secret => "secret",
            Self::Field => "field",
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(path, _) => write!(formatter, "set {path}"),
            Self::Remove(path) => write!(formatter, "remove {path}"),
            Self::Add(list) => write!(formatter, "add {list}"),
            Self::AddSidecar(list) => write!(formatter, "add-sidecar {list}"),
            Self::Up(path) => write!(formatter, "up {path}"),
            Self::Down(path) => write!(formatter, "down {path}"),
            Self::Duplicate(path) => write!(formatter, "duplicate {path}"),
            Self::Share(volume, container) => write!(formatter, "share {volume} {container}"),
            Self::NewVolume(mount) => write!(formatter, "new-volume {mount}"),
            Self::Rename(volume, _) => write!(formatter, "rename {volume}"),
            Self::Role(container, role) => write!(formatter, "role {container} {}", role.word()),
            Self::Source(env, source) => write!(formatter, "source {env} {}", source.word()),
        }
    }
}

impl FromStr for Edit {
    type Err = ParseEditError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split(' ').collect();
        let unknown = || ParseEditError::Unknown(text.to_owned());
        Ok(match words[..] {
            ["remove", path] => Self::Remove(path.parse()?),
            ["add", list] => Self::Add(list.parse()?),
            ["add-sidecar", list] => Self::AddSidecar(list.parse()?),
            ["up", path] => Self::Up(path.parse()?),
            ["down", path] => Self::Down(path.parse()?),
            ["duplicate", path] => Self::Duplicate(path.parse()?),
            ["share", volume, container] => Self::Share(volume.parse()?, container.parse()?),
            ["new-volume", mount] => Self::NewVolume(mount.parse()?),
            ["role", container, word] => {
                let role = Role::ALL.into_iter().find(|role| role.word() == word).ok_or_else(unknown)?;
                Self::Role(container.parse()?, role)
            }
            ["source", env, word] => {
                let source = EnvSource::ALL.into_iter().find(|source| source.word() == word).ok_or_else(unknown)?;
                Self::Source(env.parse()?, source)
            }
            _ => return Err(unknown()),
        })
    }
}
