//! A manifest, through everything that the page does with it.

use kube_dry_run::Severity;
use kube_dry_run::{self as kubernetes, yaml};
use podweave::diagram::{self, Use};
use podweave::document::link::MAX_DOCUMENT_BYTES;
use podweave::document::{Document, Path, Segment};
use podweave::form::{self, Submission};
use podweave::import::candidates;
use podweave::pipeline::report;
use podweave::report::{Report, Shown};
use serde_json::Value;

use super::code::check_document;
use super::text::check_judgement;

/// What separates the manifest from the form that is posted for it, `name=value` pairs as browsers send them.
const POST: &str = "\nPOST ";

/// As many documents of a text as are looked at.
const DOCUMENTS: usize = 4;

/// Opens the manifest before a line that begins with `POST`, and posts the form on that line to it.
pub fn pipeline(input: &str) {
    let (text, form) = input.split_once(POST).unwrap_or((input, ""));
    let candidates = candidates(text).map_while(Result::ok).take(DOCUMENTS);
    for document in candidates.filter_map(|candidate| candidate.document.ok()) {
        check_views(&document);
        check_untouched(&document);
        if let Ok(submission) = Submission::read(form_urlencoded::parse(form.as_bytes()).into_owned()) {
            let applied = submission.apply(&document);
            check_views(&applied.document);
            assert!(applied.drafts.is_empty() || !applied.problems.is_empty());
            assert!(document.size() > MAX_DOCUMENT_BYTES || applied.document.size() <= MAX_DOCUMENT_BYTES);
        }
    }
}

/// The report on `document` is consistent, its YAML is the document again with the same report, its link leads to it, and its
/// picture is XML.
fn check_views(document: &Document) {
    let report = report(document);
    check_findings(&report);
    check_lines(document, &report);
    check_yaml(document, &report);
    check_document(document.value());
    for purpose in [Use::Inline, Use::Standalone] {
        let picture = diagram::svg(document.value(), purpose);
        assert!(roxmltree::Document::parse(&picture).is_ok(), "{picture}");
    }
}

fn check_findings(report: &Report) {
    let has_error = report.findings.iter().any(|shown| shown.finding.severity == Severity::Error);
    assert_eq!(has_error, report.verdict.is_refusal(), "{:?}", report.findings);
    let lines = report.yaml.lines().count();
    for Shown { finding, line, .. } in &report.findings {
        assert!(line.is_none_or(|line| (1..=lines).contains(&line)), "{finding:?}");
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
}

fn check_lines(document: &Document, report: &Report) {
    assert_eq!(report.yaml.text.matches('\n').count(), report.yaml.lines().count());
    for path in report.yaml.lines().filter_map(|(_, path)| path) {
        assert!(document.get(&path).is_some(), "{path:?} is no field of the document");
        let written = path.to_string();
        // Kubernetes' own notation is ambiguous for keys with such a bracket in them.
        let is_ambiguous = path.segments().iter().any(|segment| matches!(segment, Segment::Key(key) if key.contains(']')));
        assert!(is_ambiguous || written.parse::<Path>().is_ok_and(|read| read.to_string() == written), "{path:?}");
    }
}

fn check_yaml(document: &Document, written: &Report) {
    let text = &written.yaml.text;
    let mut read = yaml::parse(text).unwrap_or_else(|error| panic!("{error} in what was written:\n{text}"));
    let parsed = read.pop().filter(|_| read.is_empty()).unwrap_or_else(|| panic!("not one document:\n{text}"));
    assert_eq!(&parsed.value, document.value(), "{text}");
    assert!(parsed.duplicates.is_empty(), "{text}");
    let judgement = kubernetes::judge_parsed(&parsed);
    check_judgement(&judgement);
    assert_eq!(judgement.verdict, written.verdict, "{text}");
    let again = Document::try_from(parsed.value).map(|document| report(&document));
    let again = again.unwrap_or_else(|error| panic!("{error}:\n{text}"));
    assert_eq!(&again.yaml.text, text);
    assert_eq!(in_any_order(&again), in_any_order(written), "{text}");
}

/// The findings of `report`; those of unknown fields come in the order of the document, which writing changes.
fn in_any_order(report: &Report) -> Vec<(&str, &str, Option<usize>)> {
    let findings = report.findings.iter();
    let mut findings: Vec<_> =
        findings.map(|shown| (shown.finding.field.as_str(), shown.finding.message.as_str(), shown.line)).collect();
    findings.sort_unstable();
    findings
}

/// A form that comes back as it was shown changes nothing.
fn check_untouched(document: &Document) {
    let mut pairs = Vec::new();
    shown(document, &Path::root(), document.value(), &mut pairs);
    let submission = Submission::read(pairs.clone()).unwrap_or_else(|error| panic!("{error}: {pairs:?}"));
    let applied = submission.apply(document);
    assert_eq!(applied.problems, [], "{pairs:?}");
    assert_eq!(&applied.document, document, "{pairs:?}");
}

/// The names and values of the inputs at and inside of `value`, as a browser sends them.
fn shown(document: &Document, path: &Path, value: &Value, pairs: &mut Vec<(String, String)>) {
    if let Some(input) = form::input_at(document, path).filter(|input| input.fits(value)) {
        let name = path.to_string();
        if !input.is_switch(Some(value)) {
            pairs.push((name, input.show(Some(value))));
        } else if input.is_on(Some(value)) {
            pairs.push((name, "true".to_owned()));
        } else {
            pairs.push(("switch".to_owned(), name));
        }
        return;
    }
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| shown(document, &path.entry(name), value, pairs)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| shown(document, &path.index(at), value, pairs)),
        _ => {}
    }
}
