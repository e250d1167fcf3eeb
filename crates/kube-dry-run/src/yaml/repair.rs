//! Layout that the API server's reader takes and ours does not.
//!
//! The API server reads YAML 1.1 (`go.yaml.in/yaml/v2`), which lets a tab follow the colon of a key, a comment
//! follow a quote or bracket at once, and the further lines of brackets and quotes stand at any column. YAML 1.2, which our parser follows, does not. What such a text means is
//! the same with other blanks, so they are put in, and taken out of the positions again.

use std::collections::HashMap;

use saphyr_parser::ScanError;

use super::budget::{Budget, MAX_BYTES_AGAIN};
use super::characters::Joined;

/// The changes made to the blanks of a text.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    /// How many blanks were put before each line.
    columns: HashMap<usize, usize>,
    joined: Joined,
}

impl Repairs {
    /// No changes yet but those of `joined`.
    pub(super) fn after(joined: Joined) -> Self {
        Self { joined, ..Self::default() }
    }

    /// The column of the original text that is at `column`, counted from one, of the repaired line `line`.
    pub(super) fn original_column(&self, line: usize, column: usize) -> usize {
        let added = self.columns.get(&line).copied().unwrap_or_default();
        self.joined.original_column(line, column.saturating_sub(added).max(1))
    }

    /// The text with other blanks where `complaint` found fault with it; `None` if blanks are not the fault, or the `budget`
    /// does not let the text be read again.
    pub(super) fn repair(&mut self, text: &str, complaint: &ScanError, budget: &mut Budget) -> Option<String> {
        if !budget.take_bytes_again(text.len()) {
            return None;
        }
        let marker = complaint.marker();
        match complaint.info() {
            "':' must be followed by a valid YAML whitespace" => tabs_before(text, marker.index()),
            "tab cannot be used as indentation" => tabs_before(text, marker.index() + 1),
            "comments must be separated from other tokens by whitespace" => space_before_comment(text, marker.index()),
            "invalid indentation" | "invalid indentation in flow construct" => self.indent(text, marker.line(), marker.line()),
            "invalid indentation in quoted scalar" => {
                let last = last_line_of_quoted(text, marker.index(), marker.line())?;
                self.indent(text, marker.line() + 1, last)
            }
            _ => None,
        }
    }

    /// Indents the lines from `first` to `last` deeper than any line before them.
    fn indent(&mut self, text: &str, first: usize, last: usize) -> Option<String> {
        let columns = text.lines().take(first.saturating_sub(1)).map(|line| line.len() - line.trim_start_matches(' ').len());
        let added = columns.max()? + 1;
        let known = self.columns.len();
        let mut indented = String::with_capacity(text.len() + added * (last + 1 - first.min(last)));
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let number = index + 1;
            if (first..=last).contains(&number) && !self.columns.contains_key(&number) {
                self.columns.insert(number, added);
                indented.extend(std::iter::repeat_n(' ', added));
            }
            indented.push_str(line);
        }
        (self.columns.len() > known && indented.len() <= MAX_BYTES_AGAIN).then_some(indented)
    }
}

/// The text with spaces for the tabs right before the character `index`.
fn tabs_before(text: &str, index: usize) -> Option<String> {
    let (end, _) = text.char_indices().nth(index)?;
    let before = text[..end].trim_end_matches('\t');
    (before.len() < end).then(|| before.to_owned() + &" ".repeat(end - before.len()) + &text[end..])
}

/// The text with a space before the first `#` from the character `index` on.
fn space_before_comment(text: &str, index: usize) -> Option<String> {
    let (start, _) = text.char_indices().nth(index)?;
    let comment = start + text[start..].find('#')?;
    Some(format!("{} {}", &text[..comment], &text[comment..]))
}

/// The line on which the quoted scalar at the character `index` of line `line` ends.
fn last_line_of_quoted(text: &str, index: usize, line: usize) -> Option<usize> {
    let mut characters = text.chars().skip(index).peekable();
    let quote = characters.next().filter(|first| matches!(first, '"' | '\''))?;
    let mut last = line;
    while let Some(character) = characters.next() {
        match character {
            '\n' => last += 1,
            '\\' if quote == '"' => last += usize::from(characters.next() == Some('\n')),
            '\'' if quote == '\'' && characters.next_if_eq(&quote).is_some() => {}
            _ if character == quote => return Some(last),
            _ => {}
        }
    }
    None
}
