//! The report on a document: its YAML, and what is to be said about it, field by field.

use kube_dry_run::{Finding, Severity, Verdict};

use crate::document::Path;

/// Everything that the views of a document show.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the API server does with it.
    pub verdict: Verdict,
    /// What is to be said about it; what comes later stands behind.
    pub findings: Vec<Shown>,
}

/// A finding, and where the page shows what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What is said.
    pub finding: Finding,
    /// The element of the form to go to.
    pub anchor: Path,
    /// The line of the text, counted from one: of the field, or of the nearest one around it that the text has.
    pub line: usize,
}

impl Report {
    /// How many findings have this severity and are said at once.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|shown| shown.finding.severity == severity && !shown.finding.later).count()
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
