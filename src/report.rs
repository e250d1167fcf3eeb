//! The report on a document: its YAML, and what is to be said about it, field by field.

use kube_dry_run::yaml::Rendered;
use kube_dry_run::{Severity, Verdict};
use serde::Serialize;

use crate::document::Path;

/// Everything that the views of a document show.
#[derive(Clone, Debug)]
pub struct Report {
    /// The manifest as it is downloaded, with the field of every line.
    pub yaml: Rendered,
    /// What the API server does with it.
    pub verdict: Verdict,
    /// What is to be said about it, errors first.
    pub findings: Vec<Finding>,
}

/// One thing to be said about one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The field as Kubernetes names it; empty for the whole manifest.
    pub field: String,
    /// What the API server says, to the letter.
    pub message: String,
    /// The element of the form to go to.
    #[serde(serialize_with = "as_text")]
    pub anchor: Path,
    /// The line of the YAML, counted from one.
    pub line: Option<usize>,
}

impl Finding {
    /// What is said at the element for `path`: there, the field that the message begins with need not be named.
    #[must_use]
    pub fn message_at(&self, path: &Path) -> &str {
        let rest = self.message.strip_prefix(&self.field).and_then(|rest| rest.strip_prefix(": "));
        rest.filter(|_| self.field == path.to_string()).unwrap_or(&self.message)
    }
}

impl Report {
    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn as_text<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(path)
}
