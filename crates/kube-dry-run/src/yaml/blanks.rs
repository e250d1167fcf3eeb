//! What stands between the parts of a text: blanks, line breaks and comments, as libyaml knows them.

use super::line_breaks::is_line_break;

/// True of a space and a tab.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// `text` from its first character on that is neither a blank nor a line break nor part of a comment.
pub(super) fn skip(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|character| is_blank(character) || is_line_break(character));
        if !rest.starts_with('#') {
            return rest;
        }
        rest = &rest[rest.find(is_line_break).unwrap_or(rest.len())..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_skipped() {
        assert_eq!(skip(" \t# a\r\n\u{2028}#b\nc # d"), "c # d");
        assert_eq!(skip("# a"), "");
    }
}
