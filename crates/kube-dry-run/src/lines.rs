//! A text by its lines.

use std::cell::OnceCell;

use crate::encoding;
use crate::yaml::{SyntaxError, count_line_breaks, is_line_break};

/// How many bytes lie between two [`Checkpoint`]s, and a few more where a character or a line break would be cut.
const STRIDE: usize = 256;

/// A text, and where its lines and columns are once somebody asks.
#[derive(Debug, Default)]
pub struct Lines {
    text: String,
    checkpoints: OnceCell<Vec<Checkpoint>>,
}

/// A place in the text, with what stands before it. Such places make every line and column quick to find, whether a large text is
/// one line or nothing but line breaks, and take a tenth of its memory.
#[derive(Clone, Copy, Debug, Default)]
struct Checkpoint {
    byte: usize,
    characters: usize,
    line_breaks: usize,
}

/// How many spaces `line` begins with.
pub(crate) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// True of a line that is neither empty nor a comment.
pub(crate) fn has_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

impl Lines {
    /// The lines of `text`; a byte order mark is none of its characters.
    pub fn new(mut text: String) -> Self {
        const MARK: &str = "\u{feff}";
        if text.starts_with(MARK) {
            text.drain(..MARK.len());
        }
        Self { text, checkpoints: OnceCell::new() }
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
        count_line_breaks(&self.text) + usize::from(!self.text.is_empty() && !self.text.ends_with(is_line_break))
    }

    /// The line `number` from `column` on, both counted from one, columns in characters, without its line break; empty where
    /// the text has no such place.
    pub fn rest(&self, number: usize, column: usize) -> &str {
        let Some(start) = self.start_of(number) else { return "" };
        let character = start.characters + column.saturating_sub(1);
        let near = self.last_before(|checkpoint| checkpoint.characters <= character);
        let mut following = self.text[near.byte..].char_indices();
        following.nth(character - near.characters).map_or("", |(after, _)| self.to_line_end(near.byte + after, number))
    }

    /// What stands between the byte `start` and the end of line `number`; nothing if `start` lies behind it.
    fn to_line_end(&self, start: usize, number: usize) -> &str {
        let end = self.start_of(number + 1).map_or(self.text.len(), |next| next.byte);
        let line = self.text.get(start..end).unwrap_or_default();
        line.strip_suffix("\r\n").or_else(|| line.strip_suffix(is_line_break)).unwrap_or(line)
    }

    /// Where line `number`, counted from one, begins.
    fn start_of(&self, number: usize) -> Option<Checkpoint> {
        let breaks = number.checked_sub(1)?;
        let near = self.last_before(|checkpoint| checkpoint.line_breaks < breaks);
        self.walk_from(near).find(|place| place.line_breaks == breaks)
    }

    /// The line and the column of the end of the text.
    pub(super) fn end(&self) -> (usize, usize) {
        let last = self.last();
        let line = last.line_breaks + 1;
        (line, 1 + last.characters - self.start_of(line).map_or(0, |start| start.characters))
    }

    /// The end of the text.
    fn last(&self) -> Checkpoint {
        let last = self.last_before(|_| true);
        self.walk_from(last).last().unwrap_or(last)
    }

    /// `start`, and every place after it at which a character ends.
    fn walk_from(&self, start: Checkpoint) -> impl Iterator<Item = Checkpoint> {
        let characters = self.text[start.byte..].chars();
        let after = characters.scan(start, |place, character| {
            let byte = place.byte + character.len_utf8();
            let is_half = character == '\r' && self.text.as_bytes().get(byte) == Some(&b'\n');
            let is_break = is_line_break(character) && !is_half;
            *place =
                Checkpoint { byte, characters: place.characters + 1, line_breaks: place.line_breaks + usize::from(is_break) };
            Some(*place)
        });
        std::iter::once(start).chain(after)
    }

    /// The last checkpoint of which `is_before` holds, or the beginning of the text.
    fn last_before(&self, is_before: impl FnMut(&Checkpoint) -> bool) -> Checkpoint {
        let checkpoints = self.checkpoints.get_or_init(|| self.checkpoints());
        let after = checkpoints.partition_point(is_before);
        after.checked_sub(1).and_then(|last| checkpoints.get(last)).copied().unwrap_or_default()
    }

    fn checkpoints(&self) -> Vec<Checkpoint> {
        let mut checkpoints = vec![Checkpoint::default()];
        let mut last = Checkpoint::default();
        while last.byte + STRIDE < self.text.len() {
            let byte = self.text.ceil_char_boundary(last.byte + STRIDE);
            let is_half = self.text.as_bytes()[byte - 1] == b'\r' && self.text.as_bytes().get(byte) == Some(&b'\n');
            let byte = byte + usize::from(is_half);
            let passed = &self.text[last.byte..byte];
            let (characters, breaks) = (passed.chars().count(), count_line_breaks(passed));
            last = Checkpoint { byte, characters: last.characters + characters, line_breaks: last.line_breaks + breaks };
            checkpoints.push(last);
        }
        checkpoints
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
    fn every_place_of_a_long_text_is_found() {
        let text = "äb\r\n\n€\rc🚀".repeat(300);
        let lines = Lines::new(text.clone());
        let expected: Vec<_> = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect();
        assert_eq!(lines.count(), expected.len());
        for (line, expected) in (1..).zip(&expected) {
            assert_eq!(
                (lines.rest(line, 1), lines.rest(line, 2)),
                (expected.as_str(), &expected[expected.ceil_char_boundary(1)..])
            );
        }
    }

    #[test]
    fn columns_of_long_lines_are_found() {
        let lines = Lines::new(format!("x\n{}c\r\n", "äb".repeat(100)));
        let found = [1, 64, 65, 66, 200, 201, 202, 203, 500].map(|column| lines.rest(2, column).chars().count());
        assert_eq!(found, [201, 138, 137, 136, 2, 1, 0, 0, 0]);
        assert!(lines.rest(2, 64).starts_with("bä"));
    }
}
