//! The lines of a document.

use std::ops::Range;

use crate::yaml::blanks::{is_blank, skip};
use crate::yaml::line_breaks::is_line_break;

/// The text of a document, and of what stands before it.
#[derive(Clone, Copy)]
pub(super) struct TextLines<'a> {
    /// The text up to the end of the document, whose last line has a line break.
    pub(super) text: &'a str,
    /// Where the document begins.
    pub(super) start: usize,
}

impl<'a> TextLines<'a> {
    /// Where the line begins that `at` is on.
    pub(super) fn start_of(&self, at: usize) -> usize {
        let before = &self.text[self.start..at];
        let last_break = before.char_indices().rev().find(|(_, character)| is_line_break(*character));
        self.start + last_break.map_or(0, |(index, character)| index + character.len_utf8())
    }

    /// Where the line ends that `at` is on, before its line break.
    pub(super) fn end_of(&self, at: usize) -> usize {
        self.text[at..].find(is_line_break).map_or(self.text.len(), |length| at + length)
    }

    /// Where the line begins behind the one that `at` is on.
    pub(super) fn next(&self, at: usize) -> usize {
        let end = self.end_of(at);
        let rest = &self.text[end..];
        let length = if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) };
        end + length
    }

    /// True if nothing but blanks stands before `at` on its line.
    pub(super) fn is_first(&self, at: usize) -> bool {
        self.indentation(at).is_some()
    }

    /// The blanks before `at` on its line, if nothing else stands there.
    pub(super) fn indentation(&self, at: usize) -> Option<&'a str> {
        let before = &self.text[self.start..at];
        let rest = before.trim_end_matches(is_blank);
        (rest.is_empty() || rest.ends_with(is_line_break)).then(|| &before[rest.len()..])
    }

    /// How many blanks stand between a dash that ends at `dash_end` and its item at `start`; one where other things do.
    pub(super) fn gap(&self, dash_end: usize, start: usize) -> usize {
        let between = &self.text[dash_end..start.max(dash_end)];
        if !between.is_empty() && between.bytes().all(|byte| byte == b' ') { between.len() } else { 1 }
    }

    /// True if a line break stands in `range`.
    pub(super) fn is_broken(&self, range: Range<usize>) -> bool {
        self.text[range].contains(is_line_break)
    }

    /// Where the next thing stands from `at` on that is neither a blank nor a line break nor part of a comment.
    pub(super) fn skip(&self, at: usize) -> usize {
        self.text.len() - skip(&self.text[at..]).len()
    }

    /// Where the next thing stands from `at` on that is neither a blank nor a line break.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        self.text.len() - self.text[at..].trim_start_matches(|character| is_blank(character) || is_line_break(character)).len()
    }

    /// Where the comments begin that stand at `column` directly above the line that begins at `line`; `line` itself if there
    /// are none.
    pub(super) fn comments_above(&self, line: usize, column: usize) -> usize {
        let mut top = line;
        while top > self.start {
            let above = self.start_of(top - self.last_break_length(top));
            if self.comment_column(above) != Some(column) {
                break;
            }
            top = above;
        }
        top
    }

    /// Where the comments end that stand right of `column` directly below, from the line on that begins at `line`.
    pub(super) fn comments_below(&self, line: usize, column: usize) -> usize {
        let mut end = line;
        while self.comment_column(end).is_some_and(|found| found > column) {
            end = self.next(end);
        }
        end
    }

    fn last_break_length(&self, line: usize) -> usize {
        let before = &self.text[self.start..line];
        if before.ends_with("\r\n") { 2 } else { before.chars().next_back().map_or(0, char::len_utf8) }
    }

    /// At which column the comment stands that the line at `line` consists of.
    fn comment_column(&self, line: usize) -> Option<usize> {
        let rest = &self.text[line..];
        let comment = rest.trim_start_matches(is_blank);
        comment.starts_with('#').then(|| rest.len() - comment.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_a_start_and_an_end() {
        let lines = TextLines { text: "xä: b\r\n  c: d\u{2028}e\n", start: 1 };
        assert_eq!((lines.start_of(5), lines.end_of(5), lines.next(5)), (1, 6, 8));
        assert_eq!((lines.start_of(10), lines.end_of(10), lines.indentation(10)), (8, 14, Some("  ")));
        assert!(lines.is_first(10) && !lines.is_first(11) && !lines.is_broken(9..14) && lines.is_broken(9..17));
        assert_eq!((lines.next(18), lines.skip(6)), (19, 10));
    }

    #[test]
    fn comments_belong_to_what_is_near() {
        let text = "# far\n\n  # near\n  # nearer\n  a:\n    # below\n   # below\n  # other\n";
        let lines = TextLines { text, start: 0 };
        let (line, below) = (text.find("  a:").unwrap(), text.find("    # below").unwrap());
        assert_eq!(&text[lines.comments_above(line, 2)..line], "  # near\n  # nearer\n");
        assert_eq!(lines.comments_above(line, 0), line);
        assert_eq!(&text[below..lines.comments_below(below, 2)], "    # below\n   # below\n");
        assert_eq!(lines.comments_above(0, 0), 0);
    }
}
