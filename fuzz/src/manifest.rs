//! A manifest, through everything that the page does with it.

use kube_dry_run::{self as kubernetes};
use kube_dry_run::{Severity, Stage};
use podweave::diagram::{Picture, Use};
use podweave::document::link::MAX_DOCUMENT_BYTES;
use podweave::document::{Document, File, Path, Segment};
use podweave::form::{self, Submission};
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
    for file in (0..DOCUMENTS).filter_map(|place| File::open(text.to_owned(), Some(place)).ok()) {
        check_views(&file);
        check_untouched(&file);
        if let Ok(submission) = Submission::read(form_urlencoded::parse(form.as_bytes()).into_owned()) {
            let applied = submission.apply(file.document());
            assert!(applied.problems.iter().all(|problem| !problem.message.is_empty()));
            assert!(applied.document.size() <= MAX_DOCUMENT_BYTES);
            check_change(&file, &applied.document);
        }
    }
}

/// The text with `document` in the place of the open one means it, and nothing else in it has changed.
fn check_change(file: &File, document: &Document) {
    let Ok(changed) = file.with(document) else { return };
    assert_eq!(changed.document(), document, "{}", changed.text());
    let (before, after) = (file.contents(), changed.contents());
    assert_eq!((before.count, before.open), (after.count, after.open), "{}", changed.text());
    let others = |file: &File| -> Vec<Value> {
        let values = file.values().map_while(Result::ok).enumerate();
        values.filter(|(place, _)| *place != before.open).map(|(_, value)| value).collect()
    };
    assert_eq!(others(file), others(&changed));
    check_views(&changed);
}

/// The report on the open document is consistent, its lines are the text, its link leads to it, and its picture is XML.
fn check_views(file: &File) {
    let report = report(file);
    check_findings(file, &report);
    check_lines(file);
    check_judgement(&kubernetes::judge_parsed(file.parsed()));
    check_document(file.document().value());
    for purpose in [Use::Inline, Use::Standalone] {
        let picture = Picture::of(file.document().value()).svg(purpose);
        assert!(roxmltree::Document::parse(&picture).is_ok(), "{picture}");
    }
}

fn check_findings(file: &File, report: &Report) {
    let has_error =
        report.findings.iter().any(|shown| shown.finding.severity == Severity::Error && shown.finding.stage == Stage::Admitted);
    assert_eq!(has_error, report.outcome.verdict.is_refusal(), "{:?}", report.findings);
    let lines = file.lines().len();
    for Shown { finding, line, .. } in &report.findings {
        assert!((1..=lines).contains(line), "{finding:?}");
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
}

fn check_lines(file: &File) {
    let lines = file.lines();
    assert_eq!(lines.iter().map(|(line, _)| *line).collect::<String>(), file.text());
    for path in lines.into_iter().filter_map(|(_, path)| path) {
        assert!(file.document().get(&path).is_some(), "{path:?} is no field of the document");
        let written = path.to_string();
        // Kubernetes' own notation is ambiguous for keys with such a bracket in them.
        let is_ambiguous = path.segments().iter().any(|segment| matches!(segment, Segment::Key(key) if key.contains(']')));
        assert!(is_ambiguous || written.parse::<Path>().is_ok_and(|read| read.to_string() == written), "{path:?}");
    }
}

/// A form that comes back as it was shown changes nothing.
fn check_untouched(file: &File) {
    let document = file.document();
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
            pairs.push((name, input.show(Some(&document.as_written(path, value)))));
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
