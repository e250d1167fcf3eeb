//! Numbers of Pods, absolute or in percent.
//!
//! Follows `ValidatePositiveIntOrPercent` and `IsNotMoreThan100Percent` in `pkg/apis/apps/validation/validation.go` (v1.35).

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::go_parse;

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
        IntOrString::String(text) => go_parse::nearest_integer(text),
    })
}

/// The value as Go writes it.
pub(super) fn bad(value: &IntOrString) -> Bad<'_> {
    match value {
        IntOrString::Int(number) => Bad::Number((*number).into()),
        IntOrString::String(text) => Bad::Typed(text),
    }
}

fn percentage(value: &IntOrString) -> Option<i64> {
    match value {
        IntOrString::String(text) if names::percent(text).is_empty() => {
            Some(go_parse::nearest_integer(text.trim_end_matches('%')))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error::testing::messages;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn text(value: &str) -> IntOrString {
        IntOrString::String(value.to_owned())
    }

    #[test]
    fn numbers_are_not_negative_and_texts_are_percentages() {
        let of = |value: IntOrString| messages(|errors| non_negative(errors, &value, &ROOT.field("a")));
        for good in [IntOrString::Int(0), text("0%"), text("101%")] {
            assert_eq!(of(good.clone()), Vec::<String>::new(), "{good:?}");
        }
        assert_eq!(of(IntOrString::Int(-1)), ["a: Invalid value: -1: must be greater than or equal to 0"]);
        let detail = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for \
                      validation is '[0-9]+%')";
        for bad in ["5", "-5%", "%", "", "1.5%"] {
            assert_eq!(of(text(bad)), [format!("a: Invalid value: \"{bad}\": {detail}")]);
        }
    }

    #[test]
    fn a_percentage_is_at_most_a_hundred() {
        let of = |value: IntOrString| messages(|errors| at_most_all(errors, &value, &ROOT.field("a")));
        for good in [IntOrString::Int(101), text("100%"), text("101")] {
            assert_eq!(of(good.clone()), Vec::<String>::new(), "{good:?}");
        }
        for bad in ["101%", "99999999999999999999%"] {
            assert_eq!(of(text(bad)), [format!("a: Invalid value: \"{bad}\": must not be greater than 100%")]);
        }
    }

    #[test]
    fn the_amount_is_what_stands_before_the_percent_sign() {
        assert_eq!(amount(&IntOrString::Int(-3)), -3);
        assert_eq!(amount(&text("25%")), 25);
        assert_eq!(amount(&text("all")), 0);
        assert_eq!(amount(&text("5")), 5);
        assert_eq!(amount(&text("99999999999999999999")), i64::MAX);
    }
}
