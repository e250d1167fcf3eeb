//! Where the validation stands: a chain of steps on the stack, written out only when there is an error to report.
//!
//! Follows `k8s.io/apimachinery/pkg/util/validation/field.Path` (v1.35), which writes keys of maps and indexes of lists in
//! brackets, and names of fields after a dot. What upstream writes is not always where the document has it: `volumeMounts.subPath`
//! lacks the index, `securityContext.shareProcessNamespace` is a field of `spec`. So a step may be [`unnamed`](FieldPath::unnamed)
//! or [`nominal`](FieldPath::nominal).

use std::fmt;

use crate::path::Path;

/// One link of the chain; the links before it live in the callers.
#[derive(Clone, Copy)]
pub(super) struct FieldPath<'a> {
    parent: Option<&'a FieldPath<'a>>,
    step: Step<'a>,
    presence: Presence,
    is_about_name: bool,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Key(&'a str),
    Index(usize),
}

/// Where a step is to be found.
#[derive(Clone, Copy, PartialEq)]
enum Presence {
    Everywhere,
    /// In what upstream writes, not in the document.
    InWords,
    /// In the document, not in what upstream writes.
    InDocument,
}

/// The whole object.
pub(super) static ROOT: FieldPath<'static> =
    FieldPath { parent: None, step: Step::Root, presence: Presence::Everywhere, is_about_name: false };

impl<'a> FieldPath<'a> {
    /// The field `name` below this one.
    pub(super) fn field(&'a self, name: &'a str) -> FieldPath<'a> {
        self.then(Step::Field(name))
    }

    /// The entry `name` of the map that this field is.
    pub(super) fn key(&'a self, name: &'a str) -> FieldPath<'a> {
        self.then(Step::Key(name))
    }

    /// The item `index` of the list that this field is.
    pub(super) fn index(&'a self, index: usize) -> FieldPath<'a> {
        self.then(Step::Index(index))
    }

    /// This step as one that the document has and upstream does not write.
    pub(super) fn unnamed(self) -> Self {
        Self { presence: Presence::InDocument, ..self }
    }

    /// This step as one that upstream writes and the document does not have.
    pub(super) fn nominal(self) -> Self {
        Self { presence: Presence::InWords, ..self }
    }

    /// This step, of which the name is wrong and not the value.
    pub(super) fn itself(self) -> Self {
        Self { is_about_name: true, ..self }
    }

    /// True of the entry `name` of a map.
    pub(super) fn is_key(&self, name: &str) -> bool {
        matches!(self.step, Step::Key(key) if key == name)
    }

    /// True of what [`Self::itself`] gives.
    pub(super) fn is_about_name(&self) -> bool {
        self.is_about_name
    }

    /// The same place as a path into the document.
    pub(super) fn to_document_path(self) -> Path {
        let Some(parent) = self.parent else { return Path::root() };
        let parent = parent.to_document_path();
        match self.step {
            Step::Root => parent,
            _ if self.presence == Presence::InWords => parent,
            Step::Field(name) | Step::Key(name) => parent.entry(name),
            Step::Index(index) => parent.index(index),
        }
    }

    fn then(&'a self, step: Step<'a>) -> FieldPath<'a> {
        FieldPath { parent: Some(self), step, presence: Presence::Everywhere, is_about_name: false }
    }

    fn is_root(&self) -> bool {
        matches!(self.step, Step::Root)
    }
}

impl fmt::Display for FieldPath<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(parent) = self.parent else { return Ok(()) };
        parent.fmt(formatter)?;
        match self.step {
            Step::Root => Ok(()),
            _ if self.presence == Presence::InDocument => Ok(()),
            Step::Field(name) if parent.is_root() => formatter.write_str(name),
            Step::Field(name) => write!(formatter, ".{name}"),
            Step::Key(name) => write!(formatter, "[{name}]"),
            Step::Index(index) => write!(formatter, "[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_fields_keys_and_indexes() {
        assert_eq!(ROOT.to_string(), "");
        let containers = ROOT.field("spec").field("containers").to_string();
        assert_eq!(containers, "spec.containers");
        assert_eq!(ROOT.field("spec").index(2).field("limits").key("a.b/c").to_string(), "spec[2].limits[a.b/c]");
    }

    #[test]
    fn what_upstream_writes_may_stand_elsewhere() {
        let both = |path: FieldPath<'_>| (path.to_string(), path.to_document_path().to_string());
        let mounts = ROOT.field("volumeMounts");
        let expected = ("volumeMounts.subPath".to_owned(), "volumeMounts[1].subPath".to_owned());
        assert_eq!(both(mounts.index(1).unnamed().field("subPath")), expected);
        let spec = ROOT.field("spec");
        let expected = ("spec.securityContext.hostPID".to_owned(), "spec.hostPID".to_owned());
        assert_eq!(both(spec.field("securityContext").nominal().field("hostPID")), expected);
    }
}
