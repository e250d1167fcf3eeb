//! The page that says what Kubernetes answers to a text, at the places of the text itself.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::manifest_form::{Purpose, manifest_form};
use crate::inspection::{Finding, Inspection, Lines, Mark};
use crate::kubernetes::Verdict;
use crate::report::Severity;
use crate::shorten::shorten;
use crate::web::budget::{Budget, MAX_MESSAGE};
use crate::web::panels::verdict;
use crate::web::sheet::{field_attribute, label};
use crate::web::shell::Shell;

/// A text of more lines shows those around its findings only.
const MAX_LINES: usize = 2000;

/// How many documents of a text are shown; the others are counted.
const MAX_DOCUMENTS: usize = 200;

/// How many findings of a document are shown; the others are counted.
const MAX_FINDINGS: usize = 100;

/// How many lines around a finding are shown of a longer text.
const CONTEXT: usize = 3;

/// How many characters of a line are shown.
const MAX_COLUMNS: usize = 2000;

/// The bytes of HTML of all answers.
const MAX_ANSWERS_BYTES: usize = 1 << 20;

/// The bytes of HTML of the text that is shown with its marks.
const MAX_SOURCE_BYTES: usize = 3 << 19;

/// The answers to the documents of the text `lines`; without documents, nothing but the form.
pub fn check(lines: Lines, mut documents: Vec<Inspection>) -> AnyView {
    let count = documents.len();
    documents.truncate(MAX_DOCUMENTS);
    let is_empty = documents.is_empty();
    let has_text = !lines.text().trim().is_empty();
    let nothing = (is_empty && has_text).then_some("There is no manifest in this text, only comments.".to_owned());
    let mut budget = Budget::of_page();
    let form = budget.spend(manifest_form(Purpose::Check, lines.text(), nothing));
    let (answers, answered) = budget.list(MAX_ANSWERS_BYTES, documents.iter().map(document));
    let more = count - answered;
    documents.truncate(answered);
    view! {
        <Shell title="Check a manifest">
            <div class="start">
                <h1>"What Kubernetes 1.35 answers"</h1>
                {answers}
                {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more documents")}</p> })}
                {(!is_empty).then(|| source(&lines, &documents, &mut budget))}
                <section class="import" aria-labelledby="check-heading">
                    <h2 id="check-heading">{if is_empty { "Check a manifest" } else { "Change it, and check again" }}</h2>
                    {form}
                </section>
            </div>
        </Shell>
    }
    .into_any()
}

fn document(inspection: &Inspection) -> AnyView {
    let Inspection { kind, name, line, verdict, findings } = inspection;
    let kind = if kind.is_empty() { "Document" } else { kind };
    let sentence = match verdict {
        Verdict::ClientError => "This cannot be judged.".to_owned(),
        _ => verdict::sentence(*verdict, inspection.count(Severity::Error), inspection.count(Severity::Warning)),
    };
    let more = findings.len().saturating_sub(MAX_FINDINGS);
    view! {
        <section class="verdict checked">
            <h2>{label(format!("{kind} {name}").trim_end())} " " <a class="line-number" href=anchor(*line)>{format!("line {line}")}</a></h2>
            <p data-verdict=verdict::word(*verdict)>{sentence}</p>
            <ol class="findings">{findings.iter().take(MAX_FINDINGS).map(finding).collect_view()}</ol>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
    .into_any()
}

fn finding(finding: &Finding) -> AnyView {
    let Mark { line, column, .. } = finding.mark;
    view! {
        <li data-field=field_attribute(&finding.field) data-severity=finding.severity.word()>
            <a href=anchor(line)>{shorten(&finding.message, MAX_MESSAGE).into_owned()}</a>
            " "
            <span class="line-number">{format!("line {line}, column {column}")}</span>
        </li>
    }
    .into_any()
}

fn anchor(line: usize) -> String {
    format!("#line-{line}")
}

/// The text with its marks, or the parts of it that have some, as far as the budget goes.
fn source(lines: &Lines, documents: &[Inspection], budget: &mut Budget) -> AnyView {
    let marks = marks(documents);
    let mut budget = budget.share(MAX_SOURCE_BYTES);
    let mut is_cut = false;
    let mut parts = Vec::new();
    for part in shown(lines.count(), &marks) {
        let count = part.clone().count();
        let (lines, shown) = budget.list(MAX_SOURCE_BYTES, part.map(|number| line(lines, number, marks.get(&number))));
        parts.push(view! { <span class="part">{lines}</span> });
        is_cut = shown < count;
        if is_cut {
            break;
        }
    }
    view! {
        <section class="source-text" aria-labelledby="source-heading">
            <h2 id="source-heading">"The text"</h2>
            <pre class="source" tabindex="0" aria-labelledby="source-heading">{parts}</pre>
            {is_cut.then(|| view! { <p class="hint">"The rest of the text is too long to be shown here."</p> })}
        </section>
    }
    .into_any()
}

/// The findings that are shown, by their lines.
fn marks(documents: &[Inspection]) -> BTreeMap<usize, Vec<&Finding>> {
    let mut marks: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for finding in documents.iter().flat_map(|document| document.findings.iter().take(MAX_FINDINGS)) {
        marks.entry(finding.mark.line).or_default().push(finding);
    }
    marks
}

/// The parts of a text of `count` lines that are shown.
fn shown(count: usize, marks: &BTreeMap<usize, Vec<&Finding>>) -> Vec<RangeInclusive<usize>> {
    if count <= MAX_LINES {
        return vec![1..=count];
    }
    let mut parts: Vec<RangeInclusive<usize>> = Vec::new();
    for line in marks.keys().take(MAX_LINES / (2 * CONTEXT + 1)) {
        let part = line.saturating_sub(CONTEXT).max(1)..=(line + CONTEXT).min(count);
        match parts.last_mut() {
            Some(last) if *part.start() <= last.end() + 1 => *last = *last.start()..=*part.end(),
            _ => parts.push(part),
        }
    }
    parts
}

fn line(lines: &Lines, number: usize, findings: Option<&Vec<&Finding>>) -> AnyView {
    let severity = findings.into_iter().flatten().map(|finding| finding.severity).min().map(Severity::word);
    view! {
        <span class="line" id=format!("line-{number}") data-number=number data-severity=severity>
            {marked(lines.rest(number, 1), findings.map(Vec::as_slice).unwrap_or_default())}
            "\n"
        </span>
    }
    .into_any()
}

/// A line with the first of its findings underlined, and others that do not touch it.
fn marked(text: &str, findings: &[&Finding]) -> Vec<AnyView> {
    let byte = |column: usize| text.char_indices().nth(column.min(MAX_COLUMNS + 1) - 1).map_or(text.len(), |(at, _)| at);
    let end = byte(MAX_COLUMNS + 1);
    let mut views = Vec::new();
    let mut done = 0;
    for finding in findings {
        let (from, to) = (byte(finding.mark.column).min(end), byte(finding.mark.end_column).min(end));
        if from < done || from == to {
            continue;
        }
        views.extend(plain(&text[done..from]));
        views.push(
            view! { <mark title=shorten(&finding.message, MAX_MESSAGE).into_owned()>{text[from..to].to_owned()}</mark> }
                .into_any(),
        );
        done = to;
    }
    views.extend(plain(&text[done..end]));
    views.extend((end < text.len()).then(|| "…".into_any()));
    views
}

/// Text without a mark; nothing of an empty one, for which Leptos writes a blank.
fn plain(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| text.to_owned().into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::inspect;

    fn html(text: &str) -> String {
        let lines = Lines::new(text.to_owned());
        let documents: Vec<_> = inspect(&lines).collect();
        source(&lines, &documents, &mut Budget::of_page()).to_html()
    }

    #[test]
    fn the_place_of_a_finding_is_marked() {
        let html = html("apiVersion: v1\nkind: Pod\nmetadata: {name: \"a&b\"}\nspec: {containers: [{name: a, image: b}]}\n");
        assert!(html.contains(r#"id="line-3" data-number="3" data-severity="error""#), "{html}");
        assert!(html.contains(">&quot;a&amp;b&quot;</mark>") || html.contains(">\"a&amp;b\"</mark>"), "{html}");
    }

    #[test]
    fn of_a_long_text_the_parts_around_findings_are_shown() {
        let text = format!("apiVersion: v1\nkind: Pod\nnam: x\n{}", "# c\n".repeat(3000));
        let html = html(&text);
        assert!(html.contains("line-6") && !html.contains("line-7\""), "{html}");
        assert!(html.len() < 3000);
    }
}
