//! What Kubernetes answers, finding by finding.

use leptos::prelude::*;

use super::verdict;
use crate::report::Shown;
use crate::shorten::shorten;
use crate::web::budget::{Budget, MAX_MESSAGE};
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::{Sheet, field_attribute};
use kube_dry_run::Severity;

/// As many findings are listed; the verdict counts them all.
const MAX_FINDINGS: usize = 200;
/// The bytes of HTML of all that are listed.
const MAX_FINDINGS_BYTES: usize = 512 << 10;

/// The verdict in a sentence, and the list of findings. Each leads to the input that it is about.
pub fn findings(sheet: &Sheet, budget: &mut Budget) -> Html {
    let findings = &sheet.report.findings[..sheet.report.findings.len().min(MAX_FINDINGS)];
    let (now, later) = findings.split_at(findings.partition_point(|shown| !shown.finding.later));
    let (now, shown_now) = budget.list(MAX_FINDINGS_BYTES / 2, now.iter().map(|shown| item(sheet, shown)));
    let (later, shown_later) = budget.list(MAX_FINDINGS_BYTES / 2, later.iter().map(|shown| item(sheet, shown)));
    let rest = sheet.report.findings.len() - shown_now - shown_later;
    view! {
        <section class="verdict" aria-labelledby="verdict">
            <p id="verdict" role="status" data-verdict=verdict::word(sheet.report.verdict)>
                {sentence(sheet)}
            </p>
            <ol id="findings" class="findings" aria-label="Findings">{now}</ol>
            {if shown_later > 0 { verdict::later(later) } else { Html::default() }}
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
        </section>
    }
    .html()
}

/// The verdict in a line that stays in sight of the form where the panels do not, on a phone.
pub fn peek(sheet: &Sheet) -> Html {
    view! { <a class="peek" href="#verdict" data-verdict=verdict::word(sheet.report.verdict)>{sentence(sheet)}</a> }.html()
}

fn sentence(sheet: &Sheet) -> String {
    let report = &sheet.report;
    verdict::sentence(report.verdict, report.count(Severity::Error), report.count(Severity::Warning))
}

fn item(sheet: &Sheet, Shown { finding, anchor, line }: &Shown) -> Html {
    view! {
        <li data-field=field_attribute(&finding.field) data-severity=finding.severity.word()>
            <div>
                <a href=sheet.address_of(anchor)>{shorten(&finding.message, MAX_MESSAGE).into_owned()}</a>
                {verdict::hint(finding)}
            </div>
            <span class="line-number">{format!("line {line}")}</span>
        </li>
    }
    .html()
}
