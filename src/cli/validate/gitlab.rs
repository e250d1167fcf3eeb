//! The answers for GitLab: a Code Quality report, which a merge request shows beside its changes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::FileAnswer;
use super::fingerprint::{Fingerprints, fingerprint};
use crate::cli::json;
use kube_dry_run::{Finding, Severity, Stage};

/// Writes one report, entry by entry.
pub(super) struct Report<W> {
    out: W,
    is_empty: bool,
}

impl<W: Write> Report<W> {
    /// Begins the report.
    pub(super) fn begin(mut out: W) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, is_empty: true })
    }

    /// Writes an entry for everything that is said about the file at `path`, as far as it is kept.
    pub(super) fn write(&mut self, path: &str, answer: &FileAnswer) -> io::Result<()> {
        let mut fingerprints = Fingerprints::default();
        for document in &answer.inspections.documents {
            for finding in document.findings.iter().chain(&document.advice) {
                let entry = entry(path, finding, &fingerprint(&[path, &fingerprints.of(document, finding)]));
                let separator = if self.is_empty { "\n" } else { ",\n" };
                self.is_empty = false;
                write!(self.out, "{separator}{}", json::line(&entry)?)?;
            }
        }
        Ok(())
    }

    /// Ends the report.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]\n")
    }
}

fn entry(path: &str, finding: &Finding, fingerprint: &str) -> Value {
    let Finding { rule, message, hint, mark, .. } = finding;
    let line = mark.map_or(1, |mark| mark.line);
    json!({
        "description": hint.as_ref().map_or_else(|| message.clone(), |hint| format!("{message} — {hint}")),
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity(finding),
        "location": {"path": path, "lines": {"begin": line, "end": line}},
    })
}

/// How bad it is, in GitLab's words: what the API server refuses stops everything.
fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error if finding.stage == Stage::Admitted => "blocker",
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}
