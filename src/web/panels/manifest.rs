//! The YAML, line by line, each with its field.

use foldhash::HashMap;

use super::ask_lines::ask_lines;
use crate::document::Path;
use crate::report::Shown;
use crate::web::budget::Budget;
use crate::web::html::Html;
use crate::web::sheet::Sheet;
use kube_dry_run::Severity;

/// The bytes of HTML of all lines.
const MAX_MANIFEST_BYTES: usize = 1 << 20;
/// More lines than fit into them: each is a `<span class="line">`.
const MAX_LINES: usize = MAX_MANIFEST_BYTES / 32;

/// The manifest exactly as it is downloaded, as far as the budget goes. The rest is counted in a comment, so that what is copied
/// from the page says that it is not all.
pub fn manifest(html: &mut Html, sheet: &Sheet, budget: &mut Budget) {
    let marks = marks(&sheet.report().findings);
    let first = sheet.file().first_lines(MAX_LINES);
    let frame = html.start("pre").fixed("id", "manifest").fixed("tabindex", "0").fixed("aria-keyshortcuts", "y");
    frame.fixed("aria-label", "Manifest as YAML").holding(|html| {
        let lines = first.iter().enumerate();
        let shown = budget.write(MAX_MANIFEST_BYTES, html, lines, |html, (index, (text, path))| {
            line(html, text, path.as_deref(), marks.get(&(index + 1)).copied());
        });
        let count = if first.len() < MAX_LINES { first.len() } else { sheet.file().count_lines() };
        let rest = count - shown;
        if rest > 0 {
            html.start("span").class("line").saying(&format!("# and {rest} more lines, which the file has\n"));
        }
    });
    budget.spend_on(html, |html| ask_lines(html, sheet, &first));
}

/// The worst severity of each line that has a finding.
fn marks(findings: &[Shown]) -> HashMap<usize, Severity> {
    let mut marks = HashMap::default();
    for Shown { finding, line, .. } in findings {
        let worst = marks.entry(*line).or_insert(finding.severity);
        *worst = finding.severity.min(*worst);
    }
    marks
}

fn line(html: &mut Html, text: &str, path: Option<&Path>, mark: Option<Severity>) {
    let tag = html.start("span").class("line").maybe("data-field", path.map(Path::to_text));
    tag.maybe("data-severity", mark.map(Severity::word)).holding(|html| {
        let (key, rest) = text.split_at(path.and_then(|path| key_end(text, path)).unwrap_or_default());
        if !key.is_empty() {
            html.start("span").class("key").saying(key);
        }
        html.text(rest);
    });
}

/// Where the key of a line ends, if the line begins with the key of its field.
fn key_end(text: &str, path: &Path) -> Option<usize> {
    let name = path.name()?;
    let start = text.len() - text.trim_start_matches([' ', '-']).len();
    text[start..].strip_prefix(name)?.starts_with(':').then_some(start + name.len())
}
