//! The names of fields.

use serde_json::Value;

use super::float_key;
use super::node::ScalarStyle;
use super::resolve::{self, Meaning};
use crate::go_text;

/// The name of a field.
pub(super) struct Key {
    /// The name as JSON has it.
    pub(super) text: String,
    /// True if it was a text before.
    is_text: bool,
}

/// The key that a scalar is, as `convertToJSONableObject` of `sigs.k8s.io/yaml` makes a text of it.
///
/// # Errors
/// Why it can be none.
pub(super) fn of_scalar(text: String, style: ScalarStyle, tag: Option<&str>) -> Result<Key, String> {
    let text = resolve::decoded(text, tag)?;
    let other = |text: String| Ok(Key { text, is_text: false });
    match resolve::meaning(&text, style, tag)? {
        Meaning::Text => Ok(Key::of_text(text)),
        Meaning::Bool(value) => other(value.to_string()),
        Meaning::Integer(value) => other(value.to_string()),
        Meaning::Float(value) => other(float_key::text(value)),
        Meaning::Unsigned(_) => Err("a key must be a string, this one is a number beyond 64 bits: quote it".to_owned()),
        Meaning::Null => Err("a key must be a string, this one is null: quote it".to_owned()),
    }
}

/// The key that a value is, which stands behind an alias.
///
/// # Errors
/// Why it can be none.
pub(super) fn of_value(value: Value) -> Result<Key, String> {
    match value {
        Value::String(text) => Ok(Key::of_text(text)),
        Value::Array(_) | Value::Object(_) => Err("a key must be a string, this one is a list or an object".to_owned()),
        other => of_scalar(if other.is_null() { String::new() } else { other.to_string() }, ScalarStyle::Plain, None),
    }
}

impl Key {
    /// The key that is a text.
    pub(super) fn of_text(text: String) -> Self {
        Self { text, is_text: true }
    }

    /// The key as Go's `%#v` writes it.
    pub(super) fn shown(&self) -> String {
        if self.is_text { go_text::quoted(&self.text) } else { self.text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_texts_or_become_such() {
        let key = |text: &str| of_scalar(text.to_owned(), ScalarStyle::Plain, None).map(|key| key.text);
        for (written, text) in [
            ("a", "a"),
            ("y", "true"),
            ("017", "15"),
            ("1.50", "1.5"),
            ("1e6", "1e+06"),
            (".inf", ".inf"),
            ("-.INF", "-.inf"),
            (".NaN", ".nan"),
        ] {
            assert_eq!(key(written).as_deref(), Ok(text));
        }
        for written in ["", "~", "18446744073709551615"] {
            assert!(key(written).is_err(), "{written}");
        }
        assert_eq!(of_value(Value::from(1)).unwrap().text, "1");
        assert!(of_value(Value::Null).is_err());
    }
}
