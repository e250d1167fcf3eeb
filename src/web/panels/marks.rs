//! The lines of a text that something is said about.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::finding;
use crate::report::{Shown, counted};
use crate::web::html::{Html, IntoHtml};
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

    /// The numbers of `count` lines; one with findings leads to the first of them.
    pub fn numbers(&self, count: usize) -> Html {
        let mut numbers = Vec::new();
        let mut next = 1;
        for (line, remarks) in self.0.range(..=count) {
            numbers.extend(plain_numbers(next, *line));
            numbers.push(number(*line, remarks));
            next = line + 1;
        }
        numbers.extend(plain_numbers(next, count + 1));
        numbers.into_iter().collect()
    }

    /// The lines with findings at their places among empty lines, with what is meant underlined.
    pub fn drawn(&self, lines: &Lines) -> Html {
        let mut drawn = Vec::new();
        let mut next = 1;
        for (line, remarks) in self.0.iter().filter(|(_, remarks)| !remarks.is_empty()) {
            drawn.extend((next < *line).then(|| Html::written("\n".repeat(line - next))));
            let severity = worst(remarks).map(Severity::word);
            let text = marked(beginning(lines.rest(*line, 1)), remarks);
            drawn.push(view! { <span class="line" data-severity=severity>{text}</span> }.html());
            next = line + 1;
        }
        drawn.into_iter().collect()
    }
}

/// The part of a line around `mark`, which is underlined.
pub fn quote(lines: &Lines, mark: Mark, severity: Severity) -> Html {
    let start = mark.column.saturating_sub(MAX_QUOTE_BEFORE).max(1);
    let (text, is_cut) = beginning_of(lines.rest(mark.line, start), MAX_QUOTE);
    let indentation = text.len() - text.trim_start().len();
    let from = start + text[..indentation].chars().count();
    let column = |column: usize| column.saturating_sub(from) + 1;
    let mark = Mark { line: mark.line, column: column(mark.column), end_column: column(mark.end_column) };
    let text = marked(&text[indentation..], &[Remark { severity, id: String::new(), mark: Some(mark) }]);
    let cut = |is_cut: bool| Html::written(if is_cut { "…" } else { "" });
    let text = Html::from([cut(start > 1), text, cut(is_cut)]);
    view! { <code class="quote" data-severity=severity.word()>{text}</code> }.html()
}

/// The numbers from `first` on that are smaller than `end`.
fn plain_numbers(first: usize, end: usize) -> Option<Html> {
    let numbers: Vec<_> = (first..end).map(|number| number.to_string() + "\n").collect();
    let numbers = numbers.concat();
    (first < end).then(|| view! { <span aria-hidden="true">{numbers}</span> }.html())
}

fn number(line: usize, remarks: &[Remark]) -> Html {
    let id = format!("line-{line}");
    let Some(first) = remarks.first() else {
        return view! { <span id=id aria-hidden="true">{format!("{line}\n")}</span> }.html();
    };
    let label = format!("Line {line}: {}", counted(remarks.len(), "finding"));
    let severity = worst(remarks).map(Severity::word);
    let href = format!("#{}", first.id);
    view! { <a id=id href=href aria-label=label data-severity=severity>{format!("{line}\n")}</a> }.html()
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

/// A line with the first of its remarks underlined, and others that do not touch it.
fn marked(text: &str, remarks: &[Remark]) -> Html {
    let byte = |column: usize| text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
    let mut parts = Vec::new();
    let mut done = 0;
    for mark in remarks.iter().filter_map(|remark| remark.mark) {
        let (from, to) = (byte(mark.column), byte(mark.end_column));
        if from < done || from == to {
            continue;
        }
        parts.extend(plain(&text[done..from]));
        parts.push(view! { <mark>{text[from..to].to_owned()}</mark> }.html());
        done = to;
    }
    parts.extend(plain(&text[done..]));
    parts.into_iter().collect()
}

/// Text without a mark; nothing of an empty one, for which Leptos writes a blank.
fn plain(text: &str) -> Option<Html> {
    (!text.is_empty()).then(|| text.to_owned().html())
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
        assert_eq!(
            marks.numbers(5).as_str(),
            "<span aria-hidden=\"true\">1\n</span>\
             <a id=\"line-2\" href=\"#finding-3\" aria-label=\"Line 2: 2 findings\" data-severity=\"error\">2\n</a>\
             <span id=\"line-3\" aria-hidden=\"true\">3\n</span><span aria-hidden=\"true\">4\n5\n</span>"
        );
    }

    #[test]
    fn what_is_meant_is_underlined_at_its_place() {
        let lines = Lines::new("a\nb: <ä🚀> c\n".to_owned());
        let drawn = |remarks| Marks(BTreeMap::from([(2, remarks)])).drawn(&lines).into_string();
        let expected = "\n<span data-severity=\"error\" class=\"line\">b: <mark>&lt;ä🚀&gt;</mark> c</span>";
        assert_eq!(drawn(vec![remark(Severity::Error, 4, 8)]), expected);
        assert_eq!(drawn(vec![remark(Severity::Error, 4, 8), remark(Severity::Error, 5, 6)]), expected);
        assert_eq!(drawn(Vec::new()), "");
    }

    #[test]
    fn a_quote_is_short_and_has_no_indentation() {
        let quoted = |text: &str, column, end_column| {
            let mark = Mark { line: 1, column, end_column };
            let html = quote(&Lines::new(text.to_owned()), mark, Severity::Error).into_string();
            html.replace("<code data-severity=\"error\" class=\"quote\">", "").replace("</code>", "")
        };
        assert_eq!(quoted("    name: Blog # mine", 11, 15), "name: <mark>Blog</mark> # mine");
        let long = quoted(&"x".repeat(5_000), 3_000, 3_002);
        assert_eq!(long, format!("…{}<mark>xx</mark>{}…", "x".repeat(40), "x".repeat(58)));
        assert_eq!(quoted("a: 1", 5, 6), "a: 1");
    }
}
