//! The answers for the documents of a file, as `-o json` writes them.

use serde::Serialize;

use crate::adviser::advise;
use crate::report::Outcome;
use crate::report::stages::Lights;
use kube_dry_run::inspection::{Inspection, Inspections, Lines, Mark, OmittedDocuments, inspect_file, inspect_file_with};
use kube_dry_run::{Finding, Fix, Omitted, Rule, Severity, Stage, Verdict};

/// What is to be said about one file.
#[derive(Debug)]
pub(super) struct FileAnswer {
    /// The path of the file as it was found; `-` for the standard input.
    pub(super) path: String,
    /// The answers to its documents.
    pub(super) inspections: Inspections,
    /// True if the files were looked through for advice.
    pub(super) is_advised: bool,
    /// The text of the file; of bytes that are no text, what comes nearest.
    pub(super) lines: Lines,
}

/// What is wanted of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    /// Whether it is an error not to be judged.
    pub(super) are_kinds_strict: bool,
    /// Whether there is to be no advice.
    pub(super) is_advice_unwanted: bool,
}

impl FileAnswer {
    /// The answer to the `content` of the file that is called `path`.
    pub(super) fn new(path: String, content: Vec<u8>, wanted: Wanted) -> Self {
        let Wanted { are_kinds_strict, is_advice_unwanted } = wanted;
        let (lines, mut inspections) =
            if is_advice_unwanted { inspect_file(content) } else { inspect_file_with(content, advise) };
        for Inspection { findings, .. } in &mut inspections.documents {
            findings.retain(|finding| are_kinds_strict || finding.rule != Rule::NOT_JUDGED);
            for finding in findings.iter_mut().filter(|finding| finding.rule == Rule::NOT_JUDGED) {
                finding.severity = Severity::Error;
            }
        }
        Self { path, inspections, is_advised: !is_advice_unwanted, lines }
    }

    /// The answer in the form of its JSON.
    pub(super) fn written(&self) -> WrittenFile<'_> {
        let Inspections { documents, omitted } = &self.inspections;
        let documents = documents.iter().map(|document| WrittenDocument::new(document, self.is_advised)).collect();
        WrittenFile { path: &self.path, documents, omitted: *omitted }
    }
}

/// A file in JSON.
#[derive(Debug, Serialize)]
pub(super) struct WrittenFile<'a> {
    path: &'a str,
    documents: Vec<WrittenDocument<'a>>,
    /// What came of the documents that are too many to be written.
    #[serde(skip_serializing_if = "OmittedDocuments::is_empty")]
    omitted: OmittedDocuments,
}

/// A document in JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenDocument<'a> {
    kind: &'a str,
    name: &'a str,
    /// Where it begins.
    line: usize,
    verdict: Verdict,
    /// How each stage turns out, unless nobody wants to know about the later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<Lights>,
    /// Why the document is not read, with line and column: what stands in the way of kubectl, or a line for each wrong type.
    decode_error: Option<String>,
    strict_errors: Vec<&'a str>,
    errors: Vec<WrittenError<'a>>,
    warnings: Vec<&'a str>,
    advice: Vec<WrittenAdvice<'a>>,
    /// What would be advised if the document did not silence it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    silenced: Vec<WrittenSilence<'a>>,
    /// What the API server would say once all of this is settled.
    later: Vec<&'a Finding>,
    /// All that the API server says once more, each with its place, in the order of the text.
    findings: &'a [Finding],
    /// How much more was found than is written.
    #[serde(skip_serializing_if = "Omitted::is_empty")]
    omitted: Omitted,
}

/// What is advised beyond what the API server says, with its place in the text.
#[derive(Debug, Serialize)]
struct WrittenAdvice<'a> {
    rule: Rule,
    severity: &'static str,
    stage: Stage,
    field: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(flatten)]
    mark: Option<Mark>,
    fix: Option<&'a Fix>,
}

/// What a document silences, by rule and place.
#[derive(Debug, Serialize)]
struct WrittenSilence<'a> {
    rule: Rule,
    severity: &'static str,
    stage: Stage,
    field: &'a str,
    #[serde(flatten)]
    mark: Option<Mark>,
}

/// An error of admission, validation or storage, with its place in the text.
#[derive(Debug, Serialize)]
struct WrittenError<'a> {
    /// The rule under the name that Kubernetes has for it in an error of the validation.
    #[serde(rename = "type")]
    kind: Rule,
    #[serde(flatten)]
    finding: &'a Finding,
}

