//! The errors of the validation, worded as `k8s.io/apimachinery/pkg/util/validation/field` words them (v1.35).

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde_json::Value;

use super::budget::MAX_ERROR_BYTES;
use super::field_path::FieldPath;
use super::go_text;

/// What is wrong with a field; upstream's `field.ErrorType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ErrorType {
    /// A value is missing.
    #[serde(rename = "FieldValueRequired")]
    Required,
    /// A value is malformed or out of bounds.
    #[serde(rename = "FieldValueInvalid")]
    Invalid,
    /// A value names what does not exist.
    #[serde(rename = "FieldValueNotFound")]
    NotFound,
    /// A value stands twice where it may stand once.
    #[serde(rename = "FieldValueDuplicate")]
    Duplicate,
    /// A value is none of those that are possible.
    #[serde(rename = "FieldValueNotSupported")]
    NotSupported,
    /// A value is well formed and not allowed here.
    #[serde(rename = "FieldValueForbidden")]
    Forbidden,
    /// A text is too long.
    #[serde(rename = "FieldValueTooLong")]
    TooLong,
    /// A list has too many items.
    #[serde(rename = "FieldValueTooMany")]
    TooMany,
    /// A value has a wrong type.
    #[serde(rename = "FieldValueTypeInvalid")]
    TypeInvalid,
    /// The validation itself failed.
    #[serde(rename = "InternalError")]
    Internal,
}

/// One error of the validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// What is wrong.
    #[serde(rename = "type")]
    pub kind: ErrorType,
    /// The field path as the server writes it.
    pub field: String,
    /// The server's whole sentence, which begins with the field path.
    pub message: String,
}

/// A value in an error, written as Go writes it.
pub(super) enum Bad<'a> {
    /// A plain string, quoted by `%q`.
    Text(&'a str),
    /// A string of a type of its own (`core.PullPolicy`), quoted by `encoding/json`.
    Typed(&'a str),
    /// A whole number.
    Number(i64),
    /// A boolean.
    Bool(bool),
    /// A list, a map or a structure, as `encoding/json` writes it.
    Json(String),
}

impl Bad<'_> {
    /// A list, a map or a structure, its fields in the order of Go's.
    pub(super) fn json(value: &impl Serialize) -> Self {
        Self::Json(go_text::json(value))
    }
}

impl<'a> From<&'a str> for Bad<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Bad<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i32> for Bad<'_> {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Bad<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Bad<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Value> for Bad<'_> {
    fn from(value: Value) -> Self {
        Self::json(&value)
    }
}

impl fmt::Display for Bad<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(&go_text::quoted(text)),
            Self::Typed(text) => formatter.write_str(&go_text::json(text)),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Json(written) => formatter.write_str(written),
        }
    }
}

/// The errors found so far; upstream's `field.ErrorList`. Those beyond a number of bytes are only counted; the first is always
/// kept.
pub(super) struct Errors {
    found: Vec<FieldError>,
    bytes: usize,
    max_bytes: usize,
    further: usize,
}

impl Default for Errors {
    fn default() -> Self {
        Self::within(MAX_ERROR_BYTES)
    }
}

impl Errors {
    /// No errors yet, and `max_bytes` of them to keep, more or less.
    pub(super) fn within(max_bytes: usize) -> Self {
        Self { found: Vec::new(), bytes: 0, max_bytes, further: 0 }
    }

    /// A value is missing.
    pub(super) fn required(&mut self, field: &FieldPath<'_>, detail: &str) {
        self.push(ErrorType::Required, field, "Required value", None, detail);
    }

