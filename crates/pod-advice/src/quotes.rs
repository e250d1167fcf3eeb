//! Typographic quotes around a value, of which YAML knows nothing.

/// The first bytes of [`QUOTES`].
const FIRST_BYTES: [u8; 3] = [0xc2, 0xe2, 0xef];

const QUOTES: [char; 16] = [
    '\u{ab}', '\u{b4}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2032}',
    '\u{2033}', '\u{2039}', '\u{203a}', '\u{ff02}', '\u{ff07}',
];

/// What stands between the quotes of a value that begins and ends with them.
pub(crate) fn unquoted(value: &str) -> Option<&str> {
    let begins = value.as_bytes().first().is_some_and(|byte| FIRST_BYTES.contains(byte)) && value.starts_with(QUOTES);
    (begins && value.ends_with(QUOTES)).then(|| value.trim_matches(QUOTES))
}

/// True of such a quote.
pub(crate) fn is_quote(character: char) -> bool {
    QUOTES.contains(&character)
}
