//! Numbers of Pods, absolute or in percent.
//!
//! Follows `ValidatePositiveIntOrPercent` and `IsNotMoreThan100Percent` in `pkg/apis/apps/validation/validation.go` (v1.35).

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde_json::json;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;

/// A number that is not negative, or a percentage.
pub(super) fn non_negative(errors: &mut Errors, value: &IntOrString, path: &FieldPath<'_>) {
    match value {
        IntOrString::Int(number) => super::non_negative(errors, Some((*number).into()), path),
        IntOrString::String(text) => {
            for reason in names::percent(text) {
                errors.invalid(path, bad(value), reason);
            }
        }
    }
}

/// No percentage above a hundred.
pub(super) fn at_most_all(errors: &mut Errors, value: &IntOrString, path: &FieldPath<'_>) {
    if percentage(value).is_some_and(|percentage| percentage > 100) {
        errors.invalid(path, bad(value), "must not be greater than 100%");
    }
}

/// The number in front of the percent sign, or the number.
pub(super) fn amount(value: &IntOrString) -> i64 {
    percentage(value).unwrap_or_else(|| match value {
        IntOrString::Int(number) => (*number).into(),
        IntOrString::String(text) => text.parse().unwrap_or_default(),
    })
}

/// The value as Go writes it.
pub(super) fn bad(value: &IntOrString) -> Bad<'_> {
    match value {
        IntOrString::Int(number) => Bad::Number((*number).into()),
        IntOrString::String(text) => Bad::Json(json!(text)),
    }
}

fn percentage(value: &IntOrString) -> Option<i64> {
    match value {
        IntOrString::String(text) if names::percent(text).is_empty() => {
            Some(text.trim_end_matches('%').parse().unwrap_or(i64::MAX))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_path::ROOT;
    use super::*;

    #[test]
    fn numbers_and_percentages_are_told_apart() {
        let mut errors = Errors::default();
        for value in [IntOrString::Int(-1), IntOrString::String("5".into()), IntOrString::String("150%".into())] {
            non_negative(&mut errors, &value, &ROOT.field("a"));
            at_most_all(&mut errors, &value, &ROOT.field("a"));
        }
        let messages: Vec<_> = errors.into_vec().into_iter().map(|error| error.message).collect();
        assert_eq!(messages.len(), 3);
        assert_eq!(messages[2], "a: Invalid value: \"150%\": must not be greater than 100%");
    }
}
