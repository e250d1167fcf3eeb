//! What a text may be made of, before any grammar.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use super::chunks::Chunk;
use super::{Position, SyntaxError};

/// Refuses characters that the API server's reader refuses anywhere in a text (`yaml_parser_update_buffer` of
/// `go.yaml.in/yaml/v2`, `readerc.go`): control characters except tabs and line breaks, and non-characters. Refuses byte order marks in front of a name, too.
pub(super) fn check(chunk: Chunk<'_>) -> Result<(), SyntaxError> {
    let unusual = chunk.text.bytes().filter(|byte| !matches!(byte, b'\n' | b' '..=b'~')).count();
    if unusual == 0 {
        return Ok(());
    }
    if let Some((index, character)) = chunk.text.char_indices().find(|(_, character)| is_forbidden(*character)) {
        let code = u32::from(character);
        let message =
            format!("the control character U+{code:04X} is not allowed in YAML: write it as an escape in double quotes");
        return Err(SyntaxError::new(position(chunk, index), message));
    }
    match second_mark(chunk) {
        Some(index) => Err(SyntaxError::new(position(chunk, index), "a byte order mark stands inside of the text: remove it")),
        None => Ok(()),
    }
}

/// Where a line begins with a byte order mark, which belongs to the name that follows it, unless it begins the chunk; of the
/// whole text it is taken away before.
fn second_mark(chunk: Chunk<'_>) -> Option<usize> {
    if chunk.lines_before == 0 && chunk.text.starts_with('\u{feff}') {
        return Some(0);
    }
    chunk.text.find("\n\u{feff}").map(|index| index + 1)
}

fn position(chunk: Chunk<'_>, index: usize) -> Position {
    let before = &chunk.text[..index];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: chunk.lines_before + before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        other => other.is_control(),
    }
}

/// Where [`join_surrogates`] made a text shorter.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// For each line, counted from one, the columns of the joined text right after its pairs.
    ends: HashMap<usize, Vec<usize>>,
}

impl Joined {
    /// The column of the original text that is at `column`, counted from one, of line `line` of the joined text.
    pub(super) fn original_column(&self, line: usize, column: usize) -> usize {
        let before = self.ends.get(&line).map_or(0, |ends| ends.partition_point(|end| *end <= column));
        column + before * (PAIR_LENGTH - ESCAPE_LENGTH)
    }
}

/// Writes the surrogate pairs of JSON text as the one escape that YAML has for such a character: `\ud83d\ude80` becomes
/// `\U0001f680`. The API server reads text that begins with `{` as JSON, where such pairs are usual.
pub(super) fn join_surrogates(text: &str) -> (Cow<'_, str>, Joined) {
    let is_json = text.trim_start().starts_with('{');
    if !is_json || !text.contains("\\ud") && !text.contains("\\uD") {
        return (text.into(), Joined::default());
    }
    let mut joined = Joined::default();
    let mut lines = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let (line, ends) = join_line(line);
        lines.push(line);
        if !ends.is_empty() {
            joined.ends.insert(index + 1, ends);
        }
    }
    (lines.join("\n").into(), joined)
}

/// The line with its pairs joined, and the columns right after them.
fn join_line(line: &str) -> (String, Vec<usize>) {
    let (mut joined, mut ends, mut column) = (String::with_capacity(line.len()), Vec::new(), 1);
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        column += before.chars().count();
        joined.push_str(before);
        if let Some(character) = surrogate_pair(escape) {
            let _ = write!(joined, "\\U{:08x}", u32::from(character));
            column += ESCAPE_LENGTH;
            ends.push(column);
            rest = &escape[PAIR_LENGTH..];
        } else {
            let end = escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end);
            column += escape[..end].chars().count();
            joined.push_str(&escape[..end]);
            rest = &escape[end..];
        }
    }
    joined.push_str(rest);
    (joined, ends)
}

/// The length of `\U0001f680`.
const ESCAPE_LENGTH: usize = 10;

/// The length of `\ud83d\ude80`.
const PAIR_LENGTH: usize = 12;

fn surrogate_pair(text: &str) -> Option<char> {
    let unit = |at: usize| u16::from_str_radix(text.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok();
    char::decode_utf16([unit(0)?, unit(6)?]).next()?.ok().filter(|character| *character > '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_refused_with_their_place() {
        let error = check(Chunk { text: "a: b\nä: \u{7}", start: 0, lines_before: 2 }).unwrap_err();
        assert_eq!((error.line, error.column), (4, 4));
        assert!(error.message.contains("U+0007"));
        assert_eq!(check(Chunk { text: "a: \t\u{85}\u{feff}🚀\r\n", start: 0, lines_before: 0 }), Ok(()));
    }

    #[test]
    fn surrogate_pairs_of_json_are_joined() {
        let (text, joined) = join_surrogates("{\"a\":\n \"ä\\ud83d\\ude80 \\\\ud83d\\ude80 \\u0041\"}");
        assert_eq!(text, "{\"a\":\n \"ä\\U0001f680 \\\\ud83d\\ude80 \\u0041\"}");
        let columns = [(1, 3), (2, 4), (2, 13), (2, 14), (2, 20)].map(|(line, column)| joined.original_column(line, column));
        assert_eq!(columns, [3, 4, 13, 16, 22]);
        assert_eq!(join_surrogates(r#"a: "\ud83d\ude80""#).0, r#"a: "\ud83d\ude80""#);
    }
}
