//! The text of the page with its marks, or the parts of it that have some.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::{Shown, shown_message};
use crate::web::html::{Html, IntoHtml};
use kube_dry_run::inspection::{Lines, Mark};
use kube_dry_run::{Finding, Severity};

/// A text of more lines, or of more bytes, shows those around its findings only.
const MAX_LINES: usize = 2000;
const MAX_BYTES: usize = 256 << 10;

/// How many lines around a finding are shown of a longer text.
const CONTEXT: usize = 3;

/// How many characters of a line are shown.
const MAX_LINE: usize = 2000;

/// How many bytes of HTML the characters of all lines may become.
const MAX_HTML: usize = 1 << 20;

/// The findings that are shown, with their places, by their lines.
type Marks<'a> = BTreeMap<usize, Vec<(Mark, &'a Finding)>>;

/// The text with the findings of `documents` marked.
pub(super) fn source(lines: &Lines, documents: &[Shown<'_>]) -> Html {
    let marks = marks(documents);
    let parts = parts(lines, &marks);
    let mut html_left = MAX_HTML;
    let mut views = Vec::new();
    for part in parts {
        let fitting = part.map_while(|number| {
            let text = beginning(lines.rest(number, 1));
            html_left = html_left.checked_sub(html_length(text.text))?;
            Some(line(number, text, marks.get(&number)))
        });
        views.push(view! { <span class="part">{fitting.collect::<Html>()}</span> });
    }
    view! {
        <section class="source-text" aria-labelledby="source-heading">
            <h2 id="source-heading">"The text"</h2>
            <pre class="source" tabindex="0" aria-labelledby="source-heading">{views}</pre>
        </section>
    }
    .html()
}

/// The findings that are shown, by their lines.
fn marks<'a>(documents: &[Shown<'a>]) -> Marks<'a> {
    let mut marks = Marks::new();
    for finding in documents.iter().flat_map(|document| document.findings) {
        if let Some(mark) = finding.mark {
            marks.entry(mark.line).or_default().push((mark, finding));
        }
    }
    marks
}

/// The parts of the text that are shown.
fn parts(lines: &Lines, marks: &Marks<'_>) -> Vec<RangeInclusive<usize>> {
    let count = lines.count();
    if count <= MAX_LINES && lines.text().len() <= MAX_BYTES {
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

/// What is shown of a line.
#[derive(Clone, Copy)]
struct Beginning<'a> {
    text: &'a str,
    is_cut: bool,
}

fn beginning(line: &str) -> Beginning<'_> {
    match line.char_indices().nth(MAX_LINE) {
        Some((end, _)) => Beginning { text: &line[..end], is_cut: true },
        None => Beginning { text: line, is_cut: false },
    }
}

/// How many bytes `text` has with its escapes, at most.
fn html_length(text: &str) -> usize {
    const MAX_ESCAPE_BYTES: usize = "&quot;".len();
    let escaped = text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')).count();
    text.len() + escaped * (MAX_ESCAPE_BYTES - 1)
}

fn line(number: usize, text: Beginning<'_>, findings: Option<&Vec<(Mark, &Finding)>>) -> Html {
    let severity = findings.into_iter().flatten().map(|(_, finding)| finding.severity).min().map(Severity::word);
    view! {
        <span class="line" id=format!("line-{number}") data-number=number data-severity=severity>
            {marked(text, findings.map(Vec::as_slice).unwrap_or_default()).into_iter().collect::<Html>()}
            "\n"
        </span>
    }
    .html()
}

/// A line with the first of its findings underlined, and others that do not touch it.
fn marked(Beginning { text, is_cut }: Beginning<'_>, findings: &[(Mark, &Finding)]) -> Vec<Html> {
    let byte = |column: usize| text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
    let mut views = Vec::new();
    let mut done = 0;
    for (mark, finding) in findings {
        let (from, to) = (byte(mark.column), byte(mark.end_column));
        if from < done || from == to {
            continue;
        }
        views.extend(plain(&text[done..from]));
        views.push(view! { <mark title=shown_message(finding)>{text[from..to].to_owned()}</mark> }.html());
        done = to;
    }
    views.extend(plain(&text[done..]));
    views.extend(is_cut.then(|| "…".html()));
    views
}

/// Text without a mark; nothing of an empty one, for which Leptos writes a blank.
fn plain(text: &str) -> Option<Html> {
    (!text.is_empty()).then(|| text.to_owned().html())
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;
    use kube_dry_run::inspection::inspect;

    fn html(text: &str) -> String {
        let lines = Lines::new(text.to_owned());
        let documents: Vec<_> = inspect(&lines).collect();
        source(&lines, &shown(&documents)).into_string()
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

    #[test]
    fn lines_end_where_the_page_has_no_more_room() {
        let line = format!("- {}\n", "&".repeat(MAX_LINE));
        let html = html(&line.repeat(100));
        assert!(html.len() < MAX_HTML + 100_000, "{}", html.len());
        assert!(html.contains("id=\"line-50\"") && !html.contains("id=\"line-100\""));
    }
}
