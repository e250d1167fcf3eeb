//! The YAML, line by line, each with its field.

use leptos::prelude::*;

use crate::document::{Path, Segment};
use crate::report::Shown;
use crate::web::sheet::Sheet;
use kube_dry_run::Severity;

/// The manifest exactly as it is downloaded.
pub fn manifest(sheet: &Sheet) -> AnyView {
    let marks = marks(&sheet.report.findings);
    let lines: Vec<_> = sheet
        .report
        .yaml
        .lines()
        .enumerate()
        .map(|(index, (text, path))| line(text, path.as_ref(), marks.get(&(index + 1)).copied()))
        .collect();
    view! {
        <pre id="manifest" tabindex="0" aria-label="Manifest as YAML">{lines}</pre>
    }
    .into_any()
}

/// The worst severity of each line that has a finding.
fn marks(findings: &[Shown]) -> std::collections::HashMap<usize, Severity> {
    let mut marks = std::collections::HashMap::new();
    for Shown { finding, line, .. } in findings {
        if let Some(line) = *line {
            let worst = marks.entry(line).or_insert(finding.severity);
            *worst = finding.severity.min(*worst);
        }
    }
    marks
}

fn line(text: &str, path: Option<&Path>, mark: Option<Severity>) -> AnyView {
    let field = path.map(Path::to_string);
    let severity = mark.map(Severity::word);
    match path.and_then(|path| key_end(text, path)) {
        Some(end) => view! {
            <span class="line" data-field=field data-severity=severity>
                <span class="key">{text[..end].to_owned()}</span>
                {text[end..].to_owned()}
            </span>
        }
        .into_any(),
        None => view! { <span class="line" data-field=field data-severity=severity>{text.to_owned()}</span> }.into_any(),
    }
}

/// Where the key of a line ends, if the line begins with the key of its field.
fn key_end(text: &str, path: &Path) -> Option<usize> {
    let (Segment::Field(name) | Segment::Key(name)) = path.last()? else { return None };
    let start = text.len() - text.trim_start_matches([' ', '-']).len();
    text[start..].strip_prefix(name.as_str())?.starts_with(':').then_some(start + name.len())
}
