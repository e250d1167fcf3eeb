//! The page that says what Kubernetes answers to a text, at the places of the text itself.

mod source;

use leptos::prelude::*;

use self::source::source;
use super::manifest_form::{Purpose, manifest_form};
use crate::shorten::shorten;
use crate::web::about::About;
use crate::web::budget::MAX_MESSAGE;
use crate::web::html::{Html, IntoHtml};
use crate::web::panels::verdict;
use crate::web::shell::Shell;
use kube_dry_run::inspection::{Inspection, Inspections, Lines, Mark};
use kube_dry_run::{Finding, Omitted, Severity, Verdict};

const DESCRIPTION: &str = "Paste Kubernetes manifests and read what Kubernetes 1.35 would answer to each, to the letter and with \
                           the line, without a cluster.";

/// How many documents of a text are shown; the others are counted.
const MAX_DOCUMENTS: usize = 200;

/// How many findings of a document are shown, and how many of a text; the others are counted.
const MAX_DOCUMENT_FINDINGS: usize = 100;
const MAX_FINDINGS: usize = 1_000;

/// How many bytes of fields, messages and hints are shown. With what escapes make of them, and once more at the marks, they take
/// 1.5 MiB of the page.
const MAX_WORDS: usize = 128 << 10;

/// How long the path of a field may be for a finding to name it.
const MAX_FIELD: usize = 512;

/// The answers to the documents of the text `lines`; without documents, nothing but the form.
pub fn check(lines: Lines, inspections: Inspections) -> Html {
    let is_empty = inspections.count() == 0;
    let has_text = !lines.text().trim().is_empty();
    let nothing = (is_empty && has_text).then_some("There is no manifest in this text, only comments.".to_owned());
    let shown = shown(&inspections.documents);
    let more = inspections.count() - shown.len();
    let documents = shown.iter().map(document).collect::<Html>();
    let source = if is_empty { Html::default() } else { source(&lines, &shown) };
    let form = manifest_form(Purpose::Check, lines.text(), nothing);
    view! {
        <Shell title="Check a manifest" about=About::new(DESCRIPTION)>
            <div class="start">
                <h1>"What Kubernetes 1.35 answers"</h1>
                {documents}
                {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more documents")}</p> })}
                {source}
                <section class="import" aria-labelledby="check-heading">
                    <h2 id="check-heading">{if is_empty { "Check a manifest" } else { "Change it, and check again" }}</h2>
                    {form}
                </section>
            </div>
        </Shell>
    }
    .html()
}

/// A document with those of its findings that are shown.
struct Shown<'a> {
    inspection: &'a Inspection,
    findings: &'a [Finding],
}

/// The first of `documents`, with as many of their findings as the page has room for.
fn shown<'a>(documents: &'a [Inspection]) -> Vec<Shown<'a>> {
    let (mut findings_left, mut bytes_left) = (MAX_FINDINGS, MAX_WORDS);
    let show = |inspection: &'a Inspection| {
        let Inspection { findings, .. } = inspection;
        let fits = |finding: &&Finding| {
            let hint = finding.hint.as_ref().map_or(0, |hint| hint.len().min(4 * MAX_MESSAGE));
            let bytes = shown_field(finding).map_or(0, str::len) + shown_message(finding).len() + hint;
            let rest = bytes_left.checked_sub(bytes);
            bytes_left = rest.unwrap_or(0);
            rest.is_some()
        };
        let count = findings.iter().take(MAX_DOCUMENT_FINDINGS.min(findings_left)).take_while(fits).count();
        findings_left -= count;
        Shown { inspection, findings: &findings[..count] }
    };
    documents.iter().take(MAX_DOCUMENTS).map(show).collect()
}

fn document(shown: &Shown<'_>) -> Html {
    let Inspection { kind, name, line, verdict, .. } = shown.inspection;
    let kind = if kind.is_empty() { "Document" } else { kind };
    let (errors, warnings) = (shown.inspection.count(Severity::Error), shown.inspection.count(Severity::Warning));
    let sentence = match verdict {
        Verdict::ClientError => "This cannot be judged.".to_owned(),
        _ => verdict::sentence(*verdict, errors, warnings),
    };
    let Omitted { errors: further_errors, warnings: further_warnings, .. } = shown.inspection.omitted;
    let more = shown.inspection.findings.len() - shown.findings.len() + further_errors + further_warnings;
    let (now, later) = shown.findings.split_at(shown.findings.partition_point(|finding| !finding.later));
    let later = if later.is_empty() { Html::default() } else { verdict::later(later.iter().map(finding).collect()) };
    view! {
        <section class="verdict checked">
            <h2>{format!("{kind} {name}").trim_end().to_owned()} " " <a class="line-number" href=anchor(*line)>{format!("line {line}")}</a></h2>
            <p data-verdict=verdict::word(*verdict)>{sentence}</p>
            <ol class="findings">{now.iter().map(finding).collect::<Html>()}</ol>
            {later}
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
    .html()
}

fn finding(finding: &Finding) -> Html {
    let line = finding.mark.map_or(1, |mark| mark.line);
    let place = finding.mark.map(|Mark { line, column, .. }| format!("line {line}, column {column}"));
    view! {
        <li data-field=shown_field(finding).map(str::to_owned) data-severity=finding.severity.word()>
            <div><a href=anchor(line)>{shown_message(finding)}</a> {verdict::hint(finding)}</div>
            " "
            <span class="line-number">{place}</span>
        </li>
    }
    .html()
}

fn anchor(line: usize) -> String {
    format!("#line-{line}")
}

/// The field, unless its path is too long.
fn shown_field(finding: &Finding) -> Option<&str> {
    Some(finding.field.as_str()).filter(|field| field.len() <= MAX_FIELD)
}

/// The message, cut if it is very long.
fn shown_message(finding: &Finding) -> String {
    shorten(&finding.message, MAX_MESSAGE).into_owned()
}
