//! How wide a text becomes, which an SVG does not say: no narrower than in the wide fonts that stand for `system-ui` and
//! `ui-monospace` where there is no better one, `DejaVu Sans` and `DejaVu Sans Mono`.

use std::borrow::Cow;

use crate::shorten::shorten;

/// The letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Sans,
    Bold,
    Mono,
}

/// The advance of every character that is as wide as the others, in thousandths of the size.
const MONO_ADVANCE: usize = 605;

impl Face {
    /// The advance of `character`, in thousandths of the size.
    fn advance(self, character: char) -> usize {
        let regular = match character {
            _ if !character.is_ascii() => 1100,
            _ if self == Self::Mono => return MONO_ADVANCE,
            'i' | 'j' | 'l' | 'I' | 'f' | 't' | ' ' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | '/' | '-' | '(' | ')' | '['
            | ']' => 430,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 1000,
            'A'..='Z' | '&' | '#' | '$' | '<' | '>' | '=' | '+' | '~' | '^' => 840,
            _ => 640,
        };
        if self == Self::Bold { regular * 112 / 100 } else { regular }
    }

    /// The width of `text` at `size`, both in units of the picture.
    pub(super) fn width(self, text: &str, size: i32) -> i32 {
        scaled(text.chars().map(|character| self.advance(character)).sum(), size)
    }

    /// The width of `text` at `size`, where it is the same in all fonts but for a hair: where every character is as wide as the
    /// others.
    pub(super) fn length(self, text: &str, size: i32) -> Option<i32> {
        let is_even = self == Self::Mono && text.chars().all(|character| character.is_ascii() || character == '…');
        is_even.then(|| scaled(text.chars().count() * MONO_ADVANCE, size)).filter(|length| *length > 0)
    }

    /// `text` cut in its middle so that it is at most `room` wide.
    pub(super) fn fit(self, text: &str, size: i32, room: i32) -> Cow<'_, str> {
        let most = usize::try_from(room * 3 / size.max(1)).unwrap_or_default();
        let fits = |columns: &usize| self.width(&shorten(text, *columns), size) <= room;
        shorten(text, (0..=most).rev().find(fits).unwrap_or_default())
    }
}

/// `advance`, in thousandths of the `size`, in units of the picture.
fn scaled(advance: usize, size: i32) -> i32 {
    signed((advance * usize::try_from(size).unwrap_or_default()).div_ceil(1000))
}

/// Counts here are of what is drawn, which is little.
pub(super) fn signed(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_its_room() {
        assert_eq!(Face::Mono.fit("/usr/share/nginx/html", 11, 140), "/usr/share/nginx/html");
        assert_eq!(Face::Mono.fit("/usr/share/nginx/html", 11, 100), "/usr/s…nx/html");
        assert_eq!(Face::Bold.fit("mmmmmmmmmm", 13, 60), "m…mm");
        assert_eq!(Face::Sans.fit("", 11, 0), "");
    }

    #[test]
    fn only_the_length_of_even_letters_is_certain() {
        assert_eq!(Face::Mono.length("/usr/s…nx/html", 100), Some(847));
        for (face, text) in [(Face::Mono, ""), (Face::Mono, "/日"), (Face::Sans, "html"), (Face::Bold, "html")] {
            assert_eq!(face.length(text, 100), None, "{text}");
        }
    }

    #[test]
    fn bold_letters_take_more_room_and_those_of_one_width_the_same() {
        assert!(Face::Bold.width("volume", 12) > Face::Sans.width("volume", 12));
        assert_eq!(Face::Mono.width("iii", 100), Face::Mono.width("mmm", 100));
    }
}
