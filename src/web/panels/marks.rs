//! The lines of a text that something is said about.

use std::collections::BTreeMap;

use super::finding;
use crate::report::{Shown, counted};
use crate::web::html::Html;
use kube_dry_run::Severity;
use kube_dry_run::inspection::{Lines, Mark};

/// How many characters of a line are drawn.
const MAX_LINE: usize = 2_000;

/// How many characters of a line are quoted, and how many of them before the place that is meant.
const MAX_QUOTE: usize = 100;
const MAX_QUOTE_BEFORE: usize = 40;

/// What is said about a line.
#[derive(Clone, Debug)]
struct Remark {
    severity: Severity,
    /// The element that says it.
    id: String,
    /// The part of the line that is meant, if that is known.
    mark: Option<Mark>,
}

/// The lines of a text with what is said about them, and others that are linked to.
#[derive(Clone, Debug, Default)]
pub struct Marks(BTreeMap<usize, Vec<Remark>>);

impl Marks {
    /// True if something is said about a line.
    pub fn has_remarks(&self) -> bool {
        self.0.values().any(|remarks| !remarks.is_empty())
    }

    /// Adds `findings`, which are listed under numbers from `first` on.
    pub fn add(&mut self, findings: &[Shown], first: usize) {
        for (number, Shown { finding, line, .. }) in (first..).zip(findings) {
            let remark = Remark { severity: finding.severity, id: finding::id(number), mark: finding.mark };
            self.0.entry(*line).or_default().push(remark);
        }
    }

    /// Adds an error at `mark` that the element `id` tells.
    pub fn add_error(&mut self, mark: Mark, id: &str) {
        let remark = Remark { severity: Severity::Error, id: id.to_owned(), mark: Some(mark) };
        self.0.entry(mark.line).or_default().push(remark);
    }

    /// Adds what the element `id` says about a line.
    pub fn add_remark(&mut self, line: usize, severity: Severity, id: &str) {
        self.0.entry(line).or_default().push(Remark { severity, id: id.to_owned(), mark: None });
    }

    /// Adds the lines of `findings` that are listed without a number.
    pub fn add_lines<'a>(&mut self, findings: impl IntoIterator<Item = &'a Shown>) {
        findings.into_iter().for_each(|shown| self.add_line(shown.line));
    }

    /// Adds a line that is linked to.
    pub fn add_line(&mut self, line: usize) {
        self.0.entry(line).or_default();
    }

    /// Writes the numbers of `count` lines; one with findings leads to the first of them.
    pub fn numbers(&self, html: &mut Html, count: usize) {
        let mut next = 1;
        for (line, remarks) in self.0.range(..=count) {
            plain_numbers(html, next, *line);
            number(html, *line, remarks);
            next = line + 1;
        }
        plain_numbers(html, next, count + 1);
    }

    /// Writes the lines with findings at their places among empty lines, with what is meant underlined.
    pub fn drawn(&self, html: &mut Html, lines: &Lines) {
        let mut next = 1;
        for (line, remarks) in self.0.iter().filter(|(_, remarks)| !remarks.is_empty()) {
            (next..*line).for_each(|_| html.text("\n"));
            let span = html.start("span").class("line").maybe("data-severity", worst(remarks).map(Severity::word));
            span.holding(|html| marked(html, beginning(lines.rest(*line, 1)), remarks));
            next = line + 1;
        }
    }
}

/// Writes the part of a line around `mark`, which is underlined.
pub fn quote(html: &mut Html, lines: &Lines, mark: Mark, severity: Severity) {
    let start = mark.column.saturating_sub(MAX_QUOTE_BEFORE).max(1);
    let (text, is_cut) = beginning_of(lines.rest(mark.line, start), MAX_QUOTE);
    let indentation = text.len() - text.trim_start().len();
    let from = start + text[..indentation].chars().count();
    let column = |column: usize| column.saturating_sub(from) + 1;
    let mark = Mark { line: mark.line, column: column(mark.column), end_column: column(mark.end_column) };
    html.start("code").class("quote").with("data-severity", [severity.word()]).holding(|html| {
        html.text(if start > 1 { "…" } else { "" });
        marked(html, &text[indentation..], &[Remark { severity, id: String::new(), mark: Some(mark) }]);
        html.text(if is_cut { "…" } else { "" });
    });
}

