//! How Go writes values into messages: `strconv.Quote` for strings, `encoding/json` for everything with a type of its own.

use std::fmt::Write as _;

use serde_json::Value;

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

/// `text` as Go's `encoding/json` writes a string, which differs from `%q` in control characters and in `<`, `>`, `&`.
pub(super) fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_json_string(&mut out, text);
    out
}

/// `value` as Go's `encoding/json` writes it: compact, the keys in the order that they have.
pub(super) fn json(value: &Value) -> String {
    let mut out = String::new();
    push_json(&mut out, value);
    out
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

fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => push_escape(out, "\\u", 4, character),
            _ => out.push(character),
        }
    }
    out.push('"');
}

fn push_json(out: &mut String, value: &Value) {
    match value {
        Value::String(text) => push_json_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                push_json(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (position, (name, field)) in fields.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                push_json_string(out, name);
                out.push(':');
                push_json(out, field);
            }
            out.push('}');
        }
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
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
        assert_eq!(json_string("\u{1}\u{7f}"), "\"\\u0001\u{7f}\"");
    }
}
