//! Where the validation stands: a chain of steps on the stack, written out only when there is an error to report.
//!
//! Follows `k8s.io/apimachinery/pkg/util/validation/field.Path` (v1.35), which writes keys of maps and indexes of lists in
//! brackets, and names of fields after a dot.

use std::fmt;

use crate::path::Path;

/// One link of the chain; the links before it live in the callers.
#[derive(Clone, Copy)]
pub(super) struct FieldPath<'a> {
    parent: Option<&'a FieldPath<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Key(&'a str),
    Index(usize),
}

/// The whole object.
pub(super) static ROOT: FieldPath<'static> = FieldPath { parent: None, step: Step::Root };

impl<'a> FieldPath<'a> {
    /// The field `name` below this one.
    pub(super) fn field(&'a self, name: &'a str) -> FieldPath<'a> {
        FieldPath { parent: Some(self), step: Step::Field(name) }
    }

    /// The entry `name` of the map that this field is.
    pub(super) fn key(&'a self, name: &'a str) -> FieldPath<'a> {
        FieldPath { parent: Some(self), step: Step::Key(name) }
    }

    /// The item `index` of the list that this field is.
    pub(super) fn index(&'a self, index: usize) -> FieldPath<'a> {
        FieldPath { parent: Some(self), step: Step::Index(index) }
    }

    /// The same place as a path into the document.
    pub(super) fn to_document_path(self) -> Path {
        let Some(parent) = self.parent else { return Path::root() };
        let parent = parent.to_document_path();
        match self.step {
            Step::Root => parent,
            Step::Field(name) | Step::Key(name) => parent.entry(name),
            Step::Index(index) => parent.index(index),
        }
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
}
