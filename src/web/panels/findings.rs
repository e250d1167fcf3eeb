//! What Kubernetes answers, finding by finding.

use leptos::prelude::*;

use crate::kubernetes::Verdict;
use crate::report::{Finding, Severity};
use crate::web::sheet::Sheet;

/// As many findings are listed; the verdict counts them all.
const MOST_FINDINGS: usize = 200;

/// The verdict in a sentence, and the list of findings. Each leads to the input that it is about.
pub fn findings(sheet: &Sheet) -> AnyView {
    let items: Vec<_> = sheet.report.findings.iter().take(MOST_FINDINGS).map(item).collect();
    let rest = sheet.report.findings.len() - items.len();
    view! {
        <section class="verdict" aria-labelledby="verdict">
            <p id="verdict" role="status" data-verdict=verdict_word(sheet)>
                {sentence(sheet)}
            </p>
            <ol id="findings" aria-label="Findings">{items}</ol>
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
        </section>
    }
    .into_any()
}

/// The verdict in a line that stays in sight of the form where the panels do not, on a phone.
pub fn peek(sheet: &Sheet) -> AnyView {
    view! { <a class="peek" href="#verdict" data-verdict=verdict_word(sheet)>{sentence(sheet)}</a> }.into_any()
}

fn verdict_word(sheet: &Sheet) -> &'static str {
    if sheet.report.verdict == Verdict::Accepted { "accepted" } else { "refused" }
}

fn sentence(sheet: &Sheet) -> String {
    let warnings = sheet.report.count(Severity::Warning);
    match (sheet.report.verdict, sheet.report.count(Severity::Error)) {
        (Verdict::Accepted, _) if warnings == 0 => "Kubernetes 1.35 accepts this manifest.".to_owned(),
        (Verdict::Accepted, _) => format!("Kubernetes 1.35 accepts this manifest, with {}.", counted(warnings, "warning")),
        (_, errors) => format!("Kubernetes 1.35 refuses this manifest: {}.", counted(errors, "error")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
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
