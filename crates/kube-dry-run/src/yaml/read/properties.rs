//! Where a scalar begins behind its anchor and its tag.

use crate::yaml::blanks::{is_blank, skip};
use crate::yaml::line_breaks::is_line_break;

/// How many bytes of `text` are an anchor, a tag, and the blanks, line breaks and comments behind them.
pub(super) fn length(text: &str) -> usize {
    let mut rest = text;
    for _ in 0..2 {
        let property = property_length(rest);
        if property == 0 {
            break;
        }
        rest = skip(&rest[property..]);
    }
    text.len() - rest.len()
}

fn property_length(text: &str) -> usize {
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    if let Some(anchor) = text.strip_prefix('&') {
        return 1 + anchor.find(|character| !is_name(character)).unwrap_or(anchor.len());
    }
    if text.starts_with("!<") {
        return text.find('>').map_or(text.len(), |end| end + 1);
    }
    if text.starts_with('!') {
        return text.find(|character| is_blank(character) || is_line_break(character)).unwrap_or(text.len());
    }
    0
}
