//! What is not known.

use kube_dry_run::shown::shown;
use kube_dry_run::{ParsePathError, Segment, kinds};

use crate::place::Lost;

/// A path that leads to no field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unknown {
    /// What is not known, in a sentence without its dot: ``Volume has no field `emptydir` (at spec.volumes)``.
    pub message: String,
    /// The path with which to ask for the nearest field on the way that is known.
    pub nearest: String,
    /// The paths of fields that may be meant, at most five, the likeliest first.
    pub near: Vec<String>,
}

impl Unknown {
    pub(crate) fn kind(name: &str) -> Self {
        let message = format!("`{}` is no kind that is explained; those are {}", shown(name), kinds::listed(|_| true, "and"));
        Self::nowhere(message)
    }

    pub(crate) fn path(error: &ParsePathError) -> Self {
        Self::nowhere(format!("this is no path of a field: {error}"))
    }

    pub(crate) fn too_long(most: usize) -> Self {
        Self::nowhere(format!("this path is longer than {most} bytes"))
    }

    pub(crate) fn field(lost: &Lost, segments: &[Segment], near: Vec<String>) -> Self {
        let nearest = lost.at.link();
        let wrong = match segments.get(lost.taken) {
            Some(Segment::Field(name) | Segment::Key(name)) => format!("field `{}`", shown(name)),
            Some(Segment::Index(index)) => format!("item {index}"),
            None => "field".to_owned(),
        };
        let message = match lost.at.definition() {
            Some(definition) => format!("{} has no {wrong} (at `{nearest}`)", definition.name),
            None => format!("`{nearest}` has no {wrong}: it is of type {}", lost.at.field_type()),
        };
        Self { message, nearest, near }
    }

    fn nowhere(message: String) -> Self {
        Self { message, nearest: "pod".to_owned(), near: Vec::new() }
    }
}
