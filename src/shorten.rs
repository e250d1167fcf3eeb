//! Long texts where only a glance at them is wanted: labels, headings, messages, pictures.

use std::borrow::Cow;

/// `text` cut in its middle so that it takes at most `columns`, where a character outside of ASCII takes two, which is no more
/// than it has bytes. What is left out is not looked at, however long it is.
#[must_use]
pub fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    let has_room = text.len() <= columns;
    if has_room || fitting(text.chars(), columns).count() == text.chars().take(columns + 1).count() {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(1);
    let start = fitting(text.chars(), room / 2);
    let end: Vec<char> = fitting(text.chars().rev(), room - room / 2).collect();
    Cow::Owned(start.chain([ELLIPSIS]).chain(end.into_iter().rev()).collect())
}

/// The beginning of `text` in at most `columns`, counted as [`shorten`] does, up to the end of a word if one ends in its second half.
#[must_use]
pub fn beginning(text: &str, columns: usize) -> Cow<'_, str> {
    let fits = |text: &str, columns| fitting(text.chars(), columns).map(char::len_utf8).sum::<usize>();
    if fits(text, columns) == text.len() {
        return Cow::Borrowed(text);
    }
    let start = &text[..fits(text, columns.saturating_sub(columns_of(ELLIPSIS)))];
    let goes_on = text[start.len()..].starts_with(|next: char| !next.is_whitespace());
    let word_end = start.rfind(char::is_whitespace).filter(|end| goes_on && *end > start.len() / 2);
    let words = start[..word_end.unwrap_or(start.len())].trim_end();
    Cow::Owned(format!("{words}{ELLIPSIS}"))
}

const ELLIPSIS: char = '…';

fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    characters.scan(columns, |left, character| {
        *left = left.checked_sub(columns_of(character))?;
        Some(character)
    })
}

fn columns_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_in_the_middle() {
        assert_eq!(shorten("nginx:1.29-alpine", 17), "nginx:1.29-alpine");
        assert_eq!(shorten("registry.example.com/team/app:1.0", 17), "registry…/app:1.0");
        assert_eq!(shorten("häuser", 7), "häuser");
        assert_eq!(shorten("日本語日本語", 7), "日…語");
        assert_eq!(shorten("abc", 0), "…");
        assert_eq!(shorten("", 0), "");
    }

    #[test]
    fn begins_with_whole_words() {
        assert_eq!(beginning("one two three", 13), "one two three");
        assert_eq!(beginning("one two three", 12), "one two…");
        assert_eq!(beginning("one two three", 9), "one two…");
        assert_eq!(beginning("a verylongwordindeed", 12), "a verylong…");
        assert_eq!(beginning("日本語日本語", 8), "日本語…");
        assert_eq!(beginning("abc", 0), "…");
        assert_eq!(beginning("", 0), "");
    }
}
