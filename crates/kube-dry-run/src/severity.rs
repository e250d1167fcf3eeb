//! How bad something is that is said about a document.

use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The API server refuses the manifest; of advice, what it accepts and no node can run.
    Error,
    /// The API server accepts the manifest and warns; of advice, likely trouble.
    Warning,
    /// The API server says nothing, and a person should know.
    Advice,
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
