//! How far the document gets, and what is to be said about it, finding by finding.

use leptos::prelude::*;

use super::finding::Items;
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
    let report = &sheet.report;
    let findings = &report.findings[..report.findings.len().min(MAX_FINDINGS)];
    let (now, later) = findings.split_at(findings.partition_point(|shown| !shown.finding.later));
    let mut items = Items::new(sheet);
    let (now, shown_now) = budget.list(MAX_FINDINGS_BYTES / 2, now.iter().map(|shown| items.item(shown)));
    let (later, shown_later) = budget.list(MAX_FINDINGS_BYTES / 4, later.iter().map(|shown| items.item(shown)));
    let rest = report.findings.len() - shown_now - shown_later + report.omitted;
    view! {
        <section id="result" class="verdict" tabindex="-1" aria-labelledby="verdict">
            <p id="verdict" role="status" data-verdict=verdict::word(report.verdict) data-light=light(report)>
                {verdict::overall(report)}
            </p>
            {lights(report)}
            <ol id="findings" class="findings" aria-label="Findings">{now}</ol>
            {if shown_later > 0 { verdict::later(later) } else { Html::default() }}
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
            {fix_all(report)}
            {fold(&mut items, budget, "notes", &counted(report.notes.len(), "note"), &report.notes)}
            {fold(&mut items, budget, "silenced", &silenced(report.silenced.len()), &report.silenced)}
        </section>
    }
    .html()
}

/// The verdict in a line that stays in sight of the form where the panels do not, on a phone.
pub fn peek(sheet: &Sheet) -> Html {
    let report = &sheet.report;
    let verdict = verdict::word(report.verdict);
    view! { <a class="peek" href="#verdict" data-verdict=verdict data-light=light(report)>{verdict::overall(report)}</a> }.html()
}

fn light(report: &Report) -> &'static str {
    lights::word(lights::worst(report))
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

/// What need not be in sight, under a `title`.
fn fold<'a>(items: &mut Items<'a>, budget: &mut Budget, id: &'static str, title: &str, shown: &'a [Shown]) -> Html {
    let (list, count) = budget.list(MAX_FINDINGS_BYTES / 8, shown.iter().map(|shown| items.item(shown)));
    let rest = shown.len() - count;
    if shown.is_empty() {
        return Html::default();
    }
    view! {
        <details id=id class="more">
            <summary>{title.to_owned()}</summary>
            <ol class="findings">{list}</ol>
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
        </details>
    }
    .html()
}

fn silenced(count: usize) -> String {
    format!("{} silenced by this document", counted(count, "finding"))
}
