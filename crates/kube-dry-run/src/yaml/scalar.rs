//! How a text is written so that it comes back as the same text.

use std::fmt::Write;

use super::resolve::{Meaning, plain};

/// The longest key that every reader finds without a `?` before it (they look 1,024 characters ahead).
const MAX_SIMPLE_KEY: usize = 1000;

/// Words that some reader takes for something else than a text, in lower case.
const WORDS: [&str; 14] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", ".nan", ".inf", "infinity"];

/// Writes `text` on one line: without quotes where every reader takes it for this text, else in quotes.
pub(super) fn write_inline(out: &mut String, text: &str) {
    if is_plain(text) { out.push_str(text) } else { write_quoted(out, text, false) }
}

/// Writes `text` in the quotes that make it easier to read; in single ones if they are preferred and both do.
pub(super) fn write_quoted(out: &mut String, text: &str, prefers_single: bool) {
    let is_single = (prefers_single || text.contains(['"', '\\'])) && fits_single_quotes(text);
    if is_single { write_single_quoted(out, text) } else { write_double_quoted(out, text) }
}

/// True if single quotes, which know no escapes, can hold `text` on one line for every reader.
pub(super) fn fits_single_quotes(text: &str) -> bool {
    !text.chars().any(needs_escape)
}

/// Writes `text` in single quotes, which must be able to hold it.
pub(super) fn write_single_quoted(out: &mut String, text: &str) {
    let _ = write!(out, "'{}'", text.replace('\'', "''"));
}

/// True if the key written as `written` must be introduced by a `?`.
pub(super) fn is_long_key(written: &str) -> bool {
    written.len() > MAX_SIMPLE_KEY
}

/// The header of the block literal for `text`, such as `|-`, if a literal can hold it for every reader.
pub(super) fn literal_header(text: &str) -> Option<&'static str> {
    let body = text.trim_end_matches('\n');
    let last_line = body.rsplit('\n').next().unwrap_or_default();
    let writable = text.contains('\n')
        && !last_line.trim_matches([' ', '\t']).is_empty()
        && !text.chars().any(|character| needs_escape(character) && !matches!(character, '\n' | '\t'));
    let indented = text.trim_start_matches('\n').starts_with([' ', '\t']);
    writable.then_some(match (text.len() - body.len(), indented) {
        (0, false) => "|-",
        (0, true) => "|2-",
        (1, false) => "|",
        (1, true) => "|2",
        (_, false) => "|+",
        (_, true) => "|2+",
    })
}

/// True if every reader takes `text` for itself where it stands without quotes, outside of brackets.
pub(super) fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let begins_well = match bytes.next() {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'_' | b'$' | b'(' | b'.' | b'+' | b'\\') => true,
        Some(b'-') => bytes.next().is_some_and(|second| second.is_ascii_alphanumeric() || second == b'-'),
        Some(first) => first >= 0x80,
        None => false,
    };
    begins_well && !text.chars().any(needs_escape) && !has_indicator(text) && !is_misread(text)
}

/// True if every reader takes `text` for itself where it stands without quotes in brackets or braces.
pub(super) fn is_plain_in_flow(text: &str) -> bool {
    is_plain(text) && !text.contains([',', '[', ']', '{', '}']) && !text.contains(":?")
}

/// True if something inside of `text` ends a plain scalar, or the text could be taken for a document marker.
fn has_indicator(text: &str) -> bool {
    let marker = text.starts_with("---") || text.starts_with("...");
    marker || text.ends_with([':', ' ']) || text.contains(": ") || text.contains(" #")
}

/// True if a reader of YAML 1.1 or 1.2 takes the plain `text` for something else than a text.
fn is_misread(text: &str) -> bool {
    plain(text) != Meaning::Text || is_word(text) || is_numeric(text)
}

fn is_word(text: &str) -> bool {
    let word = text.strip_prefix(['+', '-']).unwrap_or(text);
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// True of numbers, dates and times of YAML 1.1 and of what resembles them.
fn is_numeric(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let prefixed = digits.len() > 2
        && digits.starts_with('0')
        && matches!(digits.as_bytes()[1], b'x' | b'X' | b'o' | b'O' | b'b' | b'B')
        && digits[2..].bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_');
    prefixed || is_decimal(digits) || is_sexagesimal(digits) || is_date(digits)
}

fn is_decimal(digits: &str) -> bool {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let of_digits = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_' | b'.'));
    !mantissa.is_empty() && of_digits(mantissa) && of_digits(exponent) && mantissa.matches('.').count() < 2
}

fn is_sexagesimal(digits: &str) -> bool {
    digits.contains(':') && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_' | b':' | b'.'))
}

fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let of_digits = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    text.starts_with(|first: char| first.is_ascii_digit())
        && of_digits(parts.next())
        && of_digits(parts.next())
        && parts.next().is_some_and(|day| day.starts_with(|first: char| first.is_ascii_digit()))
}

/// True of characters that no reader, or no person, sees as they are: control characters, the line breaks of YAML 1.1,
/// invisible spaces and direction marks, and what YAML calls not printable.
fn needs_escape(character: char) -> bool {
    match character {
        ' '..='~' => false,
        '\u{a0}'
        | '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{feff}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff0}'..='\u{ffff}' => true,
        _ => character.is_control(),
    }
}

/// Writes `text` in double quotes.
pub(super) fn write_double_quoted(out: &mut String, text: &str) {
    write_escaped(out, text, |out, code| {
        let _ = if code < 0x100 { write!(out, "\\x{code:02x}") } else { write!(out, "\\u{code:04x}") };
    });
}

/// Writes `text` in double quotes as JSON and YAML both read it.
pub(super) fn write_json(out: &mut String, text: &str) {
    write_escaped(out, text, |out, code| {
        let _ = write!(out, "\\u{code:04x}");
    });
}

fn write_escaped(out: &mut String, text: &str, write_code: impl Fn(&mut String, u32)) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if !needs_escape(other) => out.push(other),
            other => write_code(out, u32::from(other)),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        write_inline(&mut out, text);
        out
    }

    #[test]
    fn what_people_write_without_quotes_stays_so() {
        for text in [
            "nginx:1.27-alpine",
            "/usr/share/nginx/html",
            "100m",
            "1.5Gi",
            "-c",
            "--flag=value",
            "127.0.0.1",
            "$(VAR)",
            "while true; do date >> /x; done",
            "a's",
            "e",
            "日本 🚀",
        ] {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn what_a_reader_could_misread_is_quoted() {
        for text in [
            "",
            "yes",
            "N",
            "~",
            "1",
            "1e3",
            "017",
            "12:30:45",
            "2024-01-01",
            "NaN",
            "=",
            "<<",
            "- x",
            "a: b",
            "a #",
            "x ",
            ".",
            "---x",
        ] {
            assert_eq!(written(text), format!("\"{text}\""));
        }
        assert_eq!(written("{\"it's\": 1}"), "'{\"it''s\": 1}'");
        assert_eq!(written("\t\u{7}\u{2028}\"\\"), "\"\\t\\x07\\u2028\\\"\\\\\"");
    }

    #[test]
    fn literals_hold_what_they_can() {
        for (text, header) in [
            ("a\nb", Some("|-")),
            ("a\n\tb\n", Some("|")),
            ("a\n\n", Some("|+")),
            ("\n a\n", Some("|2")),
            ("\ta\nb", Some("|2-")),
            ("a", None),
            ("\n", None),
            ("a\n ", None),
            ("a\r\nb", None),
            ("a\u{85}\nb", None),
        ] {
            assert_eq!(literal_header(text), header, "{text:?}");
        }
    }
}
