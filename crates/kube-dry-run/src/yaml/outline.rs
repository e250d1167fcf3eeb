//! Where the lines of a document's entries and its comments are, for whoever writes between the lines.

use std::ops::Range;

use super::blanks::is_blank;
use super::line_breaks::is_line_break;
use super::node::{Entry, Layout, Node, NodeKind, ScalarStyle};
use super::parse::Parsed;
use crate::path::Segment;

/// The lines of one document that begin with a key or with a comment, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline<T> {
    /// Those entries that were asked for, of objects without braces, but for those that something else than dashes stands before.
    pub entries: Vec<OutlineEntry<T>>,
    /// The comments that have a line for themselves. What looks like one inside of a text is none.
    pub comments: Vec<OutlineComment>,
}

/// A line of a text that holds a comment and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineComment {
    /// The bytes of the whole text from the `#` to the end of the line, without its line break.
    pub text: Range<usize>,
    /// The bytes of the whole line, with its line break.
    pub line: Range<usize>,
}

/// A line of a text that begins with the key of an entry, or with dashes and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry<T> {
    /// What was asked for it.
    pub wanted: T,
    /// The byte of the whole text at which the line begins.
    pub line_start: usize,
    /// The byte of its first dash, or of its key; nothing but spaces stands before it on the line.
    pub start: usize,
}

impl Parsed {
    /// The lines of this document in `text`, which is the whole text that it was read from, with the entries for which `wanted`
    /// answers something to the steps that lead there; none if it is an item of a list that stands for itself, or if it was read
    /// from another text.
    #[must_use]
    pub fn outline<T>(&self, text: &str, wanted: impl FnMut(&[Segment]) -> Option<T>) -> Option<Outline<T>> {
        let root = self.origin.syntax(text)?;
        let range = self.origin.range.clone();
        let (start, steps) = (range.start, Vec::new());
        let mut survey = Survey { text, document_start: start, steps, wanted, entries: Vec::new(), multiline: Vec::new() };
        survey.node(&root);
        let comments = comments(text, range, &survey.multiline);
        Some(Outline { entries: survey.entries, comments })
    }
}

struct Survey<'t, T, F> {
    text: &'t str,
    document_start: usize,
    /// To the node that is looked at. No entry keeps them: ten thousand entries in one with a long name would have it each.
    steps: Vec<Segment>,
    wanted: F,
    entries: Vec<OutlineEntry<T>>,
    /// The bytes of texts that may have lines that look like comments.
    multiline: Vec<Range<usize>>,
}

impl<T, F: FnMut(&[Segment]) -> Option<T>> Survey<'_, T, F> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Alias(_) | NodeKind::Scalar { style: ScalarStyle::Plain, .. } => {}
            NodeKind::Scalar { .. } => self.multiline.push(node.span.clone()),
            NodeKind::Sequence { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    self.steps.push(Segment::Index(index));
                    self.node(item);
                    self.steps.pop();
                }
            }
            NodeKind::Mapping { layout, entries } => {
                for entry in entries {
                    self.entry(entry, *layout);
                }
            }
        }
    }

    fn entry(&mut self, Entry { key, value }: &Entry, layout: Layout) {
        self.node(key);
        let NodeKind::Scalar { text: name, .. } = &key.kind else { return self.node(value) };
        self.steps.push(Segment::entry(self.steps.last(), name.as_str().into()));
        let line = if layout == Layout::Block { self.line_of(key.start()) } else { None };
        if let Some((line_start, start)) = line
            && let Some(wanted) = (self.wanted)(&self.steps)
        {
            self.entries.push(OutlineEntry { wanted, line_start, start });
        }
        self.node(value);
        self.steps.pop();
    }

    /// Where the line of the byte `key` begins, and what stands on it; `None` if something else than dashes stands before the key.
    fn line_of(&self, key: usize) -> Option<(usize, usize)> {
        let before = self.text.get(self.document_start..key)?;
        let line = before.rsplit(is_line_break).next().unwrap_or(before);
        let dashes = line.trim_start_matches(' ');
        let is_plain = dashes.split_terminator(is_blank).all(|part| matches!(part, "" | "-"));
        is_plain.then_some((key - line.len(), key - dashes.len()))
    }
}

