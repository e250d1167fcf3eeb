//! Whether a text has comments, which no document can keep.

use saphyr_parser::{Event, Parser};

/// True if `text` has a `#` that begins a comment. The scalars, in which a `#` is content, are looked up only if there is a
/// `#` in a place where a comment could begin.
pub(super) fn has_comments(text: &str) -> bool {
    let mut candidates = candidates(text).peekable();
    if candidates.peek().is_none() {
        return false;
    }
    let mut scalars = Parser::new_from_str(text).map_while(Result::ok).filter_map(|(event, span)| match event {
        Event::Scalar(..) => Some((span.start.index(), span.end.index())),
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

/// The places, counted in characters, of each `#` at the beginning of a line or after a blank.
fn candidates(text: &str) -> impl Iterator<Item = usize> {
    let mut before = '\n';
    text.chars().enumerate().filter_map(move |(index, character)| {
        let begins = character == '#' && matches!(before, ' ' | '\t' | '\n' | '\r');
        before = character;
        begins.then_some(index)
    })
}
