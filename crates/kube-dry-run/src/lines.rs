//! A text by its lines.

use std::cell::OnceCell;

use crate::encoding;
use crate::yaml::{SyntaxError, is_line_break};

/// How many characters lie between two [`Index::checkpoints`].
const STRIDE: usize = 64;

/// A text, and where its lines begin once somebody asks.
#[derive(Debug, Default)]
pub struct Lines {
    text: String,
    index: OnceCell<Index>,
}

/// What makes every line and column quick to find, even if all of a large text stands on one line.
#[derive(Debug, Default)]
struct Index {
    /// The byte and the character at which each line begins.
    starts: Vec<(usize, usize)>,
    /// The bytes at which every [`STRIDE`]th character begins.
    checkpoints: Vec<usize>,
}

impl Lines {
    /// The lines of `text`; a byte order mark is none of its characters.
    pub fn new(mut text: String) -> Self {
        const MARK: &str = "\u{feff}";
        if text.starts_with(MARK) {
            text.drain(..MARK.len());
        }
        Self { text, index: OnceCell::new() }
    }

    /// The lines of a file in UTF-8, or in UTF-16 with a byte order mark. Of other bytes they are what comes nearest, for showing
    /// only; the error says so.
    pub fn of_bytes(bytes: Vec<u8>) -> (Self, Option<SyntaxError>) {
        let (text, error) = encoding::decode(bytes);
        (Self::new(text), error)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text for itself.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// How many lines there are; what follows the last line break is one if it is not empty.
    #[must_use]
    pub fn count(&self) -> usize {
        self.index().starts.iter().filter(|(start, _)| *start < self.text.len()).count()
    }

    /// The line `number` from `column` on, both counted from one, columns in characters, without its line break; empty where
    /// the text has no such place.
    pub fn rest(&self, number: usize, column: usize) -> &str {
        let Some((_, first)) = self.start_of(number) else { return "" };
        let target = first + column.saturating_sub(1);
        let Some(checkpoint) = self.index().checkpoints.get(target / STRIDE) else { return "" };
        let mut characters = self.text[*checkpoint..].char_indices();
        characters.nth(target % STRIDE).map_or("", |(after, _)| self.to_line_end(checkpoint + after, number))
    }

    /// What stands between the byte `start` and the end of line `number`; nothing if `start` lies behind it.
    fn to_line_end(&self, start: usize, number: usize) -> &str {
        let end = self.start_of(number + 1).map_or(self.text.len(), |(end, _)| end);
        let line = self.text.get(start..end).unwrap_or_default();
        line.strip_suffix("\r\n").or_else(|| line.strip_suffix(is_line_break)).unwrap_or(line)
    }

    /// The line and the column of the end of the text.
    pub(super) fn end(&self) -> (usize, usize) {
        let starts = &self.index().starts;
        let first = starts.last().map_or(0, |(_, first)| *first);
        (starts.len(), self.text.chars().count() - first + 1)
    }

    fn start_of(&self, number: usize) -> Option<(usize, usize)> {
        self.index().starts.get(number.checked_sub(1)?).copied()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

impl Index {
    fn new(text: &str) -> Self {
        let mut index = Self { starts: vec![(0, 0)], checkpoints: Vec::with_capacity(text.len() / STRIDE + 1) };
        for (number, (at, character)) in text.char_indices().enumerate() {
            if number % STRIDE == 0 {
                index.checkpoints.push(at);
            }
            let is_half = character == '\r' && text.as_bytes().get(at + 1) == Some(&b'\n');
            if is_line_break(character) && !is_half {
                index.starts.push((at + character.len_utf8(), number + 1));
            }
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers() {
        let lines = Lines::new("\u{feff}a\r\nbö c\n\nd".to_owned());
        assert_eq!((1..6).map(|number| lines.rest(number, 1)).collect::<Vec<_>>(), ["a", "bö c", "", "d", ""]);
        assert_eq!((lines.rest(0, 1), lines.rest(2, 4), lines.rest(2, 9)), ("", "c", ""));
        assert_eq!(Lines::new(String::new()).rest(1, 1), "");
        assert_eq!((lines.count(), Lines::new("a\n".to_owned()).count(), Lines::new(String::new()).count()), (4, 1, 0));
        let old = Lines::new("a\rb\r\rc".to_owned());
        assert_eq!((1..5).map(|number| old.rest(number, 1)).collect::<Vec<_>>(), ["a", "b", "", "c"]);
        let rare = Lines::new("a\u{85}ö\u{2028}c\u{2029}d".to_owned());
        assert_eq!((1..5).map(|number| rare.rest(number, 1)).collect::<Vec<_>>(), ["a", "ö", "c", "d"]);
    }

    #[test]
    fn columns_of_long_lines_are_found() {
        let lines = Lines::new(format!("x\n{}c\r\n", "äb".repeat(100)));
        let found = [1, 64, 65, 66, 200, 201, 202, 203, 500].map(|column| lines.rest(2, column).chars().count());
        assert_eq!(found, [201, 138, 137, 136, 2, 1, 0, 0, 0]);
        assert!(lines.rest(2, 64).starts_with("bä"));
    }
}
