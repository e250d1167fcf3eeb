//! What stands between the parts of a text: blanks, line breaks and comments, as libyaml knows them.

use super::Position;

/// True of a space and a tab.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// True of the line breaks of YAML 1.1, of which a carriage return and a line feed are one.
pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `text` from its first character on that is neither a blank nor a line break nor part of a comment.
pub(super) fn skip(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|character| is_blank(character) || is_break(character));
        if !rest.starts_with('#') {
            return rest;
        }
        rest = &rest[rest.find(is_break).unwrap_or(rest.len())..];
    }
}

/// The position behind `text`, which begins at `at`.
pub(super) fn advance(at: Position, text: &str) -> Position {
    let mut characters = text.chars().peekable();
    let mut here = at;
    while let Some(character) = characters.next() {
        let is_half = character == '\r' && characters.peek() == Some(&'\n');
        here = match character {
            _ if is_half => here,
            _ if is_break(character) => Position { line: here.line + 1, column: 1 },
            _ => Position { column: here.column + 1, ..here },
        };
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_skipped() {
        assert_eq!(skip(" \t# a\r\n\u{2028}#b\nc # d"), "c # d");
        assert_eq!(skip("# a"), "");
    }

    #[test]
    fn positions_count_characters_and_lines() {
        let at = Position { line: 2, column: 3 };
        assert_eq!(advance(at, "äb"), Position { line: 2, column: 5 });
        assert_eq!(advance(at, "a\r\nb\u{85}\n\rc"), Position { line: 6, column: 2 });
    }
}
