//! What ends a line in YAML 1.1, and so where a place of a text is.

use memchr::{memchr_iter, memchr2};

use super::Position;

/// True of the characters that end a line: line feed, carriage return (both together end one line), and the breaks of
/// Unicode, U+0085, U+2028 and U+2029, which YAML 1.2 and most editors no longer take for such.
pub(crate) fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The position behind `text`, which begins at `at`.
pub(super) fn advance(at: Position, text: &str) -> Position {
    let mut characters = text.chars().peekable();
    let mut here = at;
    while let Some(character) = characters.next() {
        let is_half = character == '\r' && characters.peek() == Some(&'\n');
        here = match character {
            _ if is_half => here,
            _ if is_line_break(character) => Position { line: here.line + 1, column: 1 },
            _ => Position { column: here.column + 1, ..here },
        };
    }
    here
}

/// How many lines `text` ends.
pub(crate) fn count(text: &str) -> usize {
    let of = |searched: u8| memchr_iter(searched, text.as_bytes()).count();
    let (feeds, returns) = (of(b'\n'), of(b'\r'));
    let pairs = if returns > 0 { text.matches("\r\n").count() } else { 0 };
    let is_rare = |character: &char| !character.is_ascii() && is_line_break(*character);
    let rare = if text.is_ascii() { 0 } else { text.chars().filter(is_rare).count() };
    feeds + returns - pairs + rare
}

/// The lines of `text`, each with its line break, as Kubernetes' reader counts them.
pub fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let line_end = if text.is_ascii() { first_line_end_of_ascii } else { first_line_end };
    std::iter::from_fn(move || {
        let (line, after) = rest.split_at(line_end(rest));
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// Where the first line of `text` ends, behind its line break.
fn first_line_end(text: &str) -> usize {
    // The first bytes of line breaks; no character has them further inside.
    let may_break = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0xc2 | 0xe2);
    let line_end = |at: usize| match &text[at..] {
        pair if pair.starts_with("\r\n") => Some(at + 2),
        rest => rest.strip_prefix(is_line_break).map(|after| text.len() - after.len()),
    };
    let places = text.bytes().enumerate().filter(|(_, byte)| may_break(byte));
    places.map(|(at, _)| at).find_map(line_end).unwrap_or(text.len())
}

/// The same of a text of ASCII alone.
fn first_line_end_of_ascii(text: &str) -> usize {
    match memchr2(b'\n', b'\r', text.as_bytes()) {
        Some(at) if text[at..].starts_with("\r\n") => at + 2,
        Some(at) => at + 1,
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_the_text() {
        let text = "a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}ö";
        assert_eq!(split_lines(text).collect::<Vec<_>>(), ["a\n", "b\r\n", "c\r", "d\u{85}", "e\u{2028}", "f\u{2029}", "ö"]);
        assert_eq!(split_lines("a\n\nb\r\nc\rd").collect::<Vec<_>>(), ["a\n", "\n", "b\r\n", "c\r", "d"]);
        assert_eq!(split_lines("").count(), 0);
    }

    #[test]
    fn lines_end_at_every_break() {
        let text = "a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}ö";
        assert_eq!(count(text), 6);
        assert_eq!((count("a\n\r\n\n"), count("\r\r"), count("ä")), (3, 2, 0));
        assert_eq!(advance(Position { line: 3, column: 5 }, text), Position { line: 9, column: 2 });
    }
}
