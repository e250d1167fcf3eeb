//! Labels of nodes that have a better name by now, and values that no label has.
//!
//! Follows `pkg/api/node/util.go` (v1.35).

use k8s_openapi::api::core::v1::NodeSelectorTerm;

use super::super::field_path::FieldPath;
use super::super::names;
use super::Warnings;

/// Why a node should not be chosen by the label `key`.
pub(super) fn deprecation(key: &str) -> Option<&'static str> {
    Some(match key {
        "beta.kubernetes.io/arch" => "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os" => "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region" => "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone" => "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type" => "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        "app.kubernetes.io/created-by" => "deprecated since v1.9",
        "scheduler.alpha.kubernetes.io/preferAvoidPods" => "deprecated since v1.22; use Taints and Tolerations instead",
        "node-role.kubernetes.io/master" => "use \"node-role.kubernetes.io/control-plane\" instead",
        _ => return None,
    })
}

/// The labels of a term; the values only of a preferred term, for a required one is refused.
pub(super) fn term(warnings: &mut Warnings, term: &NodeSelectorTerm, is_preferred: bool, path: &FieldPath<'_>) {
    let path = &path.field("matchExpressions");
    for (index, expression) in term.match_expressions.iter().flatten().enumerate() {
        let path = &path.index(index);
        if let Some(message) = deprecation(&expression.key) {
            warnings.add(&path.field("key"), &format!("{} is {message}", expression.key));
        }
        for (index, value) in expression.values.iter().flatten().enumerate().filter(|_| is_preferred) {
            for reason in names::label_value(value) {
                warnings.add(&path.field("values").index(index), &format!("{value} is invalid, {reason}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;
    use super::*;

    fn of_term(key: &str, values: &Value, is_preferred: bool) -> Vec<String> {
        let expression = json!({"key": key, "operator": "In", "values": values});
        let written = serde_json::from_value(json!({"matchExpressions": [expression]})).unwrap();
        testing::messages(|warnings| term(warnings, &written, is_preferred, &ROOT.field("t")))
    }

    #[test]
    fn old_labels_are_known() {
        for (key, message) in [
            ("beta.kubernetes.io/arch", r#"deprecated since v1.14; use "kubernetes.io/arch" instead"#),
            ("beta.kubernetes.io/os", r#"deprecated since v1.14; use "kubernetes.io/os" instead"#),
            (
                "failure-domain.beta.kubernetes.io/region",
                r#"deprecated since v1.17; use "topology.kubernetes.io/region" instead"#,
            ),
            ("failure-domain.beta.kubernetes.io/zone", r#"deprecated since v1.17; use "topology.kubernetes.io/zone" instead"#),
            ("beta.kubernetes.io/instance-type", r#"deprecated since v1.17; use "node.kubernetes.io/instance-type" instead"#),
            ("app.kubernetes.io/created-by", "deprecated since v1.9"),
            ("scheduler.alpha.kubernetes.io/preferAvoidPods", "deprecated since v1.22; use Taints and Tolerations instead"),
            ("node-role.kubernetes.io/master", r#"use "node-role.kubernetes.io/control-plane" instead"#),
        ] {
            assert_eq!(deprecation(key), Some(message));
            assert_eq!(of_term(key, &json!(["a"]), false), [format!("t.matchExpressions[0].key: {key} is {message}")]);
        }
        for good in ["kubernetes.io/arch", "topology.kubernetes.io/zone", "node-role.kubernetes.io/control-plane"] {
            assert_eq!(deprecation(good), None);
        }
    }

    #[test]
    fn values_of_a_preferred_term_are_those_of_labels() {
        let long = "a".repeat(64);
        let values = json!(["good", "", long]);
        assert_eq!(of_term("a", &values, false), Vec::<String>::new());
        assert_eq!(
            of_term("a", &values, true),
            [format!("t.matchExpressions[0].values[2]: {long} is invalid, must be no more than 63 bytes")]
        );
    }
}
