//! A text by its lines.

use std::cell::OnceCell;
use std::string::FromUtf8Error;

use crate::yaml::SyntaxError;

/// A text, and where its lines begin once somebody asks.
#[derive(Debug, Default)]
pub(in crate::cli) struct Lines {
    text: String,
    starts: OnceCell<Vec<usize>>,
}

impl Lines {
    /// The lines of `text`; a byte order mark is none of its characters.
    pub(in crate::cli) fn new(mut text: String) -> Self {
        const MARK: &str = "\u{feff}";
        if text.starts_with(MARK) {
            text.drain(..MARK.len());
        }
        Self { text, starts: OnceCell::new() }
    }

    /// The lines of a file. Of bytes that are no UTF-8 they are what comes nearest, for showing only; the error says so.
    pub(in crate::cli) fn of_bytes(bytes: Vec<u8>) -> (Self, Option<SyntaxError>) {
        match String::from_utf8(bytes) {
            Ok(text) => (Self::new(text), None),
            Err(error) => {
                let lines = Self::new(String::from_utf8_lossy(error.as_bytes()).into_owned());
                (lines, Some(not_unicode(&error)))
            }
        }
    }

    /// The whole text.
    pub(in crate::cli) fn text(&self) -> &str {
        &self.text
    }

    /// The line `number`, counted from one, without its line break; empty where the text has none.
    pub(in crate::cli) fn line(&self, number: usize) -> &str {
        let starts = self.starts.get_or_init(|| line_starts(&self.text));
        let Some(start) = number.checked_sub(1).and_then(|index| starts.get(index)).copied() else { return "" };
        let end = starts.get(number).copied().unwrap_or(self.text.len());
        let line = &self.text[start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// The line `number` from `column` on, counted in characters from one.
    pub(in crate::cli) fn rest(&self, number: usize, column: usize) -> &str {
        let line = self.line(number);
        line.char_indices().nth(column.saturating_sub(1)).map_or("", |(start, _)| &line[start..])
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn not_unicode(error: &FromUtf8Error) -> SyntaxError {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let good = String::from_utf8_lossy(good);
    let good = good.strip_prefix('\u{feff}').unwrap_or(&good);
    let last_line = good.rsplit('\n').next().unwrap_or_default();
    SyntaxError {
        line: good.matches('\n').count() + 1,
        column: last_line.chars().count() + 1,
        message: "this is no UTF-8: save the file in that encoding".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers() {
        let lines = Lines::new("\u{feff}a\r\nbö c\n\nd".to_owned());
        assert_eq!((1..6).map(|number| lines.line(number)).collect::<Vec<_>>(), ["a", "bö c", "", "d", ""]);
        assert_eq!((lines.line(0), lines.rest(2, 4), lines.rest(2, 9)), ("", "c", ""));
        assert_eq!(Lines::new(String::new()).line(1), "");
    }
}