impl<'a> WrittenDocument<'a> {
    fn new(inspection: &'a Inspection, is_advised: bool) -> Self {
        let findings = &inspection.findings;
        let now = || findings.iter().filter(|finding| !finding.later);
        let messages = |wanted: &[Rule]| -> Vec<&'a str> {
            now().filter(|finding| wanted.contains(&finding.rule)).map(|finding| finding.message.as_str()).collect()
        };
        let is_read = !matches!(inspection.verdict, Verdict::TooMuch | Verdict::ClientError | Verdict::DecodeError);
        Self {
            kind: &inspection.kind,
            name: &inspection.name,
            line: inspection.line,
            verdict: inspection.verdict,
            stages: is_advised.then(|| Lights::from(&Outcome::of_inspection(inspection))),
            decode_error: (!is_read).then(|| now().map(Finding::located).collect::<Vec<_>>().join("\n")),
            strict_errors: messages(&[Rule::DUPLICATE_FIELD, Rule::UNKNOWN_FIELD]),
            errors: now().filter_map(WrittenError::new).collect(),
            warnings: messages(&[Rule::WARNING]),
            advice: inspection.advice.iter().map(WrittenAdvice::new).collect(),
            silenced: inspection.silenced.iter().map(WrittenSilence::new).collect(),
            later: findings.iter().filter(|finding| finding.later).collect(),
            findings,
            omitted: inspection.omitted,
        }
    }
}

impl<'a> WrittenAdvice<'a> {
    fn new(finding: &'a Finding) -> Self {
        let Finding { rule, stage, field, message, hint, mark, fix, .. } = finding;
        Self {
            rule: *rule,
            severity: severity_of(finding),
            stage: *stage,
            field,
            message,
            hint: hint.as_deref(),
            mark: *mark,
            fix: fix.as_ref(),
        }
    }
}

impl<'a> WrittenSilence<'a> {
    fn new(finding: &'a Finding) -> Self {
        let Finding { rule, stage, field, mark, .. } = finding;
        Self { rule: *rule, severity: severity_of(finding), stage: *stage, field, mark: *mark }
    }
}

/// The word that JSON has for how bad it is what a piece of advice is about.
fn severity_of(advice: &Finding) -> &'static str {
    match advice.severity {
        Severity::Error => "broken",
        Severity::Warning => "warning",
        Severity::Advice => "info",
    }
}

impl<'a> WrittenError<'a> {
    fn new(finding: &'a Finding) -> Option<Self> {
        let kind = finding.rule;
        let is_error = kind.is_of_validation() || matches!(kind, Rule::TOO_LARGE | Rule::ADMISSION | Rule::STORAGE);
        is_error.then_some(Self { kind, finding })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(text: &[u8]) -> serde_json::Value {
        let file = FileAnswer::new("-".to_owned(), text.to_vec(), Wanted::default());
        serde_json::to_value(file.written()).unwrap()["documents"].take()
    }

    #[test]
    fn wrong_types_are_told_with_their_place() {
        let found = answers(b"\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: []}\n");
        assert_eq!(found[0]["verdict"], "decode_error");
        assert!(found[0]["decodeError"].as_str().unwrap().starts_with("line 4, column 29: metadata.labels must be an object"));
    }

    #[test]
    fn a_field_that_is_there_twice_is_a_strict_error() {
        let found = &answers(b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n  nam: c\n")[0];
        assert_eq!(found["verdict"], "strict_error");
        let errors = ["line 5: key \"name\" already set in map", "unknown field \"metadata.nam\""];
        assert_eq!(found["strictErrors"], serde_json::json!(errors));
        assert_eq!((&found["findings"][1]["line"], &found["findings"][1]["column"]), (&6.into(), &3.into()));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let pod = format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n---\n", "{}, ".repeat(500));
        let file = FileAnswer::new("-".to_owned(), (pod + &"- a\n---\n".repeat(10_000)).into_bytes(), Wanted::default());
        let written = serde_json::to_value(file.written()).unwrap();
        assert_eq!(written["documents"][0]["omitted"], serde_json::json!({"errors": 500}));
        assert_eq!(written["documents"][1].get("omitted"), None);
        assert_eq!(written["omitted"], serde_json::json!({"documents": 1, "refused": 1, "warned": 0, "notJudged": 0}));
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        for text in [&b"a: b\n\xc3\xa4: \xff"[..], b"\xef\xbb\xbfa: b\n\xc3\xa4: \xff"] {
            assert_eq!(answers(text)[0]["decodeError"], "line 2, column 4: this is not UTF-8: save the file in that encoding");
        }
        assert_eq!(answers(b"\xff\xfd")[0]["findings"][0]["column"], 1);
    }
}
