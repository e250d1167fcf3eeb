//! How Go writes values into messages: `strconv.Quote` for strings, `encoding/json` for everything with a type of its own.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// `text` as Go's `%q` writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            ' '..='~' => out.push(character),
            '\0'..='\u{7f}' => push_escape(&mut out, "\\x", 2, character),
            _ if is_printable(character) => out.push(character),
            '\u{80}'..='\u{ffff}' => push_escape(&mut out, "\\u", 4, character),
            _ => push_escape(&mut out, "\\U", 8, character),
        }
    }
    out.push('"');
    out
}

/// `value` as Go's `encoding/json` writes it: compact, the keys in the order that they have. A string differs from `%q` in control
/// characters and in `<`, `>`, `&`.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    let mut out = Vec::new();
    // Memory takes everything, and nothing that is written here refuses to be.
    _ = value.serialize(&mut Serializer::with_formatter(&mut out, GoFormatter));
    String::from_utf8(out).unwrap_or_default()
}

/// Escapes the characters that Go escapes for the sake of HTML and JavaScript.
struct GoFormatter;

impl Formatter for GoFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let is_escaped = |character: char| matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        for part in fragment.split_inclusive(is_escaped) {
            let plain = part.trim_end_matches(is_escaped);
            out.write_all(plain.as_bytes())?;
            if let Some(escaped) = part[plain.len()..].chars().next() {
                write!(out, "\\u{:04x}", u32::from(escaped))?;
            }
        }
        Ok(())
    }
}

/// What Go's `unicode.IsPrint` says of a character that is not ASCII. Rust escapes for debugging the very same categories
/// (controls, formats, surrogates, private use, unassigned, separators), apart from combining marks at the start of a text.
pub(super) fn is_printable(character: char) -> bool {
    let text: String = ['a', character].into_iter().collect();
    text.escape_debug().count() == 2
}

fn push_escape(out: &mut String, prefix: &str, width: usize, character: char) {
    let _ = write!(out, "{prefix}{:0width$x}", u32::from(character));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn quotes_as_go_does() {
        assert_eq!(quoted("a\"b\\c"), r#""a\"b\\c""#);
        assert_eq!(quoted("\n\t\u{1}\u{7f}"), r#""\n\t\x01\x7f""#);
        assert_eq!(quoted("ä日🙂\u{301}"), "\"ä日🙂\u{301}\"");
        assert_eq!(quoted("\u{a0}\u{feff}\u{e0001}"), r#""\u00a0\ufeff\U000e0001""#);
    }

    #[test]
    fn writes_json_as_go_does() {
        assert_eq!(json(&json!({"b": "<&>", "a": [1, null, true]})), r#"{"b":"\u003c\u0026\u003e","a":[1,null,true]}"#);
        assert_eq!(json("\u{1}\u{7f}\u{8}\n<<\u{2028}a&"), "\"\\u0001\u{7f}\\b\\n\\u003c\\u003c\\u2028a\\u0026\"");
    }
}
