//! What is said to the author of a lesson.

use std::fmt;

use kube_dry_run::Severity;
use kube_dry_run::yaml::Position;

/// How many problems of a lesson are told.
pub const MAX_PROBLEMS: usize = 100;

/// Something about a lesson that its author should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line of the lesson's text, counted from one.
    pub line: usize,
    /// The column, counted in characters from one.
    pub column: usize,
    /// An error where the lesson cannot work; a warning where it may not do what is meant; else advice.
    pub severity: Severity,
    /// What it is, in a sentence without a capital letter and a full stop.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(severity: Severity, place: Position, message: impl Into<String>) -> Self {
        Self { line: place.line, column: place.column, severity, message: message.into() }
    }

    pub(crate) fn error(place: Position, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, place, message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, message, .. } = self;
        write!(formatter, "line {line}, column {column}: {message}")
    }
}
