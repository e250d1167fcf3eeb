//! The entries of an object and the items of a list, as lines: where they begin and end, and what belongs to them.

use super::lines::TextLines;
use crate::yaml::node::{Entry, Node};

/// An entry or an item of a collection that is laid out by columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where its key or its dash is.
    pub(super) start: usize,
    /// Where the last thing in it ends.
    pub(super) end: usize,
}

/// The parts of one collection, which begin at one column.
pub(super) struct Parts<'a> {
    lines: TextLines<'a>,
    all: Vec<Part>,
    column: usize,
    /// True if the collection is the document, whose first comment is about the whole of it.
    is_document: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn new(lines: TextLines<'a>, all: Vec<Part>, column: usize, is_document: bool) -> Self {
        Self { lines, all, column, is_document }
    }

    /// Where the key or the dash of the part is.
    pub(super) fn start(&self, index: usize) -> usize {
        self.all[index].start
    }

    /// Where the last line of the part ends, before its line break.
    pub(super) fn end(&self, index: usize) -> usize {
        self.lines.end_of(self.all[index].end)
    }

    /// Where the lines of the part begin: with the comments directly above it, at its column. If it stands behind a dash, it
    /// begins there.
    pub(super) fn top(&self, index: usize) -> usize {
        let start = self.all[index].start;
        match () {
            () if !self.lines.is_first(start) => start,
            () if self.is_document && index == 0 => self.lines.start_of(start),
            () => self.lines.comments_above(self.lines.start_of(start), self.column),
        }
    }

    /// Where the lines of the part end: behind the comments directly below it that are indented deeper.
    pub(super) fn bottom(&self, index: usize) -> usize {
        self.lines.comments_below(self.lines.next(self.all[index].end), self.column)
    }
}

/// The entries of the object `node`; none if one is written in a way that has no such parts.
pub(super) fn entries(lines: TextLines<'_>, node: &Node, entries: &[Entry]) -> Option<Vec<Part>> {
    let part = |entry: &Entry| {
        let start = entry_start(lines, node, entry);
        (start <= entry.value.span.end).then_some(Part { start, end: entry.value.span.end })
    };
    entries.iter().map(part).collect()
}

/// Where an entry begins: at the question mark before its key, if there is one.
fn entry_start(lines: TextLines<'_>, object: &Node, entry: &Entry) -> usize {
    let key = entry.key.start();
    let before = lines.text[lines.start..key].trim_end_matches(crate::yaml::blanks::is_blank);
    let mark = (lines.start + before.len()).wrapping_sub(1);
    let is_explicit = before.ends_with('?') && (mark == object.span.start || lines.is_first(mark));
    if is_explicit { mark } else { key }
}

/// The items of the list `node`; none if its dashes are not found.
pub(super) fn items(lines: TextLines<'_>, node: &Node, items: &[Node]) -> Option<Vec<Part>> {
    let dashes = dashes(lines, node, items)?;
    Some(dashes.into_iter().zip(items).map(|(start, item)| Part { start, end: item.span.end }).collect())
}

/// Where the dashes of `items` stand.
pub(super) fn dashes(lines: TextLines<'_>, node: &Node, items: &[Node]) -> Option<Vec<usize>> {
    let mut at = node.span.start;
    let dash = |item: &Node| {
        let dash = lines.skip(at);
        at = item.span.end;
        lines.text[dash..].starts_with('-').then_some(dash)
    };
    items.iter().map(dash).collect()
}

/// Where the colon ends behind the key of `entry`, if it has one.
pub(super) fn colon(lines: TextLines<'_>, entry: &Entry) -> Option<usize> {
    let colon = lines.skip(entry.key.span.end);
    lines.text[colon..].starts_with(':').then_some(colon + 1)
}
