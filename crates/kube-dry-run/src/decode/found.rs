//! A value in words, where another one is wanted.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::path::Path;
use crate::shown::{MAX_SHOWN, shown};
use crate::yaml::Positions;

/// A value of a document, and how the text that the document was read from writes it.
pub(super) struct Found<'a> {
    pub(super) value: &'a Value,
    /// The number or boolean as the text has it without quotes; `None` of other values, and without a text.
    pub(super) unquoted: Option<Cow<'a, str>>,
}

impl<'a> Found<'a> {
    /// The `value` at `field` of a document whose fields have `positions` in its text, if it has one.
    pub(super) fn new(value: &'a Value, field: &Path, positions: Option<&'a Positions>) -> Self {
        Self { value, unquoted: positions.and_then(|positions| positions.unquoted(field, value)) }
    }

    /// The value without a word about how it is written, unless it is written as something else than it is: for errors that
    /// quotes would not mend.
    pub(super) fn unless_misleading(mut self) -> Self {
        self.unquoted = self.unquoted.filter(|written| *written != self.value.to_string());
        self
    }

    /// How the text should write the value so that it is a text; `None` if that is not known, or too long to show.
    pub(super) fn in_quotes(&self) -> Option<String> {
        let written = self.unquoted.as_ref()?;
        (written.len() <= MAX_SHOWN).then(|| format!("\"{written}\""))
    }
}

/// Writes what a value is: `this is the string "80a"`, `this is a list`, or, where the text shows something else than what is
/// read, how it is read: `` `0644` without quotes is the number 420 in Kubernetes' YAML ``.
impl fmt::Display for Found<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(written) = &self.unquoted else {
            return write!(formatter, "this is {}", Described(self.value));
        };
        write!(formatter, "`{}` without quotes is ", shown(written))?;
        match self.value {
            Value::Bool(_) => formatter.write_str("a boolean")?,
            Value::Number(number) if number.to_string() == **written => formatter.write_str("a number")?,
            other => Described(other).fmt(formatter)?,
        }
        formatter.write_str(if is_json(written) { "" } else { " in Kubernetes' YAML" })
    }
}

/// Writes what a value is: `the string "80a"`, `the number 7`, `a list`.
struct Described<'a>(&'a Value);

impl fmt::Display for Described<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => formatter.write_str("null"),
            Value::Bool(value) => write!(formatter, "the boolean {value}"),
            Value::Number(number) => write!(formatter, "the number {number}"),
            Value::String(text) => write!(formatter, "the string {:?}", shown(text)),
            Value::Array(_) => formatter.write_str("a list"),
            Value::Object(_) => formatter.write_str("an object"),
        }
    }
}

/// True if JSON, and with it every YAML, reads `written` as the same value.
fn is_json(written: &str) -> bool {
    serde_json::from_str::<Value>(written).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(value: &Value, unquoted: Option<&str>) -> String {
        Found { value, unquoted: unquoted.map(Cow::from) }.to_string()
    }

    #[test]
    fn a_value_is_shown_as_it_is_read() {
        for (value, expected) in [
            (json!(null), "this is null"),
            (json!(true), "this is the boolean true"),
            (json!(1.5), "this is the number 1.5"),
            (json!("a\n"), r#"this is the string "a\n""#),
            (json!([]), "this is a list"),
            (json!({}), "this is an object"),
        ] {
            assert_eq!(words(&value, None), expected);
        }
        assert_eq!(words(&json!("ä".repeat(64)), None), format!("this is the string \"{}…\"", "ä".repeat(63)));
    }

    #[test]
    fn what_is_read_as_something_else_than_it_shows_is_explained() {
        for (value, written, expected) in [
            (json!(true), "y", "`y` without quotes is a boolean in Kubernetes' YAML"),
            (json!(false), "Off", "`Off` without quotes is a boolean in Kubernetes' YAML"),
            (json!(true), "true", "`true` without quotes is a boolean"),
            (json!(8080), "8080", "`8080` without quotes is a number"),
            (json!(420), "0644", "`0644` without quotes is the number 420 in Kubernetes' YAML"),
            (json!(1000), "1_000", "`1_000` without quotes is the number 1000 in Kubernetes' YAML"),
            (json!(31), "0x1F", "`0x1F` without quotes is the number 31 in Kubernetes' YAML"),
            (json!(1000), "1e3", "`1e3` without quotes is the number 1000"),
            (json!(1.1), "1.10", "`1.10` without quotes is the number 1.1"),
        ] {
            assert_eq!(words(&value, Some(written)), expected);
        }
    }
}
