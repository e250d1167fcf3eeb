//! Keys that stand twice in one object.

use super::Position;
use super::budget::Budget;
use super::key::Key;
use super::positions::Place;
use crate::path::{Path, Segment};

/// How many keys that stand twice are kept of one document; each carries the names of all objects around it. The decoder
/// keeps as many unknown fields.
const MAX_DUPLICATES: usize = 100;

/// A key that its object already has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The field that appears twice.
    pub path: Path,
    /// The second of the two keys; the merge key if it merges a field that is there already.
    pub position: Position,
    /// The first of the two keys.
    pub first: Position,
    /// The strict reader's words, `line 3: key "a" already set in map`, with the line of the second value.
    pub message: String,
    /// What becomes of the two in kubectl, in plain words.
    pub hint: String,
    /// True if a merge key merges it.
    pub(crate) is_merged: bool,
}

/// The duplicates of a document while it is built.
#[derive(Default)]
pub(super) struct Duplicates {
    found: Vec<Duplicate>,
    further: usize,
}

/// Where a key stands for the second time.
#[derive(Clone, Copy)]
pub(super) struct Repeated {
    /// The key.
    pub(super) position: Position,
    /// The line of its value.
    pub(super) line: usize,
    /// True if a merge key merges it.
    pub(super) is_merged: bool,
}

/// A step from an object or a list to what stands in it.
#[derive(Clone)]
pub(super) enum Step {
    Entry(String),
    Index(usize),
}

/// A duplicate key; its path grows from the inside to the outside while the recursion returns.
struct Duplicate {
    steps: Vec<Step>,
    repeated: Repeated,
    first: Position,
    message: String,
}

impl Duplicates {
    /// How many are kept so far.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// Adds `key`, which stands in the object whose fields have the `places` so far, once more. The first of a document is
    /// always kept, the others while there is `budget` for them.
    pub(super) fn add(&mut self, key: &Key, repeated: Repeated, places: &[(Box<str>, Place)], budget: &mut Budget) {
        let is_kept = self.found.is_empty()
            || self.found.len() < MAX_DUPLICATES && budget.take_duplicate_bytes(key.text.len() + places.len());
        if !is_kept {
            self.further += 1;
            return;
        }
        let first = places.iter().rfind(|(name, _)| **name == *key.text).map_or(repeated.position, |(_, place)| place.key);
        self.found.push(Duplicate {
            message: format!("line {}: key {} already set in map", repeated.line, key.shown()),
            steps: vec![Step::Entry(key.text.clone())],
            repeated,
            first,
        });
    }

    /// Puts a step in front of the paths of those that were found since there were `known` of them. Those whose paths become
    /// too long together are only counted, except for the first of the document.
    pub(super) fn enter(&mut self, known: usize, step: impl Fn() -> Step, budget: &mut Budget) {
        let mut kept = known;
        for duplicate in &mut self.found[known..] {
            let step = step();
            if !budget.take_duplicate_bytes(step.length()) && kept > 0 {
                break;
            }
            duplicate.steps.push(step);
            kept += 1;
        }
        self.further += self.found.len() - kept;
        self.found.truncate(kept);
    }

    /// Those that are kept, and how many more there are.
    pub(super) fn into_keys(self) -> (Vec<DuplicateKey>, usize) {
        let mut keys: Vec<_> = self.found.into_iter().map(DuplicateKey::from).collect();
        explain_runs(&mut keys);
        (keys, self.further)
    }
}

/// Says of keys that an object has twice together what they seem to be: another document or another item, whose beginning is not
/// marked.
fn explain_runs(keys: &mut [DuplicateKey]) {
    for run in keys.chunk_by_mut(|one, next| one.path.parent() == next.path.parent()) {
        let ([first, _, ..], false) = (&*run, run.iter().any(|key| key.is_merged)) else { continue };
        let line = first.position.line;
        let has = |name: &str| run.iter().any(|key| matches!(key.path.segments(), [Segment::Field(field)] if field == name));
        let hint = match first.path.parent().unwrap_or_default().last() {
            None if has("kind") => {
                format!("A second object begins in line {line}, it seems: put `---` on a line of its own before it.")
            }
            Some(Segment::Index(_)) => format!(
                "If another item begins in line {line}, put `- ` before it. Otherwise remove one of the two: line {} sets the same key.",
                first.first.line
            ),
            _ => continue,
        };
        for key in run {
            key.hint.clone_from(&hint);
        }
    }
}

impl Step {
    /// How many bytes the step has in a path that is kept.
    fn length(&self) -> usize {
        match self {
            Self::Entry(name) => name.len(),
            Self::Index(_) => size_of::<usize>(),
        }
    }
}

impl From<Duplicate> for DuplicateKey {
    fn from(duplicate: Duplicate) -> Self {
        let path = duplicate.steps.into_iter().rev().fold(Path::root(), |path, step| match step {
            Step::Entry(name) => path.entry(name),
            Step::Index(index) => path.index(index),
        });
        let Duplicate { first, repeated: Repeated { position, is_merged, .. }, message, .. } = duplicate;
        let line = first.line;
        let hint = if is_merged {
            format!(
                "Line {line} sets the same key, and what is merged behind it replaces its value: put the merge key `<<` first."
            )
        } else if position.line == line {
            "The key is set before in the same line. Of the two kubectl keeps the last one without a word: remove one of them."
                .to_owned()
        } else {
            format!("Line {line} sets the same key. Of the two kubectl keeps the last one without a word: remove one of them.")
        };
        Self { path, position, first, message, hint, is_merged }
    }
}
