//! The answers for code hosts: SARIF 2.1.0, the OASIS standard for results of static analysis.

mod fixes;
mod result;
mod rules;

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use self::fixes::Fixes;
use self::result::{Around, result};
use self::rules::rules;
use super::answer::FileAnswer;
use super::fingerprint::Fingerprints;
use crate::cli::json;
use crate::cli::source::Source;
use crate::origin::Origin;
use crate::report::counted;
use kube_dry_run::inspection::{Inspections, MAX_DOCUMENT_FINDINGS, MAX_FINDINGS, OmittedDocuments};
use kube_dry_run::{Omitted, Severity};

/// How many bytes of results are written of one file, more or less.
const MAX_FILE_BYTES: usize = 8 << 20;

/// How many notifications of a kind are written; the others are counted.
const MAX_NOTIFICATIONS: usize = 1_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What ends a line in YAML, for whoever counts lines as the marks of findings do.
const LINE_BREAKS: [&str; 6] = ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"];

/// What RFC 3986 lets stand in every segment of a relative reference, and the slash between them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes one log with one run, result by result.
pub(super) struct Log<W> {
    out: W,
    /// Where the program works, to which references are relative.
    directory: PathBuf,
    is_empty: bool,
    /// What was left out of files.
    notices: Notifications,
}

/// What could not be read.
#[derive(Default)]
pub(super) struct Failures(Notifications);

/// Notifications about the run; the first are kept, the others counted.
#[derive(Default)]
struct Notifications {
    kept: Vec<Value>,
    further: usize,
}

impl<W: Write> Log<W> {
    /// Begins the log: what the tool is, and all rules it knows.
    pub(super) fn begin(mut out: W, base: Option<&Origin>) -> io::Result<Self> {
        let mut driver = json!({
            "name": "Podweave",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules(base),
        });
        if let Some(base) = base {
            driver["informationUri"] = base.to_string().into();
        }
        write!(out, "{{\"$schema\": {}, \"version\": \"2.1.0\", \"runs\": [{{", json!(SCHEMA))?;
        write!(out, "\n\"tool\": {{\"driver\": {}}},\n\"columnKind\": \"unicodeCodePoints\",", json::line(&driver)?)?;
        write!(out, "\n\"newlineSequences\": {},\n\"results\": [", json::line(&LINE_BREAKS)?)?;
        let directory = env::current_dir().unwrap_or_default();
        Ok(Self { out, directory, is_empty: true, notices: Notifications::default() })
    }

    /// Writes a result for everything that is said about a file, as far as it is kept.
    pub(super) fn write(&mut self, source: &Source, answer: &FileAnswer) -> io::Result<()> {
        let uri = uri(source, &self.directory);
        let Inspections { documents, omitted: omitted_documents } = &answer.inspections;
        let mut omitted = Omitted::default();
        let mut bytes_left = MAX_FILE_BYTES;
        let (mut fixes, mut fingerprints) = (Fixes::new(answer), Fingerprints::default());
        for (place, document) in documents.iter().enumerate() {
            omitted.add(document.omitted);
            let said = document.findings.iter().chain(&document.advice).map(|finding| (finding, false));
            for (finding, is_silenced) in said.chain(document.silenced.iter().map(|finding| (finding, true))) {
                if bytes_left == 0 {
                    omitted.count(finding);
                    continue;
                }
                let fingerprint = fingerprints.of(document, finding);
                let replacements = fixes.replacements(place, finding);
                let line = json::line(&result(finding, Around { uri: &uri, fingerprint, is_silenced, replacements }))?;
                bytes_left = bytes_left.saturating_sub(line.len());
                let separator = if self.is_empty { "\n" } else { ",\n" };
                self.is_empty = false;
                write!(self.out, "{separator}{line}")?;
            }
        }
        if !omitted.is_empty() || omitted_documents.refused + omitted_documents.warned > 0 {
            self.notices.add(|| left_out(&uri, omitted, *omitted_documents));
        }
        Ok(())
    }

    /// Ends the log with what was left out and what could not be read.
    pub(super) fn end(mut self, failures: Failures) -> io::Result<()> {
        let is_successful = failures.0.kept.is_empty();
        let notifications: Vec<_> = self.notices.into_values().chain(failures.0.into_values()).collect();
        let invocation = json!({
            "executionSuccessful": is_successful,
            "toolExecutionNotifications": notifications,
        });
        writeln!(self.out, "\n],\n\"invocations\": [{}]\n}}]}}", json::line(&invocation)?)
    }
}

impl Failures {
    /// Adds the reason why something could not be read.
    pub(super) fn add(&mut self, message: &str) {
        self.0.add(|| json!({"level": "error", "message": {"text": message}}));
    }
}

impl Notifications {
    fn add(&mut self, notification: impl FnOnce() -> Value) {
        if self.kept.len() < MAX_NOTIFICATIONS {
            self.kept.push(notification());
        } else {
            self.further += 1;
        }
    }

    fn into_values(self) -> impl Iterator<Item = Value> {
        let further = (self.further > 0).then(|| {
            json!({"level": "warning", "message": {"text": format!("and {} more of this kind", counted(self.further, "notification"))}})
        });
        self.kept.into_iter().chain(further)
    }
}

/// What is said of a file of which not everything is a result.
fn left_out(uri: &str, omitted: Omitted, documents: OmittedDocuments) -> Value {
    let text = format!(
        "There is more than is kept: {MAX_DOCUMENT_FINDINGS} results of a document, {MAX_FINDINGS} of a file. Left out: {}, {}, {}, and \
         everything about {}.",
        counted(omitted.errors, "error"),
        counted(omitted.warnings, "warning"),
        counted(omitted.advice + omitted.later, "other"),
        counted(documents.refused + documents.warned, "document"),
    );
    json!({
        "level": "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
        "properties": {"omitted": omitted, "omittedDocuments": documents},
    })
}

/// A reference relative to `directory`, or a `file` URI of a path that leads elsewhere.
fn uri(source: &Source, directory: &Path) -> String {
    let Some(relative) = source.relative_to(directory) else { return "-".to_owned() };
    let scheme = if relative.is_absolute() { "file://" } else { "" };
    format!("{scheme}{}", percent_encode(relative.as_os_str().as_encoded_bytes(), ESCAPED))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Wanted;
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
        let mut failures = Failures::default();
        failures.add("a: gone");
        Log::begin(&mut out, None).unwrap().end(failures).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(log["runs"][0]["results"], json!([]));
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    }

    #[test]
    fn what_is_left_out_is_a_notification() {
        let text = format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n", "{}, ".repeat(500));
        let answer = FileAnswer::new("a b.yaml".to_owned(), text.into_bytes(), Wanted::default());
        let mut out = Vec::new();
        let mut log = Log::begin(&mut out, None).unwrap();
        log.write(&Source::File("a b.yaml".into()), &answer).unwrap();
        log.end(Failures::default()).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(MAX_DOCUMENT_FINDINGS));
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], true);
        let notification = &invocation["toolExecutionNotifications"][0];
        assert_eq!(notification["properties"]["omitted"], json!({"errors": 500}));
        assert_eq!(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.yaml");
    }

    #[test]
    fn notifications_are_bounded() {
        let mut failures = Failures::default();
        (0..MAX_NOTIFICATIONS + 3).for_each(|number| failures.add(&number.to_string()));
        let values: Vec<_> = failures.0.into_values().collect();
        assert_eq!(values.len(), MAX_NOTIFICATIONS + 1);
        assert_eq!(values[MAX_NOTIFICATIONS]["message"]["text"], "and 3 notifications more of this kind");
    }
}
