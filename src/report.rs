//! The report on a document: its YAML, and what is to be said about it, field by field.

use serde::Serialize;

use crate::document::Path;
use crate::kubernetes::Verdict;
use crate::yaml::Rendered;

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

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The API server refuses the manifest.
    Error,
    /// The API server accepts the manifest and warns.
    Warning,
    /// The API server says nothing, and it goes wrong later.
    Advice,
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

impl Severity {
    /// The word for it in attributes and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
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
