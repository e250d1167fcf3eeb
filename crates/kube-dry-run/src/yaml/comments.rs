//! Whether a text has comments, which no document can keep.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// True if `text` has a `#` that begins a comment. The scalars, in which a `#` is content, are looked up only if there is a
/// `#` in a place where a comment could begin.
pub(super) fn has_comments(text: &str) -> bool {
    if !text.contains('#') {
        return false;
    }
    let characters: Vec<char> = text.chars().collect();
    let mut candidates = (0..characters.len()).filter(|index| may_begin_comment(&characters, *index)).peekable();
    if candidates.peek().is_none() {
        return false;
    }
    let mut scalars = Parser::new_from_str(text).map_while(Result::ok).filter_map(|(event, span)| match event {
        Event::Scalar(_, style, ..) => {
            Some((span.start.index(), end_of(style, &characters, span.start.index(), span.end.index())))
        }
        _ => None,
    });
    let mut scalar = scalars.next();
    candidates.any(|candidate| {
        while scalar.is_some_and(|(_, end)| end <= candidate) {
            scalar = scalars.next();
        }
        scalar.is_none_or(|(start, _)| candidate < start)
    })
}

fn may_begin_comment(characters: &[char], index: usize) -> bool {
    characters[index] == '#' && (index == 0 || matches!(characters[index - 1], ' ' | '\t' | '\n' | '\r'))
}

/// Where the scalar really ends: the parser counts what follows a closing quote on its line to the scalar.
fn end_of(style: ScalarStyle, characters: &[char], start: usize, end: usize) -> usize {
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return end,
    };
    let mut index = (start..end).find(|index| characters.get(*index) == Some(&quote)).unwrap_or(end) + 1;
    while index < end {
        let is_escape = match style {
            ScalarStyle::DoubleQuoted => characters.get(index) == Some(&'\\'),
            _ => characters.get(index..index + 2) == Some(&[quote, quote][..]),
        };
        if !is_escape && characters.get(index) == Some(&quote) {
            return index + 1;
        }
        index += if is_escape { 2 } else { 1 };
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_a_comment_outside_of_scalars_only() {
        for with in [
            "# x",
            "a: 1 # x",
            "a: |\n  # y\n# x\nb: 2\n",
            r##"a: "# y" # x"##,
            r#"a: "\" #" # x"#,
            "a: ' '' # y' # x",
            "[\"x\" # y\n]",
            "a: b#c # x",
        ] {
            assert!(has_comments(with), "{with}");
        }
        for without in [
            "",
            "a: b#c",
            r#"a: "x # y""#,
            r#"a: "x\" # y""#,
            "a: ' # y'",
            "a: ' '' # y'",
            "a: |\n  # y\n  z\nb: c",
            "a: >-\n  x\n  # y\n",
            r##""# k": 1"##,
            "ä: '# y'",
        ] {
            assert!(!has_comments(without), "{without}");
        }
    }
}
