//! What settles findings, as replacements in the text of their file.

use serde_json::{Value, json};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::LINE_BREAKS;
use crate::cli::validate::answer::FileAnswer;
use crate::document::{Document, File};
use kube_dry_run::yaml::split_lines;
use kube_dry_run::{Finding, Fix};

/// How many fixes of a file are written, and how many bytes that file may have: for each of them its text is laid out anew.
const MAX_FIXES: usize = 100;
const MAX_BYTES: usize = 256 << 10;

/// The fixes of the findings of one file.
pub(super) struct Fixes<'a> {
    text: &'a str,
    left: usize,
    /// The document of the last fix, by its place; none if it cannot be changed.
    open: Option<(usize, Option<File>)>,
}

impl<'a> Fixes<'a> {
    /// The fixes of the findings in `answer`; none where the file is too large.
    pub(super) fn new(answer: &'a FileAnswer) -> Self {
        let text = answer.lines.text();
        let is_countable = text.len() <= MAX_BYTES && answer.inspections.omitted.is_empty();
        Self { text, left: if is_countable { MAX_FIXES } else { 0 }, open: None }
    }

    /// The replacements that settle `finding` about the document at `place`, if they are known.
    pub(super) fn replacements(&mut self, place: usize, finding: &Finding) -> Option<Vec<Value>> {
        let fix = finding.fix.as_ref()?;
        self.left = self.left.checked_sub(1)?;
        let fixed = fixed(self.file(place)?, fix)?;
        Some(replacements(self.text, &fixed))
    }

    /// The file with the document at `place` open.
    fn file(&mut self, place: usize) -> Option<&File> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != place) {
            self.open = Some((place, File::open(self.text.to_owned(), Some(place)).ok()));
        }
        self.open.as_ref()?.1.as_ref()
    }
}

/// The text of `file` with `fix` made in its open document.
fn fixed(file: &File, fix: &Fix) -> Option<String> {
    let mut value = file.document().value().clone();
    fix.apply(&mut value).ok()?;
    let fixed = file.with(&Document::try_from(value).ok()?).ok()?;
    Some(fixed.text().to_owned())
}

/// What makes `after` of `before`, by whole lines.
fn replacements(before: &str, after: &str) -> Vec<Value> {
    let (before, after): (Vec<_>, Vec<_>) = (split_lines(before).collect(), split_lines(after).collect());
    let changes = capture_diff_slices(Algorithm::Myers, &before, &after);
    let changes = changes.iter().map(similar::DiffOp::as_tag_tuple).filter(|(tag, ..)| *tag != DiffTag::Equal);
    let replacement = |(_, old, new): (DiffTag, std::ops::Range<usize>, std::ops::Range<usize>)| {
        let (start, end) = (start_of(&before, old.start), start_of(&before, old.end));
        json!({
            "deletedRegion": {"startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1},
            "insertedContent": {"text": after[new].concat()},
        })
    };
    changes.map(replacement).collect()
}

/// The line and the column, counted from one, where the line at `index` of `lines` begins, or where the text ends.
fn start_of(lines: &[&str], index: usize) -> (usize, usize) {
    match lines.last() {
        Some(last) if index == lines.len() && !LINE_BREAKS.iter().any(|line_break| last.ends_with(line_break)) => {
            (index, last.chars().count() + 1)
        }
        _ => (index + 1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with what is replaced, as a reader of the log would do it.
    fn applied(text: &str, replacements: &[Value]) -> String {
        let offset = |line: &Value, column: &Value| {
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
            let start: usize = split_lines(text).take(number(line)).map(str::len).sum();
            start + text[start..].chars().take(number(column)).map(char::len_utf8).sum::<usize>()
        };
        let mut text = text.to_owned();
        for replacement in replacements.iter().rev() {
            let region = &replacement["deletedRegion"];
            let range = offset(&region["startLine"], &region["startColumn"])..offset(&region["endLine"], &region["endColumn"]);
            text.replace_range(range, replacement["insertedContent"]["text"].as_str().unwrap());
        }
        text
    }

    #[test]
    fn replacements_make_the_new_text_of_the_old_one() {
        for (before, after) in [
            ("a\nb\nc\n", "a\nB\nc\n"),
            ("a\nb", "a\nb\nc\n"),
            ("a\nb\n", "a\nb\nc"),
            ("a\r\n🚀b\r\nc", "a\r\n🚀b\r\n"),
            ("a\rb\u{85}c", "A\rb\u{85}C"),
            ("", "a\n"),
            ("a\n", ""),
            ("a\nb\nc\nd\n", "b\nc\nx\nd\ny\n"),
        ] {
            assert_eq!(applied(before, &replacements(before, after)), after, "{before:?}");
        }
    }
}
