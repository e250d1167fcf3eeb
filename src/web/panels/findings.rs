//! How far the document gets, and what is to be said about it, finding by finding.

use leptos::prelude::*;

use super::finding::{Items, Place};
use super::lights::{self, lights};
use super::verdict;
use crate::document::Edit;
use crate::report::{Report, Shown, counted};
use crate::web::budget::Budget;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// As many findings are listed; the verdict counts them all.
const MAX_FINDINGS: usize = 200;
/// The bytes of HTML of all that are listed: half of them for what goes wrong, a quarter for what comes later.
const MAX_FINDINGS_BYTES: usize = 512 << 10;

/// The verdict in a sentence, the lights, and the list of findings. Each leads to the input that it is about.
pub fn findings(sheet: &Sheet, budget: &mut Budget) -> Html {
    let report = sheet.report();
    let lists = Lists { report, place: sheet, first: 0, are_named: true, most: MAX_FINDINGS, bytes: MAX_FINDINGS_BYTES };
    let (lists, _) = lists.written(fix_all(report), budget);
    view! {
        <section id="result" class="verdict" tabindex="-1" aria-labelledby="verdict" inert=sheet.is_waiting()>
            <p id="verdict" role="status" data-verdict=verdict::word(report.outcome.verdict) data-light=light(report)>
                {verdict::overall(&report.outcome)}
            </p>
            {lists}
        </section>
    }
    .html()
}

/// The lights of a document and what is said about it.
pub struct Lists<'a> {
    /// What is said.
    pub report: &'a Report,
    /// The page that it stands on.
    pub place: &'a dyn Place,
    /// The number of the first finding on the page.
    pub first: usize,
    /// True if the lists have names, which they can have once on a page.
    pub are_named: bool,
    /// How many findings are listed; the others are counted.
    pub most: usize,
    /// As many bytes of HTML the findings have: half of them what goes wrong, a quarter what comes later.
    pub bytes: usize,
}

impl Lists<'_> {
    /// The lists with `fixes` behind what goes wrong, and how many findings they show.
    pub fn written(&self, fixes: Html, budget: &mut Budget) -> (Html, usize) {
        let report = self.report;
        let findings = &report.findings[..report.findings.len().min(self.most)];
        let (now, later) = findings.split_at(findings.partition_point(|shown| !shown.finding.later));
        let mut items = Items::new(self.place);
        let mut number = self.first..;
        let mut item = |html: &mut Html, shown| items.item(html, shown, number.next());
        let (mut now_list, mut later_list) = (Html::default(), Html::default());
        let shown_now = budget.write(self.bytes / 2, &mut now_list, now.iter(), &mut item);
        let later = later.iter().take(self.later(shown_now, now));
        let shown_later = budget.write(self.bytes / 4, &mut later_list, later, &mut item);
        let count = shown_now + shown_later;
        let rest = report.findings.len() - count + report.omitted;
        let html = view! {
            {lights(&report.outcome, &findings[..count], self.first)}
            <ol id=self.name("findings") class="findings" aria-label="Findings">{now_list}</ol>
            {if shown_later > 0 { verdict::later(later_list) } else { Html::default() }}
            {more(rest)}
            {fixes}
            {self.fold(&mut items, budget, "notes", &counted(report.notes.len(), "note"), &report.notes)}
            {self.fold(&mut items, budget, "silenced", &silenced(report.silenced.len()), &report.silenced)}
        };
        (html.html(), count)
    }

    /// How many of those that come later are listed: none where not even all that is said at once are.
    fn later(&self, shown_now: usize, now: &[Shown]) -> usize {
        if shown_now == now.len() { self.most } else { 0 }
    }

    fn name(&self, name: &'static str) -> Option<&'static str> {
        self.are_named.then_some(name)
    }

    /// What need not be in sight, under a `title`.
    fn fold<'a>(&self, items: &mut Items<'a>, budget: &mut Budget, id: &'static str, title: &str, shown: &'a [Shown]) -> Html {
        if shown.is_empty() {
            return Html::default();
        }
        let mut list = Html::default();
        let item = |html: &mut Html, shown| items.item(html, shown, None);
        let count = budget.write(self.bytes / 8, &mut list, shown.iter().take(self.most), item);
        view! {
            <details id=self.name(id) class="more">
                <summary>{title.to_owned()}</summary>
                <ol class="findings">{list}</ol>
                {more(shown.len() - count)}
            </details>
        }
        .html()
    }
}

fn more(count: usize) -> Html {
    (count > 0).then(|| view! { <p class="hint">{format!("There are {count} more.")}</p> }).html()
}

/// The verdict in a line that stays in sight of the form where the panels do not, on a phone.
pub fn peek(sheet: &Sheet) -> Html {
    let report = sheet.report();
    let verdict = verdict::word(report.outcome.verdict);
    let sentence = verdict::overall(&report.outcome);
    view! { <a class="peek" href="#verdict" data-verdict=verdict data-light=light(report)>{sentence}</a> }.html()
}

fn light(report: &Report) -> &'static str {
    lights::word(report.outcome.worst())
}

/// The button that makes all safe fixes, where there are several.
fn fix_all(report: &Report) -> Html {
    let is_safe = |shown: &&Shown| shown.finding.fix.as_ref().is_some_and(|fix| fix.is_safe);
    let count = report.findings.iter().filter(is_safe).count();
    if count < 2 {
        return Html::default();
    }
    let title = format!("Fix all {count} that are safe");
    view! { <p class="fixes"><button type="submit" form="editor" name="edit" value=Edit::FixAll.to_string()>{title}</button></p> }
        .html()
}

fn silenced(count: usize) -> String {
    format!("{} silenced by this document", counted(count, "finding"))
}
