//! The page that says what Kubernetes answers to a text, and what becomes of its Pods, at the places of the text itself.

use leptos::prelude::*;

use super::manifest_form::{Purpose, manifest_form, mend_button};
use crate::document::Edit;
use crate::report::{Report, Shown};
use crate::shorten::shorten;
use crate::web::about::About;
use crate::web::budget::{Budget, MAX_LABEL};
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::icon_sprite;
use crate::web::islands::LiveCheck;
use crate::web::panels::finding::Place;
use crate::web::panels::marks::{Marks, quote};
use crate::web::panels::{Lists, lights, verdict};
use crate::web::shell::Shell;
use kube_dry_run::inspection::{Inspection, Inspections, Lines};

const DESCRIPTION: &str = "Paste Kubernetes manifests and read what Kubernetes 1.35 would answer to each, to the letter and with \
                           the line, without a cluster.";

/// How many documents of a text are shown; the others are counted.
const MAX_DOCUMENTS: usize = 200;

/// How many findings of a document are shown, and how many of a text; the others are counted.
const MAX_DOCUMENT_FINDINGS: usize = 100;
const MAX_FINDINGS: usize = 1_000;

/// The bytes of HTML of all answers.
const MAX_ANSWERS_BYTES: usize = 3 << 20;

/// A text that was checked.
pub struct Checked {
    /// The text.
    pub lines: Lines,
    /// What is said about its documents.
    pub inspections: Inspections,
    /// Why a fix that was asked for could not be made.
    pub refusal: Option<String>,
}

/// The text with the answers to its documents; without documents, nothing but the form.
pub fn check(checked: Checked) -> Html {
    let Checked { lines, inspections, refusal } = checked;
    let is_empty = inspections.count() == 0;
    let has_text = !lines.text().trim().is_empty();
    let nothing = (is_empty && has_text).then_some("There is no manifest in this text, only comments.".to_owned());
    let answers = Answers::of(&lines, inspections);
    let mend = if answers.marks.has_remarks() { mend_button(&lines) } else { Html::default() };
    let form = manifest_form(Purpose::Check, &lines, &answers.marks, refusal.or(nothing));
    view! {
        <Shell title="Check a manifest" about=About::new(DESCRIPTION)>
            {icon_sprite()}
            <div class="check">
                <h1>"What Kubernetes 1.35 answers"</h1>
                <section class="import" aria-label="The text">{form}</section>
                <section id="answers" class="answers" aria-label="The answers">
                    {mend}
                    {answers.html}
                    {is_empty.then(|| view! { <p class="hint">"Type or paste a manifest: what is to be said about it stands here."</p> })}
                </section>
                {answers.peek}
                <LiveCheck />
            </div>
        </Shell>
    }
    .html()
}

/// What is said about the documents of a text.
struct Answers {
    html: Html,
    marks: Marks,
    /// The worst of it, in a line.
    peek: Html,
}

impl Answers {
    fn of(lines: &Lines, inspections: Inspections) -> Self {
        let count = inspections.count();
        let mut budget = Budget::new(MAX_ANSWERS_BYTES);
        let mut marks = Marks::default();
        let mut first = 0;
        let mut html = Vec::new();
        let mut worst: Option<Answer> = None;
        for (place, inspection) in inspections.documents.into_iter().take(MAX_DOCUMENTS).enumerate() {
            let answer = Answer::of(inspection);
            marks.add_line(answer.line);
            let text = Text { lines, document: place + 1 };
            let (document, shown) = answer.document(&text, first, &mut budget);
            marks.add(&answer.report.findings[..shown], first);
            marks.add_lines(answer.report.notes.iter().chain(&answer.report.silenced));
            first += shown;
            html.push(document);
            if worst.as_ref().is_none_or(|worst| worst.report.outcome.worst() < answer.report.outcome.worst()) {
                worst = Some(answer);
            }
        }
        let more = count - html.len();
        html.extend((more > 0).then(|| view! { <p class="hint">{format!("and {more} more documents")}</p> }.html()));
        Self { html: html.into_iter().collect(), marks, peek: worst.map_or_else(no_peek, |worst| worst.peek(count)) }
    }
}

/// What is said about a document.
struct Answer {
    title: String,
    line: usize,
    report: Report,
}

impl Answer {
    fn of(inspection: Inspection) -> Self {
        let Inspection { kind, name, line, .. } = &inspection;
        let kind = if kind.is_empty() { "Document" } else { kind };
        let title = format!("{kind} {name}").trim_end().to_owned();
        Self { title, line: *line, report: Report::of_inspection(inspection) }
    }

    /// The section about it, with findings that are numbered from `first` on, and how many these are.
    fn document(&self, text: &Text<'_>, first: usize, budget: &mut Budget) -> (Html, usize) {
        let most = MAX_DOCUMENT_FINDINGS.min(MAX_FINDINGS - first);
        let lists = Lists { report: &self.report, place: text, first, are_named: false, most, bytes: MAX_ANSWERS_BYTES };
        let (lists, shown) = lists.written(Html::default(), budget);
        let outcome = &self.report.outcome;
        let html = view! {
            <section class="verdict checked">
                <h2>{self.title.clone()} " " <a class="line-number" href=anchor(self.line)>{format!("line {}", self.line)}</a></h2>
                <p role="status" data-verdict=verdict::word(outcome.verdict) data-light=lights::word(outcome.worst())>
                    {verdict::overall(outcome)}
                </p>
                {lists}
            </section>
        };
        (budget.spend(html.html()), shown)
    }

    fn peek(&self, count: usize) -> Html {
        let outcome = &self.report.outcome;
        let (verdict, light) = (verdict::word(outcome.verdict), lights::word(outcome.worst()));
        let before = (count > 1).then(|| format!("{}: ", shorten(&self.title, MAX_LABEL)));
        view! { <a id="peek" class="peek" href="#answers" data-verdict=verdict data-light=light>{before} {verdict::overall(outcome)}</a> }
            .html()
    }
}

fn no_peek() -> Html {
    view! { <a id="peek" class="peek" href="#answers" hidden></a> }.html()
}

/// The text as the place of the findings about one of its documents.
struct Text<'a> {
    lines: &'a Lines,
    /// The number of the document, counted from one.
    document: usize,
}

impl Place for Text<'_> {
    fn address(&self, shown: &Shown) -> String {
        anchor(shown.line)
    }

    fn line(&self, html: &mut Html, shown: &Shown) {
        let Some(mark) = shown.finding.mark else { return html.text(&format!("line {}", shown.line)) };
        let place = format!("line {}, column {}", mark.line, mark.column);
        html.start("a").with("href", [&anchor(mark.line)]).with("data-column", [&mark.column.to_string()]).saying(&place);
    }

    fn quote(&self, html: &mut Html, shown: &Shown) {
        if let Some(mark) = shown.finding.mark {
            quote(html, self.lines, mark, shown.finding.severity);
        }
    }

    fn button(&self, html: &mut Html, edit: &Edit, title: &str) {
        let button = html.start("button").fixed("type", "submit").fixed("form", "import").fixed("name", "fix");
        button.with("value", [&self.document.to_string(), " ", &edit.to_string()]).class("fix").saying(title);
    }
}

fn anchor(line: usize) -> String {
    format!("#line-{line}")
}
