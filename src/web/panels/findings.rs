//! What Kubernetes answers, finding by finding.

use leptos::prelude::*;

use super::verdict;
use crate::report::{Finding, Severity};
use crate::web::sheet::Sheet;

/// The verdict in a sentence, and the list of findings. Each leads to the input that it is about.
pub fn findings(sheet: &Sheet) -> AnyView {
    let items: Vec<_> = sheet.report.findings.iter().map(item).collect();
    view! {
        <section class="verdict" aria-labelledby="verdict">
            <p id="verdict" role="status" data-verdict=verdict::word(sheet.report.verdict)>
                {sentence(sheet)}
            </p>
            <ol id="findings" class="findings" aria-label="Findings">{items}</ol>
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

fn item(finding: &Finding) -> AnyView {
    let line = finding.line.map(|line| view! { <span class="line-number">{format!("line {line}")}</span> });
    view! {
        <li data-field=finding.field.clone() data-severity=finding.severity.word()>
            <a href=format!("#{}", finding.anchor)>{finding.message.clone()}</a>
            {line}
        </li>
    }
    .into_any()
}
