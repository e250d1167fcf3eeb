//! Foreign text on the way to a terminal.

use std::borrow::Cow;

/// `text` with a visible sign in the place of every character that a terminal could obey instead of showing it: control
/// characters, and those that turn the direction of writing; a tab becomes a space. The number of characters stays.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_obeyed) { text.chars().map(sign).collect::<String>().into() } else { text.into() }
}

/// As [`printable`], and not longer than `most` characters: what is beyond becomes `…`.
pub(super) fn brief(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", printable(&text[..end])).into(),
        None => printable(text),
    }
}

/// True if a terminal may do something else than show `character`.
pub(super) fn is_obeyed(character: char) -> bool {
    let turns =
        matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    turns || character.is_control()
}

fn sign(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{7f}' => '␡',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER),
        other if is_obeyed(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_becomes_visible() {
        assert_eq!(printable("\u{1b}[31m\u{9b}1m\r\n\0\u{7f}\u{202e}\tä🚀"), "␛[31m\u{fffd}1m␍␊␀␡\u{fffd} ä🚀");
        assert!(matches!(printable("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(brief("äöü", 3), "äöü");
        assert_eq!(brief("äöü\u{1b}", 3), "äöü…");
    }
}
