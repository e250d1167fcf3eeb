//! Which nodes a Pod wants, or prefers.
//!
//! Follows `validateNodeAffinity`, `ValidateNodeSelector` and `ValidatePreferredSchedulingTerms` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::affinity::{PREFERRED, REQUIRED, weight};
use super::list;

const BAD_OPERATOR: &str = "not a valid selector operator";

/// The `nodeAffinity` of a Pod.
pub(super) fn node_affinity(errors: &mut Errors, affinity: &NodeAffinity, path: &FieldPath<'_>) {
    if let Some(required) = &affinity.required_during_scheduling_ignored_during_execution {
        let path = &path.field(REQUIRED);
        let path = &path.field("nodeSelectorTerms");
        if required.node_selector_terms.is_empty() {
            errors.required(path, "must have at least one node selector term");
        }
        for (index, term) in required.node_selector_terms.iter().enumerate() {
            node_term(errors, term, Values::Checked, &path.index(index));
        }
    }
    let path = &path.field(PREFERRED);
    let preferred = list(affinity.preferred_during_scheduling_ignored_during_execution.as_ref());
    for (index, term) in preferred.iter().enumerate() {
        let path = &path.index(index);
        weight(errors, term.weight, path);
        node_term(errors, &term.preference, Values::Any, &path.field("preference"));
    }
}

/// Whether the values of labels have to be possible ones.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    Checked,
    Any,
}

fn node_term(errors: &mut Errors, term: &NodeSelectorTerm, values: Values, path: &FieldPath<'_>) {
    let labels_path = &path.field("matchExpressions");
    for (index, requirement) in list(term.match_expressions.as_ref()).iter().enumerate() {
        node_label(errors, requirement, values, &labels_path.index(index));
    }
    let fields_path = &path.field("matchFields");
    for (index, requirement) in list(term.match_fields.as_ref()).iter().enumerate() {
        node_field(errors, requirement, &fields_path.index(index));
    }
}

