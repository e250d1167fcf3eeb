//! The errors of the validation, worded as `k8s.io/apimachinery/pkg/util/validation/field` words them (v1.35).

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde_json::Value;

use super::budget::MAX_ERROR_BYTES;
use super::field_path::FieldPath;
use super::go_text;
use crate::finding::Finding;
use crate::rule::Rule;

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
    found: Vec<Finding>,
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
        self.push(Rule::REQUIRED, field, "Required value", None, detail);
    }

    /// A value is malformed or out of bounds.
    pub(super) fn invalid<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>, detail: &str) {
        self.push(Rule::INVALID, field, "Invalid value", Some(&value.into()), detail);
    }

    /// A value is malformed for each of the reasons in `details`.
    pub(super) fn invalid_each(&mut self, field: &FieldPath<'_>, value: &str, details: &[&str]) {
        for detail in details {
            self.invalid(field, value, detail);
        }
    }

    /// Something is wrong that has no value to show.
    pub(super) fn invalid_without_value(&mut self, field: &FieldPath<'_>, detail: &str) {
        self.push(Rule::INVALID, field, "Invalid value", None, detail);
    }

    /// A value is none of `supported`, which stand in upstream's order.
    pub(super) fn not_supported<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>, supported: &[&str]) {
        let mut detail = String::from("supported values: ");
        for (position, choice) in supported.iter().enumerate() {
            let separator = if position > 0 { ", " } else { "" };
            let _ = write!(detail, "{separator}{}", go_text::quoted(choice));
        }
        self.push(Rule::NOT_SUPPORTED, field, "Unsupported value", Some(&value.into()), &detail);
    }

    /// A value names what does not exist.
    pub(super) fn not_found(&mut self, field: &FieldPath<'_>, value: &str, detail: &str) {
        self.push(Rule::NOT_FOUND, field, "Not found", Some(&Bad::Text(value)), detail);
    }

    /// A value stands twice.
    pub(super) fn duplicate<'a>(&mut self, field: &FieldPath<'_>, value: impl Into<Bad<'a>>) {
        self.push(Rule::DUPLICATE, field, "Duplicate value", Some(&value.into()), "");
    }

    /// A value is not allowed here.
    pub(super) fn forbidden(&mut self, field: &FieldPath<'_>, detail: &str) {
        self.push(Rule::FORBIDDEN, field, "Forbidden", None, detail);
    }

    /// A text has more than `most` bytes.
    pub(super) fn too_long(&mut self, field: &FieldPath<'_>, most: usize) {
        self.push(Rule::TOO_LONG, field, "Too long", None, &format!("may not be more than {most} bytes"));
    }

    /// A list has `count` items where `most` are allowed.
    pub(super) fn too_many(&mut self, field: &FieldPath<'_>, count: usize, most: usize) {
        let detail = format!("must have at most {most} items");
        let count = Bad::Json(count.to_string());
        self.push(Rule::TOO_MANY, field, "Too many", Some(&count), &detail);
    }

    /// What `add` adds, which upstream names by other fields than the document has: it is about `place`.
    pub(super) fn placed_at(&mut self, place: &FieldPath<'_>, add: impl FnOnce(&mut Self)) {
        self.revised(add, |error| error.place = place.to_document_path());
    }

    /// What `add` adds, which the server comes to only later if `is_reached` is false.
    pub(super) fn later_unless(&mut self, is_reached: bool, add: impl FnOnce(&mut Self)) {
        self.revised(add, |error| error.later = !is_reached);
    }

    /// What `add` adds, each as `revise` leaves it.
    pub(super) fn revised(&mut self, add: impl FnOnce(&mut Self), revise: impl FnMut(&mut Finding)) {
        let before = self.found.len();
        add(self);
        self.found.iter_mut().skip(before).for_each(revise);
    }

    /// How many errors there are, kept or not.
    pub(super) fn len(&self) -> usize {
        self.found.len() + self.further
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
    pub(super) fn into_vec(self) -> Vec<Finding> {
        self.found
    }

    fn push(&mut self, rule: Rule, field: &FieldPath<'_>, what: &str, value: Option<&Bad<'_>>, detail: &str) {
        if self.is_full() {
            self.further += 1;
            return;
        }
        let (place, is_about_name) = (field.to_document_path(), field.is_about_name());
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
        self.bytes += size_of::<Finding>() + field.len() + message.len();
        self.found.push(Finding { is_about_name, ..Finding::new(rule, place, message).named(field) });
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::{Errors, Finding, Rule};

    /// The messages of the errors that `report` adds.
    pub(crate) fn messages(report: impl FnOnce(&mut Errors)) -> Vec<String> {
        let mut errors = Errors::default();
        report(&mut errors);
        texts(errors.into_vec())
    }

    /// The messages of `errors`, each of which has to say the field and the type that the error has.
    pub(crate) fn texts(errors: Vec<Finding>) -> Vec<String> {
        for error in &errors {
            let beginning = format!("{}: {}", error.field, words(error.rule));
            assert!(error.message.starts_with(&beginning), "{error:?}");
        }
        errors.into_iter().map(|error| error.message).collect()
    }

    fn words(rule: Rule) -> &'static str {
        match rule {
            Rule::REQUIRED => "Required value",
            Rule::INVALID | Rule::TYPE_INVALID => "Invalid value",
            Rule::NOT_FOUND => "Not found",
            Rule::DUPLICATE => "Duplicate value",
            Rule::NOT_SUPPORTED => "Unsupported value",
            Rule::FORBIDDEN => "Forbidden",
            Rule::TOO_LONG => "Too long",
            Rule::TOO_MANY => "Too many",
            Rule::INTERNAL => "Internal error",
            other => panic!("{other} is no rule of the validation"),
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