/// The comments in `range` of `text` that have a line for themselves and are not within one of `texts`, which are in order.
fn comments(text: &str, range: Range<usize>, texts: &[Range<usize>]) -> Vec<OutlineComment> {
    let mut texts = texts.iter().peekable();
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text.get(range).unwrap_or_default().split(is_line_break) {
        let content = line.trim_start_matches(is_blank);
        let (start, end) = (line_start + line.len() - content.len(), line_start + line.len());
        while texts.next_if(|text| text.end <= start).is_some() {}
        if content.starts_with('#') && texts.peek().is_none_or(|text| text.start > start) {
            found.push(OutlineComment { text: start..end, line: line_start..end + line_break(&text[end..]) });
        }
        line_start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// How many bytes the line break has that `text` begins with.
fn line_break(text: &str) -> usize {
    let first = text.chars().next().filter(|character| is_line_break(*character));
    if text.starts_with("\r\n") { 2 } else { first.map_or(0, char::len_utf8) }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::path::Path;

    fn outline(text: &str) -> (Vec<(String, usize, usize)>, Vec<&str>) {
        let parsed = parse(text).unwrap();
        let outline = parsed[0].outline(text, |steps| Some(Path::from(steps.to_vec()).to_string())).unwrap();
        let entries = outline.entries.into_iter().map(|entry| (entry.wanted, entry.line_start, entry.start));
        (entries.collect(), outline.comments.into_iter().map(|comment| &text[comment.text]).collect())
    }

    #[test]
    fn entries_have_lines() {
        let (entries, _) = outline("a: 1\nb:\n- c: 2\n  d: {e: 3}\n  f:\n    - - g: 4\n");
        let expected =
            [("a", 0, 0), ("b", 5, 5), ("b[0].c", 8, 8), ("b[0].d", 15, 17), ("b[0].f", 27, 29), ("b[0].f[0][0].g", 32, 36)];
        assert_eq!(entries, expected.map(|(path, line, start)| (path.to_owned(), line, start)));
    }

    #[test]
    fn a_key_behind_something_else_has_no_line() {
        let (entries, _) = outline("\u{feff}? a\n: b: 1\nc: &x\n  d: 2\ne:\n  - &y f: 3\n  - !!map\n    g: 4\n");
        let paths: Vec<_> = entries.iter().map(|(path, line, _)| (path.as_str(), *line)).collect();
        assert_eq!(paths, [("c", 14), ("c.d", 20), ("e", 27), ("e[0].f", 30), ("e[1].g", 52)]);
    }

    #[test]
    fn comments_have_a_line_for_themselves() {
        let text = "# 1\na: |\n  # no\n\n  # no\n  #no\n # 2\nb: \"x\n  # no\"\n  # 3\r\nc: [ # no\n# 4\n  1]\nd: x # no\n#5";
        assert_eq!(outline(text).1, ["# 1", "# 2", "# 3", "# 4", "#5"]);
        assert_eq!(outline("a: |+\n  # no\n\n# 1\nb: >-\n\n    # no\n  \n  # 2\n").1, ["# 1", "# 2"]);
    }

    #[test]
    fn the_second_document_has_its_place_in_the_whole_text() {
        let text = "a: 1\n--- # no\r\n# x\r\nb: 2\r\n";
        let parsed = parse(text).unwrap();
        let outline = parsed[1].outline(text, |_| Some(())).unwrap();
        assert_eq!((&text[outline.entries[0].start..][..4], &text[outline.comments[0].line.clone()]), ("b: 2", "# x\r\n"));
        assert_eq!(outline.comments.len(), 1);
    }
}
