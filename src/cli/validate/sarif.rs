//! The answers for code hosts: SARIF 2.1.0, the OASIS standard for results of static analysis.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use super::answer::FileAnswer;
use crate::cli::json;
use crate::cli::source::Source;
use kube_dry_run::inspection::Mark;
use kube_dry_run::{Finding, RULES, RuleDescription, Severity};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What RFC 3986 lets stand in every segment of a relative reference, and the slash between them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes one log with one run, result by result.
pub(super) struct Log<W> {
    out: W,
    /// Where the program works, to which references are relative.
    directory: PathBuf,
    is_empty: bool,
}

impl<W: Write> Log<W> {
    /// Begins the log: what the tool is, and all rules it knows.
    pub(super) fn begin(mut out: W) -> io::Result<Self> {
        let driver = json!({
            "name": "Podweave",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.map(described),
        });
        write!(out, "{{\"$schema\": {}, \"version\": \"2.1.0\", \"runs\": [{{", json!(SCHEMA))?;
        write!(
            out,
            "\n\"tool\": {{\"driver\": {}}},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [",
            json::line(&driver)?
        )?;
        let directory = env::current_dir().unwrap_or_default();
        Ok(Self { out, directory, is_empty: true })
    }

    /// Writes a result for everything that is said about a file.
    pub(super) fn write(&mut self, source: &Source, answer: &FileAnswer) -> io::Result<()> {
        let uri = uri(source, &self.directory);
        for finding in answer.documents.iter().flat_map(|document| &document.findings) {
            let separator = if self.is_empty { "\n" } else { ",\n" };
            self.is_empty = false;
            write!(self.out, "{separator}{}", json::line(&result(&uri, finding))?)?;
        }
        Ok(())
    }

    /// Ends the log with what could not be read.
    pub(super) fn end(mut self, unreadable: &[String]) -> io::Result<()> {
        let notifications: Vec<_> =
            unreadable.iter().map(|message| json!({"level": "error", "message": {"text": message}})).collect();
        let invocation = json!({
            "executionSuccessful": notifications.is_empty(),
            "toolExecutionNotifications": notifications,
        });
        writeln!(self.out, "\n],\n\"invocations\": [{}]\n}}]}}", json::line(&invocation)?)
    }
}

fn described(known: RuleDescription) -> Value {
    json!({
        "id": known.rule,
        "shortDescription": {"text": known.summary},
        "defaultConfiguration": {"level": level(known.severity())},
    })
}

fn result(uri: &str, finding: &Finding) -> Value {
    let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": uri}}});
    if let Some(Mark { line, column, end_column }) = finding.mark {
        location["physicalLocation"]["region"] = json!({"startLine": line, "startColumn": column, "endColumn": end_column});
    }
    if !finding.field.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.field}]);
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|known| known.rule == finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A reference relative to `directory`, or a `file` URI of a path that leads elsewhere.
fn uri(source: &Source, directory: &Path) -> String {
    let Source::File(path) = source else { return "-".to_owned() };
    let relative = path.strip_prefix(".").or_else(|_| path.strip_prefix(directory)).unwrap_or(path);
    let scheme = if relative.is_absolute() { "file://" } else { "" };
    format!("{scheme}{}", percent_encode(relative.as_os_str().as_encoded_bytes(), ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        for (path, expected) in [
            ("./deploy/web 1.yaml", "deploy/web%201.yaml"),
            ("../ä:#?%.yaml", "../%C3%A4%3A%23%3F%25.yaml"),
            ("/home/a.yaml", "file:///home/a.yaml"),
            ("/home/me/a.yaml", "a.yaml"),
        ] {
            assert_eq!(uri(&Source::File(path.into()), Path::new("/home/me")), expected);
        }
        assert_eq!(uri(&Source::Input, Path::new("/home/me")), "-");
    }

    #[test]
    fn a_log_without_results_is_whole() {
        let mut out = Vec::new();
        Log::begin(&mut out).unwrap().end(&["a: gone".to_owned()]).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(log["runs"][0]["results"], json!([]));
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    }
}