    /// A value is malformed or out of bounds.
    pub(super) fn invalid<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>, detail: &str) {
        self.push(ErrorType::Invalid, field, "Invalid value", Some(&value.into()), detail);
    }

    /// A value is malformed for each of the reasons in `details`.
    pub(super) fn invalid_each(&mut self, field: &FieldPath<'_>, value: &str, details: &[&str]) {
        for detail in details {
            self.invalid(field, value, detail);
        }
    }

    /// Something is wrong that has no value to show.
    pub(super) fn invalid_without_value(&mut self, field: &FieldPath<'_>, detail: &str) {
        self.push(ErrorType::Invalid, field, "Invalid value", None, detail);
    }

    /// A value is none of `supported`, which stand in upstream's order.
    pub(super) fn not_supported<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>, supported: &[&str]) {
        let mut detail = String::from("supported values: ");
        for (position, choice) in supported.iter().enumerate() {
            let separator = if position > 0 { ", " } else { "" };
            let _ = write!(detail, "{separator}{}", go_text::quoted(choice));
        }
        self.push(ErrorType::NotSupported, field, "Unsupported value", Some(&value.into()), &detail);
    }

    /// A value names what does not exist.
    pub(super) fn not_found(&mut self, field: &FieldPath<'_>, value: &str, detail: &str) {
        self.push(ErrorType::NotFound, field, "Not found", Some(&Bad::Text(value)), detail);
    }

    /// A value stands twice.
    pub(super) fn duplicate<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>) {
        self.push(ErrorType::Duplicate, field, "Duplicate value", Some(&value.into()), "");
    }

    /// A value is not allowed here.
    pub(super) fn forbidden(&mut self, field: &FieldPath<'_>, detail: &str) {
        self.push(ErrorType::Forbidden, field, "Forbidden", None, detail);
    }

    /// A text has more than `most` bytes.
    pub(super) fn too_long(&mut self, field: &FieldPath<'_>, most: usize) {
        self.push(ErrorType::TooLong, field, "Too long", None, &format!("may not be more than {most} bytes"));
    }

    /// A list has `count` items where `most` are allowed.
    pub(super) fn too_many(&mut self, field: &FieldPath<'_>, count: usize, most: usize) {
        let detail = format!("must have at most {most} items");
        let count = Bad::Json(count.to_string());
        self.push(ErrorType::TooMany, field, "Too many", Some(&count), &detail);
    }

    /// How many errors there are, kept or not.
    pub(super) fn len(&self) -> usize {
        self.found.len() + self.further
    }

    /// True if there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// True if no more errors are kept: what is wrong with a value need not be written any more.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > self.max_bytes
    }

    /// How many bytes the kept errors have, more or less.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many errors there are that are not kept.
    pub(super) fn further(&self) -> usize {
        self.further
    }

    /// Counts errors that would not be kept anyhow.
    pub(super) fn count_further(&mut self, count: usize) {
        self.further += count;
    }

    /// The errors, in the order in which they were found.
    pub(super) fn into_vec(self) -> Vec<FieldError> {
        self.found
    }

    fn push(&mut self, kind: ErrorType, field: &FieldPath<'_>, what: &str, value: Option<&Bad<'_>>, detail: &str) {
        if self.is_full() {
            self.further += 1;
            return;
        }
        let field = match field.to_string() {
            path if path.is_empty() => "<nil>".to_owned(),
            path => path,
        };
        let mut message = format!("{field}: {what}");
        if let Some(value) = value {
            let _ = write!(message, ": {value}");
        }
        if !detail.is_empty() {
            let _ = write!(message, ": {detail}");
        }
        self.bytes += field.len() + message.len();
        self.found.push(FieldError { kind, field, message });
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::{ErrorType, Errors, FieldError};

    /// The messages of the errors that `report` adds.
    pub(crate) fn messages(report: impl FnOnce(&mut Errors)) -> Vec<String> {
        let mut errors = Errors::default();
        report(&mut errors);
        texts(errors.into_vec())
    }

    /// The messages of `errors`, each of which has to say the field and the type that the error has.
    pub(crate) fn texts(errors: Vec<FieldError>) -> Vec<String> {
        for error in &errors {
            let beginning = format!("{}: {}", error.field, words(error.kind));
            assert!(error.message.starts_with(&beginning), "{error:?}");
        }
        errors.into_iter().map(|error| error.message).collect()
    }

    fn words(kind: ErrorType) -> &'static str {
        match kind {
            ErrorType::Required => "Required value",
            ErrorType::Invalid | ErrorType::TypeInvalid => "Invalid value",
            ErrorType::NotFound => "Not found",
            ErrorType::Duplicate => "Duplicate value",
            ErrorType::NotSupported => "Unsupported value",
            ErrorType::Forbidden => "Forbidden",
            ErrorType::TooLong => "Too long",
            ErrorType::TooMany => "Too many",
            ErrorType::Internal => "Internal error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field_path::ROOT;
    use super::Bad;
    use super::testing::messages;

    #[test]
    fn words_are_those_of_the_server() {
        let spec = &ROOT.field("spec");
        let found = messages(|errors| {
            errors.required(&spec.field("image"), "");
            errors.invalid(&spec.field("port"), 0, "must be between 1 and 65535, inclusive");
            errors.not_supported(&spec.field("policy"), Bad::Typed("<x>"), &["A", "B"]);
            errors.duplicate(&spec.field("name"), "a\n");
            errors.not_found(&spec.field("name"), "b", "");
            errors.forbidden(&spec.field("probe"), "not here");
            errors.too_long(&spec.field("text"), 63);
            errors.too_many(&spec.field("rules"), 21, 20);
        });
        assert_eq!(
            found,
            [
                "spec.image: Required value",
                "spec.port: Invalid value: 0: must be between 1 and 65535, inclusive",
                r#"spec.policy: Unsupported value: "\u003cx\u003e": supported values: "A", "B""#,
                r#"spec.name: Duplicate value: "a\n""#,
                r#"spec.name: Not found: "b""#,
                "spec.probe: Forbidden: not here",
                "spec.text: Too long: may not be more than 63 bytes",
                "spec.rules: Too many: 21: must have at most 20 items",
            ]
        );
    }
}
