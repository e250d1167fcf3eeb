//! A value in words.

use std::fmt;

use serde_json::Value;

/// How much of a text is shown.
const SHOWN: usize = 60;

/// Writes what a value is: `the text "80a"`, `the number 7`, `a list`.
pub(super) struct Described<'a>(pub(super) &'a Value);

impl fmt::Display for Described<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => formatter.write_str("null"),
            Value::Bool(value) => write!(formatter, "the boolean {value}"),
            Value::Number(number) => write!(formatter, "the number {number}"),
            Value::String(text) => match text.char_indices().nth(SHOWN) {
                Some((end, _)) => write!(formatter, "the text {:?}", format!("{}…", &text[..end])),
                None => write!(formatter, "the text {text:?}"),
            },
            Value::Array(_) => formatter.write_str("a list"),
            Value::Object(_) => formatter.write_str("an object"),
        }
    }
}

/// What to do about `value` where a text is wanted.
pub(super) fn text_advice(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "put it in quotes; y, yes, on, n, no and off without quotes are booleans too",
        Value::Number(_) => "put it in quotes",
        _ => "",
    }
}

/// What to do about `value` where a number or a boolean is wanted that it `would_be` without quotes.
pub(super) fn quotes_advice(would_be: bool) -> &'static str {
    if would_be { "leave out the quotes" } else { "" }
}
