//! Texts that cannot be read: what they seem to be, and what to do.
//!
//! In go the lines of a text and the error of its reader, out come words; there are no fixes, since nothing is known of such a text.

mod column;
mod line;
mod sign;
mod structure;

use crate::lines::{Lines, has_content};
use crate::yaml::SyntaxError;

use super::foreign::{self, beginning};
use super::spaces;

/// How many lines before a mistake are looked at.
const MAX_LINES: usize = 40;

/// What to do about `error`, for which the text of `lines` cannot be read.
pub(crate) fn of_syntax(lines: &Lines, error: &SyntaxError) -> Option<String> {
    let place = Place::new(lines, error);
    let near = place.near().map(|(_, line)| line);
    foreign::around(lines, error.line, near).map(str::to_owned).or_else(|| place.mistake())
}

/// Where a text cannot be read any further.
struct Place<'a> {
    lines: &'a Lines,
    error: &'a SyntaxError,
    /// The line with the mistake.
    line: &'a str,
    /// The last line before it that is neither empty nor a comment, with its number.
    before: Option<(usize, &'a str)>,
}

impl<'a> Place<'a> {
    fn new(lines: &'a Lines, error: &'a SyntaxError) -> Self {
        let line = beginning(lines.rest(error.line, 1));
        let before = lines_before(lines, error.line).next();
        Self { lines, error, line, before }
    }

    /// The lines around the mistake with their numbers.
    fn near(&self) -> impl Iterator<Item = (usize, &'a str)> + Clone {
        self.before.into_iter().chain([(self.error.line, self.line)])
    }

    /// What seems to be wrong, as the message of the reader or the lines near by say.
    fn mistake(&self) -> Option<String> {
        let message = self.error.message.as_str();
        if message.contains("tab") && self.line.contains('\t') {
            return Some("Replace each tab by spaces, two for a level; most editors can do that for the whole file.".to_owned());
        }
        if let Some(words) = self.odd_spaces() {
            return Some(words);
        }
        if message.contains("quote that opens here") {
            let words =
                "Put the same quote at the end of the string. If it is an apostrophe, put the whole string in double quotes.";
            return Some(words.to_owned());
        }
        if message.starts_with("found unknown escape") || message.starts_with("did not find expected hexdecimal") {
            return Some("In double quotes a `\\` begins an escape: write `\\\\`, or use single quotes.".to_owned());
        }
        if message.starts_with("an alias to an anchor")
            && let Some(words) = self.anchor()
        {
            return Some(words);
        }
        if message.starts_with("did not find expected ',' or") && self.line.contains("${") {
            let words = "`${…}` may be a placeholder that a script fills in, with `envsubst` perhaps: fill it in first, and check what comes out.";
            return Some(words.to_owned());
        }
        if message.starts_with("did not find expected ',' or") {
            return Some("A `,` is missing before this, or the bracket that closes the list or object.".to_owned());
        }
        if message.starts_with("a JSON string stands in double quotes") {
            let words =
                "Write `\"` instead of `'`. If Python has printed this, `json.dumps` prints JSON, with `true` and `null` too.";
            return Some(words.to_owned());
        }
        if message.contains("bracket that opens here") {
            return Some("Each `{` needs a `}`, and each `[` a `]`.".to_owned());
        }
        if message.starts_with("a string may not begin with") || message.contains("quote a string that begins with `*`") {
            return Some(self.in_quotes());
        }
        self.structure()
    }

    /// The lines with spaces that are none to YAML, if one near the mistake has some.
    fn odd_spaces(&self) -> Option<String> {
        let has_odd = |line: &str| line.contains(spaces::is_odd_space);
        if !self.near().any(|(_, line)| has_odd(line)) {
            return None;
        }
        let odd: Vec<_> = self.lines_before().chain([(self.error.line, self.line)]).filter(|(_, line)| has_odd(line)).collect();
        let mut numbers: Vec<_> = odd.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        Some(spaces::words(&numbers, odd.iter().any(|(_, line)| line.contains(spaces::is_seen))))
    }

    /// The lines before the mistake that are neither empty nor comments, the last one first, with their numbers.
    fn lines_before(&self) -> impl Iterator<Item = (usize, &'a str)> {
        lines_before(self.lines, self.error.line)
    }
}

/// The last lines before line `number` that are neither empty nor comments, the last one first, with their numbers.
fn lines_before(lines: &Lines, number: usize) -> impl Iterator<Item = (usize, &str)> {
    let numbers = (number.saturating_sub(MAX_LINES).max(1)..number).rev();
    numbers.map(|number| (number, beginning(lines.rest(number, 1)))).filter(|(_, line)| has_content(line))
}

#[cfg(test)]
mod tests;
