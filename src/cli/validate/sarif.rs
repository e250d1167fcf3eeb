//! The answers for code hosts: SARIF 2.1.0, the OASIS standard for results of static analysis.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use super::answer::FileAnswer;
use crate::cli::json;
use crate::cli::source::Source;
use crate::origin::Origin;
use crate::report::counted;
use kube_dry_run::inspection::{Inspections, MAX_DOCUMENT_FINDINGS, MAX_FINDINGS, Mark, OmittedDocuments};
use kube_dry_run::{Finding, Omitted, RULES, Rule, RuleDescription, Severity, Stage};
use pod_advice::{AdviceRule, RULES as ADVICE_RULES};

/// How many bytes of results are written of one file, more or less.
const MAX_FILE_BYTES: usize = 8 << 20;

/// How many notifications of a kind are written; the others are counted.
const MAX_NOTIFICATIONS: usize = 1_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

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
        let rules: Vec<_> = RULES.into_iter().map(described).chain(ADVICE_RULES.iter().map(explained)).collect();
        let rules: Vec<_> = rules.into_iter().map(|rule| linked(rule, base)).collect();
        let driver = json!({
            "name": "Podweave",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        write!(out, "{{\"$schema\": {}, \"version\": \"2.1.0\", \"runs\": [{{", json!(SCHEMA))?;
        write!(
            out,
            "\n\"tool\": {{\"driver\": {}}},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [",
            json::line(&driver)?
        )?;
        let directory = env::current_dir().unwrap_or_default();
        Ok(Self { out, directory, is_empty: true, notices: Notifications::default() })
    }

    /// Writes a result for everything that is said about a file, as far as it is kept.
    pub(super) fn write(&mut self, source: &Source, answer: &FileAnswer) -> io::Result<()> {
        let uri = uri(source, &self.directory);
        let Inspections { documents, omitted: omitted_documents } = &answer.inspections;
        let mut omitted = Omitted::default();
        let mut bytes_left = MAX_FILE_BYTES;
        for document in documents {
            omitted.add(document.omitted);
            let said = document.findings.iter().chain(&document.advice).map(|finding| result(&uri, finding, &json!([])));
            let in_source = json!([{"kind": "inSource"}]);
            let silenced = document.silenced.iter().map(|finding| result(&uri, finding, &in_source));
            let findings = document.findings.iter().chain(&document.advice).chain(&document.silenced);
            for (finding, result) in findings.zip(said.chain(silenced)) {
                let line = json::line(&result)?;
                if bytes_left == 0 {
                    omitted.count(finding);
                    continue;
                }
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
        "There is more than is kept: {MAX_DOCUMENT_FINDINGS} results of a document, {MAX_FINDINGS} of a file. Left out: {} and {}, and \
         everything about {}.",
        counted(omitted.errors, "error"),
        counted(omitted.warnings, "warning"),
        counted(documents.refused + documents.warned, "document"),
    );
    json!({
        "level": "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
        "properties": {"omitted": omitted, "omittedDocuments": documents},
    })
}

fn described(known: RuleDescription) -> Value {
    json!({
        "id": known.rule,
        "shortDescription": {"text": known.summary},
        "defaultConfiguration": {"level": level(known.severity())},
    })
}

/// A rule of advice with its page.
fn explained(rule: &AdviceRule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.summary, "markdown": rule.page},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

/// The described `rule` with the address of its page, if it is known where Podweave is served.
fn linked(mut rule: Value, base: Option<&Origin>) -> Value {
    if let (Some(base), Some(id)) = (base, rule["id"].as_str()) {
        rule["helpUri"] = format!("{base}/rules/{id}").into();
    }
    rule
}

/// Where a rule stands among those of the log.
fn index_of(rule: Rule) -> Option<usize> {
    let mut rules = RULES.iter().map(|known| known.rule).chain(ADVICE_RULES.iter().map(|known| known.rule));
    rules.position(|known| known == rule)
}

/// The result for `finding`, with what suppresses it; where one result of a run says what that is, all have to.
fn result(uri: &str, finding: &Finding, suppressions: &Value) -> Value {
    let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": uri}}});
    if let Some(Mark { line, column, end_column }) = finding.mark {
        location["physicalLocation"]["region"] = json!({"startLine": line, "startColumn": column, "endColumn": end_column});
    }
    if !finding.field.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.field}]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index_of(finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location],
        "suppressions": suppressions,
    });
    if let Some(hint) = &finding.hint {
        let message = if finding.stage == Stage::Admitted { as_code(&finding.message) } else { finding.message.clone() };
        result["message"]["markdown"] = format!("{message}\n\n{hint}").into();
    }
    if let Some(properties) = properties(finding) {
        result["properties"] = properties;
    }
    result
}

/// What SARIF has no names for: when it bites, whether it comes later, what it follows from, and what would settle it.
fn properties(finding: &Finding) -> Option<Value> {
    let mut properties = serde_json::Map::new();
    if finding.stage != Stage::Admitted {
        properties.insert("stage".to_owned(), json!(finding.stage));
    }
    if finding.later {
        properties.insert("later".to_owned(), true.into());
    }
    if let Some(cause) = &finding.caused_by {
        properties.insert("causedBy".to_owned(), cause.as_str().into());
    }
    if let Some(fix) = &finding.fix {
        properties.insert("fix".to_owned(), json!(fix));
    }
    (!properties.is_empty()).then_some(Value::Object(properties))
}

/// `text` in Markdown, as it stands.
fn as_code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
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
    fn words_of_the_server_stay_as_they_are_in_markdown() {
        assert_eq!(as_code("a *b*"), "`a *b*`");
        assert_eq!(as_code("`selector` does not"), "`` `selector` does not ``");
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
