//! What Kubernetes answers, finding by finding.

use leptos::prelude::*;

use super::verdict;
use crate::report::Shown;
use crate::web::sheet::Sheet;
use kube_dry_run::Severity;

/// As many findings are listed; the verdict counts them all.
const MOST_FINDINGS: usize = 200;

/// The verdict in a sentence, and the list of findings. Each leads to the input that it is about.
pub fn findings(sheet: &Sheet) -> AnyView {
    let items: Vec<_> = sheet.report.findings.iter().take(MOST_FINDINGS).map(item).collect();
    let rest = sheet.report.findings.len() - items.len();
    view! {
        <section class="verdict" aria-labelledby="verdict">
            <p id="verdict" role="status" data-verdict=verdict::word(sheet.report.verdict)>
                {sentence(sheet)}
            </p>
            <ol id="findings" class="findings" aria-label="Findings">{items}</ol>
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
        </section>
    }
    .into_any()
}

/// The verdict in a line that stays in sight of the form where the panels do not, on a phone.
pub fn peek(sheet: &Sheet) -> AnyView {
    view! { <a class="peek" href="#verdict" data-verdict=verdict::word(sheet.report.verdict)>{sentence(sheet)}</a> }.into_any()
}

fn sentence(sheet: &Sheet) -> String {
    let report = &sheet.report;
    verdict::sentence(report.verdict, report.count(Severity::Error), report.count(Severity::Warning))
}

fn item(Shown { finding, anchor, line }: &Shown) -> AnyView {
    let line = line.map(|line| view! { <span class="line-number">{format!("line {line}")}</span> });
    view! {
        <li data-field=finding.field.clone() data-severity=finding.severity.word()>
            <a href=format!("#{anchor}")>{finding.message.clone()}</a>
            {line}
        </li>
    }
    .into_any()
}
