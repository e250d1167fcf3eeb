//! Document in, report out: the one place where the steps are put together. Page, API and command line all call it.

use crate::document::Document;
use crate::form::Anchors;
use crate::report::{Finding, Report};
use kube_dry_run::yaml::{self, Rendered};
use kube_dry_run::{self as kubernetes, Judgement, Severity};

/// Writes `document` as YAML and tells what the API server answers to it.
#[must_use]
pub fn report(document: &Document) -> Report {
    let yaml = yaml::write(document.value());
    let judgement = kubernetes::judge(document.value());
    let verdict = judgement.verdict;
    let mut anchors = Anchors::new(document);
    let findings = said(judgement).map(|said| locate(said, &mut anchors, &yaml)).collect();
    Report { yaml, verdict, findings }
}

type Said = (Severity, String, String);

fn said(judgement: Judgement) -> impl Iterator<Item = Said> {
    let client = judgement.client_error.into_iter().map(|error| (Severity::Error, error.field.to_string(), error.message));
    let decode = judgement.decode_errors.into_iter().map(|error| (Severity::Error, error.field.to_string(), error.message));
    let strict = judgement.strict_errors.into_iter().map(|error| (Severity::Error, error.field.to_string(), error.message));
    let invalid = judgement.errors.into_iter().map(|error| (Severity::Error, error.field, error.message));
    let warnings = judgement.warnings.into_iter().map(|warning| (Severity::Warning, warning.field, warning.message));
    client.chain(decode).chain(strict).chain(invalid).chain(warnings)
}

fn locate((severity, field, message): Said, anchors: &mut Anchors<'_>, yaml: &Rendered) -> Finding {
    let anchor = anchors.of(&field);
    let line = field.parse().ok().and_then(|path| yaml.line_of(&path));
    Finding { severity, field, message, anchor, line }
}
