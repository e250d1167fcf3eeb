//! Quotes of a shell.

/// The quote that a text of a shell stands in behind `character`, before which it stood in `quote`.
pub(crate) fn within(quote: Option<char>, character: char) -> Option<char> {
    match quote {
        None => Some(character).filter(|character| matches!(character, '\'' | '"')),
        Some(open) => (open != character).then_some(open),
    }
}
