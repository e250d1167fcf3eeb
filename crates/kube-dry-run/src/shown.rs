//! Parts of a document in a sentence.

use std::borrow::Cow;

/// How many characters of a text are shown: as many as the name of a container or a volume may have.
pub const MAX_SHOWN: usize = 63;

/// `text`, or the beginning of a long one with `…` behind it.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// `names` as a sentence lists them, each in backquotes, at most five of them: `` `a`, `b` and `c` ``.
#[must_use]
pub fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>, conjunction: &str) -> String {
    const MAX_LISTED: usize = 5;
    let count = names.len();
    let mut quoted: Vec<_> = names.take(MAX_LISTED).map(|name| format!("`{}`", shown(name))).collect();
    if count > MAX_LISTED {
        quoted.push(format!("{} more", count - MAX_LISTED));
    }
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {conjunction} {last}", first.join(", ")),
        quoted => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_like_words() {
        let all = |names: &[&str]| listed(names.iter().copied(), "and");
        assert_eq!(all(&[]), "");
        assert_eq!(all(&["a"]), "`a`");
        assert_eq!(all(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(all(&["a", "b", "c", "d", "e", "f", "g"]), "`a`, `b`, `c`, `d`, `e` and 2 more");
        assert_eq!(shown(&"ä".repeat(64)), format!("{}…", "ä".repeat(63)));
        assert_eq!(shown(&"ä".repeat(63)), "ä".repeat(63));
    }
}
