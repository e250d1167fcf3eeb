//! Label selectors.
//!
//! Follows `k8s.io/apimachinery/pkg/apis/meta/v1/validation` `ValidateLabelSelector` and `metav1.LabelSelectorAsSelector`
//! (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};
use serde::Serialize;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::{list, metadata};

type Labels = BTreeMap<String, String>;

/// What is said of labels that a selector does not match.
pub(in super::super) const NO_MATCH: &str = "`selector` does not match template `labels`";

/// A selector's keys, operators and values. True if they are good.
pub(super) fn selector(errors: &mut Errors, selector: Option<&LabelSelector>, path: &FieldPath<'_>) -> bool {
    let before = errors.len();
    if let Some(selector) = selector {
        metadata::labels(errors, selector.match_labels.as_ref(), &path.field("matchLabels"));
        let path = &path.field("matchExpressions");
        for (index, expression) in list(selector.match_expressions.as_ref()).iter().enumerate() {
            requirement(errors, expression, &path.index(index));
        }
    }
    errors.len() == before
}

/// True of a selector that is there and selects everything.
pub(super) fn is_empty(selector: &LabelSelector) -> bool {
    selector.match_labels.as_ref().is_none_or(BTreeMap::is_empty) && list(selector.match_expressions.as_ref()).is_empty()
}

/// True if a good selector selects what has these `labels`; a missing selector selects nothing.
pub(super) fn matches(selector: Option<&LabelSelector>, labels: Option<&Labels>) -> bool {
    let label = |key: &String| labels.and_then(|labels| labels.get(key));
    let Some(selector) = selector else { return false };
    let plain = selector.match_labels.iter().flatten().all(|(key, value)| label(key) == Some(value));
    plain
        && list(selector.match_expressions.as_ref()).iter().all(|expression| {
            let among = |value: &String| list(expression.values.as_ref()).contains(value);
            match expression.operator.as_str() {
                "In" => label(&expression.key).is_some_and(among),
                "NotIn" => !label(&expression.key).is_some_and(among),
                "Exists" => label(&expression.key).is_some(),
                _ => label(&expression.key).is_none(),
            }
        })
}

/// A template's labels that its owner's selector does not match; `template` is where the template stands.
pub(super) fn no_match(errors: &mut Errors, labels: Option<&Labels>, template: &FieldPath<'_>) {
    errors.invalid(&template.field("metadata").field("labels"), Bad::json(&labels), NO_MATCH);
}

/// A selector as Go's JSON writes it.
pub(super) fn as_json(selector: &LabelSelector) -> Bad<'static> {
    let labels = selector.match_labels.as_ref().filter(|labels| !labels.is_empty());
    let expressions = list(selector.match_expressions.as_ref()).iter().map(WrittenRequirement::new).collect();
    Bad::json(&WrittenSelector { match_labels: labels, match_expressions: expressions })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenSelector<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    match_labels: Option<&'a Labels>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    match_expressions: Vec<WrittenRequirement<'a>>,
}

#[derive(Serialize)]
struct WrittenRequirement<'a> {
    key: &'a str,
    operator: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    values: &'a [String],
}

impl<'a> WrittenRequirement<'a> {
    fn new(requirement: &'a LabelSelectorRequirement) -> Self {
        let LabelSelectorRequirement { key, operator, values } = requirement;
        Self { key, operator, values: list(values.as_ref()) }
    }
}

fn requirement(errors: &mut Errors, requirement: &LabelSelectorRequirement, path: &FieldPath<'_>) {
    let values = list(requirement.values.as_ref());
    let values_path = &path.field("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(values_path, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(values_path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        other => errors.invalid(&path.field("operator"), Bad::Typed(other), "not a valid selector operator"),
    }
    errors.invalid_each(&path.field("key"), &requirement.key, &names::qualified_name(&requirement.key));
    for (index, value) in values.iter().enumerate() {
        errors.invalid_each(&values_path.index(index), value, &names::label_value(value));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn read(selector: Value) -> LabelSelector {
        serde_json::from_value(selector).unwrap()
    }

    #[test]
    fn a_selector_selects_by_labels_and_expressions() {
        let selector = read(json!({
            "matchLabels": {"app": "web"},
            "matchExpressions": [
                {"key": "tier", "operator": "In", "values": ["a", "b"]},
                {"key": "x", "operator": "DoesNotExist"},
            ],
        }));
        let labels = |pairs: &[(&str, &str)]| -> Labels {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        assert!(matches(Some(&selector), Some(&labels(&[("app", "web"), ("tier", "b")]))));
        assert!(!matches(Some(&selector), Some(&labels(&[("app", "web"), ("tier", "c")]))));
        assert!(!matches(Some(&selector), Some(&labels(&[("app", "web"), ("tier", "b"), ("x", "")]))));
        assert!(!matches(None, None) && matches(Some(&LabelSelector::default()), None));
    }

    #[test]
    fn is_written_in_the_order_of_its_fields() {
        let selector = read(json!({"matchExpressions": [{"key": "a", "operator": "Exists"}], "matchLabels": {"b": "c"}}));
        let written = r#"{"matchLabels":{"b":"c"},"matchExpressions":[{"key":"a","operator":"Exists"}]}"#;
        assert_eq!(as_json(&selector).to_string(), written);
    }

    fn messages(selector: Value) -> Vec<String> {
        let read = read(selector);
        field_error::testing::messages(|errors| {
            super::selector(errors, Some(&read), &ROOT.field("s"));
        })
    }

    #[test]
    fn an_expression_has_the_values_that_its_operator_takes() {
        let expression = |operator: &str, values: &[&str]| {
            messages(json!({"matchExpressions": [{"key": "a", "operator": operator, "values": values}]}))
        };
        for (operator, values) in [("In", &["b"] as &[&str]), ("NotIn", &["b", ""]), ("Exists", &[]), ("DoesNotExist", &[])] {
            assert_eq!(expression(operator, values), Vec::<String>::new());
        }
        let at = "s.matchExpressions[0]";
        for operator in ["In", "NotIn"] {
            assert_eq!(
                expression(operator, &[]),
                [format!("{at}.values: Required value: must be specified when `operator` is 'In' or 'NotIn'")]
            );
        }
        for operator in ["Exists", "DoesNotExist"] {
            assert_eq!(
                expression(operator, &["b"]),
                [format!("{at}.values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
            );
        }
        assert_eq!(expression("Gt", &["1"]), [format!("{at}.operator: Invalid value: \"Gt\": not a valid selector operator")]);
    }

    #[test]
    fn keys_and_values_are_those_of_labels() {
        let long = "a".repeat(64);
        assert_eq!(
            messages(json!({
                "matchLabels": {"/a": "b"},
                "matchExpressions": [{"key": &long, "operator": "In", "values": ["b", &long]}],
            })),
            [
                "s.matchLabels: Invalid value: \"/a\": prefix part must be non-empty".to_owned(),
                format!("s.matchExpressions[0].key: Invalid value: \"{long}\": name part must be no more than 63 bytes"),
                format!("s.matchExpressions[0].values[1]: Invalid value: \"{long}\": must be no more than 63 bytes"),
            ]
        );
    }

    #[test]
    fn labels_that_are_missing_are_not_in_a_set() {
        let selector = |operator: &str| read(json!({"matchExpressions": [{"key": "a", "operator": operator, "values": ["b"]}]}));
        assert!(!matches(Some(&selector("In")), None));
        assert!(matches(Some(&selector("NotIn")), None));
        assert!(!matches(Some(&read(json!({"matchExpressions": [{"key": "a", "operator": "Exists"}]}))), None));
    }
}
