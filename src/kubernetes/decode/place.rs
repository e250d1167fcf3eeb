//! Where the decoder stands: a chain of steps on the stack, written out only when there is something to report.

use std::fmt::Write as _;

use crate::document::Path;

/// One link of the chain; the links before it live in the callers.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    before: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Entry(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// The whole document.
    pub(super) const ROOT: Place<'static> = Place { before: None, step: Step::Root };

    /// The field or map entry `name` of the object at this place.
    pub(super) fn entry(&'p self, name: &'p str) -> Place<'p> {
        Place { before: Some(self), step: Step::Entry(name) }
    }

    /// The item `index` of the list at this place.
    pub(super) fn index(&'p self, index: usize) -> Place<'p> {
        Place { before: Some(self), step: Step::Index(index) }
    }

    /// The place as a field path.
    pub(super) fn path(&self) -> Path {
        let before = self.before.map(Self::path).unwrap_or_default();
        match self.step {
            Step::Root => before,
            Step::Entry(name) => before.entry(name),
            Step::Index(index) => before.index(index),
        }
    }

    /// The place as `sigs.k8s.io/json` writes it, which tells fields and map entries not apart.
    pub(super) fn in_strict_errors(&self) -> String {
        let mut text = self.before.map(Self::in_strict_errors).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Entry(name) if text.is_empty() => text.push_str(name),
            Step::Entry(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
        text
    }
}
