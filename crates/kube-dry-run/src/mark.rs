//! The part of a line that a finding is about.

use serde::Serialize;

use crate::lines::Lines;
use crate::yaml::Position;

/// How many bytes of a key or value are looked at to find its end.
const MAX_TOKEN_BYTES: usize = 4096;

/// A part of one line. Columns count Unicode characters from one; a byte order mark counts as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// The line, counted from one.
    pub line: usize,
    /// The first column of the part.
    pub column: usize,
    /// The first column after the part.
    pub end_column: usize,
}

impl Mark {
    /// The key or value that begins at `position`; `text` is what it means, if it is known to be a text.
    pub fn new(lines: &Lines, position: Position, text: Option<&str>) -> Self {
        let Position { line, column } = position;
        let length = token_length(lines.rest(line, column), text);
        Self { line, column, end_column: column + length }
    }
}

/// The characters of the key or value at the beginning of `rest`, at least one: a text to its end on this line, a list or
/// object in brackets to its bracket.
fn token_length(rest: &str, text: Option<&str>) -> usize {
    let rest = &rest[..rest.floor_char_boundary(MAX_TOKEN_BYTES)];
    let end = match rest.as_bytes().first() {
        Some(b' ' | b'\t') => 1,
        Some(b'"') => double_quoted(rest),
        Some(b'\'') => single_quoted(rest),
        Some(b'{' | b'[') => bracketed(rest),
        _ => text.filter(|text| !text.is_empty() && rest.starts_with(text)).map_or_else(|| plain(rest), str::len),
    };
    rest[..end].chars().count().max(1)
}

fn double_quoted(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => _ = characters.next(),
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn single_quoted(rest: &str) -> usize {
    let mut from = 1;
    while let Some(at) = rest[from..].find('\'') {
        let end = from + at + 1;
        if !rest[end..].starts_with('\'') {
            return end;
        }
        from = end + 1;
    }
    rest.len()
}

/// Where the bracket closes that `rest` begins with; right after it where this line does not close it.
fn bracketed(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(byte) = rest.as_bytes().get(at) {
        match byte {
            b'"' => at += double_quoted(&rest[at..]) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    1
}

fn plain(rest: &str) -> usize {
    let is_end = |(at, byte): (usize, &u8)| match byte {
        b',' | b'}' | b']' => true,
        b':' => matches!(rest.as_bytes().get(at + 1), None | Some(b' ' | b'\t')),
        b'#' => at > 0 && rest.as_bytes()[at - 1] == b' ',
        _ => false,
    };
    let end = rest.bytes().enumerate().position(|(at, byte)| is_end((at, &byte))).unwrap_or(rest.len());
    rest[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_covers_the_whole_token() {
        for (rest, text, length) in [
            ("image: nginx", None, 5),
            ("a, b # c", Some("a, b"), 4),
            ("80a, 90]", None, 3),
            ("x # c", None, 1),
            ("a#b:c", None, 5),
            (r#""ä\"b": 1"#, None, 6),
            ("'it''s' x", None, 7),
            ("'open", None, 5),
            (r#"{"a": "}", b: [1]}, c"#, None, 18),
            ("[1,", None, 1),
            ("|-", None, 2),
            ("", None, 1),
            (":", None, 1),
        ] {
            assert_eq!(token_length(rest, text), length, "{rest}");
        }
    }
}