fn node_label(errors: &mut Errors, requirement: &NodeSelectorRequirement, checked: Values, path: &FieldPath<'_>) {
    let values = list(requirement.values.as_ref());
    let values_path = &path.field("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if values.is_empty() => {
            errors.required(values_path, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            errors.forbidden(values_path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        "Gt" | "Lt" if values.len() != 1 => {
            errors.required(values_path, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
        unknown => errors.invalid(&path.field("operator"), Bad::Typed(unknown), BAD_OPERATOR),
    }
    errors.invalid_each(&path.field("key"), &requirement.key, &names::qualified_name(&requirement.key));
    if checked == Values::Checked {
        for (index, value) in values.iter().enumerate() {
            errors.invalid_each(&values_path.index(index), value, &names::label_value(value));
        }
    }
}

fn node_field(errors: &mut Errors, requirement: &NodeSelectorRequirement, path: &FieldPath<'_>) {
    let values = list(requirement.values.as_ref());
    let values_path = &path.field("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if values.len() != 1 => {
            let detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
            errors.required(values_path, detail);
        }
        "In" | "NotIn" => {}
        unknown => errors.invalid(&path.field("operator"), Bad::Typed(unknown), BAD_OPERATOR),
    }
    if requirement.key != "metadata.name" {
        errors.invalid(&path.field("key"), &requirement.key, "not a valid field selector key");
        return;
    }
    for (index, value) in values.iter().enumerate() {
        errors.invalid_each(&values_path.index(index), value, &names::dns_subdomain(value));
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::Affinity;
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::super::affinity;
    use super::*;

    fn messages(affinity: Value) -> Vec<String> {
        let affinity: Affinity = serde_json::from_value(affinity).unwrap();
        testing::messages(|errors| affinity::affinity(errors, Some(&affinity), &ROOT.field("a")))
    }

    fn of_node(terms: Value) -> Vec<String> {
        let found = messages(json!({"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": terms}}}));
        let prefix = format!("a.nodeAffinity.{REQUIRED}.nodeSelectorTerms");
        found.into_iter().map(|message| message.trim_start_matches(&prefix).to_owned()).collect()
    }

    #[test]
    fn the_operator_of_an_expression_says_how_many_values_there_are() {
        const NONE: [&str; 0] = [];
        let values_of = |operator: &str, values: &[&str]| {
            of_node(json!([{"matchExpressions": [{"key": "a", "operator": operator, "values": values}]}]))
        };
        for (operator, values) in
            [("In", &["1"][..]), ("NotIn", &["1", "2"]), ("Exists", &[]), ("DoesNotExist", &[]), ("Gt", &["1"]), ("Lt", &["1"])]
        {
            assert_eq!(values_of(operator, values), NONE, "{operator}");
        }
        let place = "[0].matchExpressions[0].values";
        for operator in ["In", "NotIn"] {
            let error = format!("{place}: Required value: must be specified when `operator` is 'In' or 'NotIn'");
            assert_eq!(values_of(operator, &[]), [error], "{operator}");
        }
        for operator in ["Exists", "DoesNotExist"] {
            let error = format!("{place}: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            assert_eq!(values_of(operator, &["1"]), [error], "{operator}");
        }
        for (operator, values) in [("Gt", &[][..]), ("Lt", &["1", "2"])] {
            let error = format!("{place}: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'");
            assert_eq!(values_of(operator, values), [error], "{operator}");
        }
    }

    #[test]
    fn labels_of_nodes_are_possible_ones_where_they_are_required() {
        let term = json!({"matchExpressions": [{"key": "", "operator": "In", "values": ["a b"]}]});
        let place = "matchExpressions[0]";
        assert_eq!(
            of_node(json!([term])).iter().map(|message| message.split(": ").next().unwrap()).collect::<Vec<_>>(),
            [format!("[0].{place}.key"), format!("[0].{place}.key"), format!("[0].{place}.values[0]")]
        );
        let preferred = messages(json!({"nodeAffinity": {PREFERRED: [{"weight": 1, "preference": term}]}}));
        assert_eq!(preferred.len(), 2);
        assert_eq!(
            preferred[0],
            format!("a.nodeAffinity.{PREFERRED}[0].preference.{place}.key: Invalid value: \"\": name part must be non-empty")
        );
    }

    #[test]
    fn a_node_is_selected_by_one_name_only() {
        let of = |operator: &str, values: &[&str]| {
            of_node(json!([{"matchFields": [{"key": "metadata.name", "operator": operator, "values": values}]}]))
        };
        assert_eq!(of("In", &["a.b"]), Vec::<String>::new());
        assert_eq!(of("NotIn", &["a.b"]), Vec::<String>::new());
        let detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
        assert_eq!(of("In", &[]), [format!("[0].matchFields[0].values: Required value: {detail}")]);
        assert_eq!(of("Exists", &[]), ["[0].matchFields[0].operator: Invalid value: \"Exists\": not a valid selector operator"]);
        assert!(
            of("In", &["A"])[0].starts_with("[0].matchFields[0].values[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain")
        );
    }

    #[test]
    fn nodes_are_selected_by_labels() {
        assert_eq!(of_node(json!([])), [": Required value: must have at least one node selector term"]);
        let expressions = json!([
            {"key": "a", "operator": "In"},
            {"key": "a", "operator": "Exists", "values": ["b"]},
            {"key": "a", "operator": "Gt", "values": ["1", "2"]},
            {"key": "a", "operator": "=", "values": []},
        ]);
        assert_eq!(
            of_node(json!([{"matchExpressions": expressions}])),
            [
                "[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "[0].matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                "[0].matchExpressions[2].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
                "[0].matchExpressions[3].operator: Invalid value: \"=\": not a valid selector operator",
            ]
        );
    }

    #[test]
    fn nodes_are_selected_by_name_too() {
        let fields = json!([{"key": "metadata.uid", "operator": "In", "values": ["a", "b"]}]);
        assert_eq!(
            of_node(json!([{"matchFields": fields}])),
            [
                "[0].matchFields[0].values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field \
             selector",
                "[0].matchFields[0].key: Invalid value: \"metadata.uid\": not a valid field selector key",
            ]
        );
    }

    #[test]
    fn preferences_have_a_weight() {
        let found = messages(json!({"nodeAffinity": {PREFERRED: [{"weight": 0, "preference": {}}]}}));
        assert_eq!(found, [format!("a.nodeAffinity.{PREFERRED}[0].weight: Invalid value: 0: must be in the range 1-100")]);
    }
}