/// Writes the numbers from `first` on that are smaller than `end`.
fn plain_numbers(html: &mut Html, first: usize, end: usize) {
    if first < end {
        html.start("span").fixed("aria-hidden", "true").holding(|html| (first..end).for_each(|number| digits(html, number)));
    }
}

fn number(html: &mut Html, line: usize, remarks: &[Remark]) {
    let id = format!("line-{line}");
    let Some(first) = remarks.first() else {
        return html.start("span").with("id", [&id]).fixed("aria-hidden", "true").holding(|html| digits(html, line));
    };
    let label = format!("Line {line}: {}", counted(remarks.len(), "finding"));
    let tag = html.start("a").with("id", [&id]).with("href", ["#", &first.id]).with("aria-label", [&label]);
    tag.maybe("data-severity", worst(remarks).map(Severity::word)).holding(|html| digits(html, line));
}

fn digits(html: &mut Html, line: usize) {
    html.text(itoa::Buffer::new().format(line));
    html.text("\n");
}

fn worst(remarks: &[Remark]) -> Option<Severity> {
    remarks.iter().map(|remark| remark.severity).min()
}

fn beginning(line: &str) -> &str {
    beginning_of(line, MAX_LINE).0
}

fn beginning_of(line: &str, most: usize) -> (&str, bool) {
    line.char_indices().nth(most).map_or((line, false), |(end, _)| (&line[..end], true))
}

/// Writes a line with the first of its remarks underlined, and others that do not touch it.
fn marked(html: &mut Html, text: &str, remarks: &[Remark]) {
    let byte = |column: usize| text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
    let mut done = 0;
    for mark in remarks.iter().filter_map(|remark| remark.mark) {
        let (from, to) = (byte(mark.column), byte(mark.end_column));
        if from < done || from == to {
            continue;
        }
        html.text(&text[done..from]);
        html.start("mark").saying(&text[from..to]);
        done = to;
    }
    html.text(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark(severity: Severity, column: usize, end_column: usize) -> Remark {
        Remark { severity, id: finding::id(3), mark: Some(Mark { line: 2, column, end_column }) }
    }

    #[test]
    fn lines_have_numbers_and_those_with_findings_lead_to_them() {
        let remarks = vec![remark(Severity::Warning, 1, 2), remark(Severity::Error, 3, 4)];
        let marks = Marks(BTreeMap::from([(2, remarks), (3, Vec::new()), (9, Vec::new())]));
        let mut html = Html::default();
        marks.numbers(&mut html, 5);
        assert_eq!(
            html.as_str(),
            "<span aria-hidden=\"true\">1\n</span>\
             <a id=\"line-2\" href=\"#finding-3\" aria-label=\"Line 2: 2 findings\" data-severity=\"error\">2\n</a>\
             <span id=\"line-3\" aria-hidden=\"true\">3\n</span><span aria-hidden=\"true\">4\n5\n</span>"
        );
    }

    #[test]
    fn what_is_meant_is_underlined_at_its_place() {
        let lines = Lines::new("a\nb: <ä🚀> c\n".to_owned());
        let drawn = |remarks| {
            let mut html = Html::default();
            Marks(BTreeMap::from([(2, remarks)])).drawn(&mut html, &lines);
            html.into_string()
        };
        let expected = "\n<span class=\"line\" data-severity=\"error\">b: <mark>&lt;ä🚀&gt;</mark> c</span>";
        assert_eq!(drawn(vec![remark(Severity::Error, 4, 8)]), expected);
        assert_eq!(drawn(vec![remark(Severity::Error, 4, 8), remark(Severity::Error, 5, 6)]), expected);
        assert_eq!(drawn(Vec::new()), "");
    }

    #[test]
    fn a_quote_is_short_and_has_no_indentation() {
        let quoted = |text: &str, column, end_column| {
            let mark = Mark { line: 1, column, end_column };
            let mut html = Html::default();
            quote(&mut html, &Lines::new(text.to_owned()), mark, Severity::Error);
            html.as_str().replace("<code class=\"quote\" data-severity=\"error\">", "").replace("</code>", "")
        };
        assert_eq!(quoted("    name: Blog # mine", 11, 15), "name: <mark>Blog</mark> # mine");
        let long = quoted(&"x".repeat(5_000), 3_000, 3_002);
        assert_eq!(long, format!("…{}<mark>xx</mark>{}…", "x".repeat(40), "x".repeat(58)));
        assert_eq!(quoted("a: 1", 5, 6), "a: 1");
    }
}
