//! Where an environment variable gets its value.

use crate::document::{Document, Path};

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
    pub(super) fn reference(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::Value => None,
            Self::ConfigMap => Some(("configMapKeyRef", &["name", "key"])),
            Self::Secret => Some(("secretKeyRef", &["name", "key"])),
            Self::Field => Some(("fieldRef", &["fieldPath"])),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::ConfigMap => "config-map",
            Self::Secret => "secret",
            Self::Field => "field",
        }
    }
}
