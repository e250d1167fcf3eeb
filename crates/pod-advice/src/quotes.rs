//! Typographic quotes around a value, of which YAML knows nothing.

/// The first bytes of [`QUOTES`].
const FIRST_BYTES: [u8; 2] = [0xc2, 0xe2];

const QUOTES: [char; 9] =
    ['\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'];

/// What stands between the quotes of a value that begins and ends with them.
pub(crate) fn unquoted(value: &str) -> Option<&str> {
    let begins = value.as_bytes().first().is_some_and(|byte| FIRST_BYTES.contains(byte)) && value.starts_with(QUOTES);
    (begins && value.ends_with(QUOTES)).then(|| value.trim_matches(QUOTES))
}

/// True of such a quote.
pub(crate) fn is_quote(character: char) -> bool {
    QUOTES.contains(&character)
}
