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
    Cow::Owned(start.chain(['…']).chain(end.into_iter().rev()).collect())
}

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
}
