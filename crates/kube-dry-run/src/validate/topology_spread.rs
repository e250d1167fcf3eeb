//! How the Pods of a kind are spread over nodes and zones.
//!
//! Follows `validateTopologySpreadConstraints` and the functions that it calls in `pkg/apis/core/validation/validation.go`
//! (v1.35).

use std::collections::HashMap;

use k8s_openapi::api::core::v1::{PodSpec, TopologySpreadConstraint};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::{affinity, list, selector};

const POSITIVE: &str = "must be greater than zero";
const ACTIONS: [&str; 2] = ["DoNotSchedule", "ScheduleAnyway"];
const NODE_POLICIES: [&str; 2] = ["Honor", "Ignore"];

/// The `topologySpreadConstraints` at `path`.
pub(super) fn constraints(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    let constraints = list(spec.topology_spread_constraints.as_ref());
    let last: HashMap<_, _> = constraints.iter().map(key_and_action).zip(0..).collect();
    for (index, constraint) in constraints.iter().enumerate() {
        let path = &path.index(index);
        self::constraint(errors, constraint, path);
        if last.get(&key_and_action(constraint)).is_some_and(|last| *last > index) {
            let both = format!("{{{}, {}}}", constraint.topology_key, constraint.when_unsatisfiable);
            errors.duplicate(&path.field("{topologyKey, whenUnsatisfiable}").nominal(), &both);
        }
        min_domains(errors, constraint, &path.field("minDomains"));
        node_policy(errors, constraint.node_affinity_policy.as_deref(), &path.field("nodeAffinityPolicy"));
        node_policy(errors, constraint.node_taints_policy.as_deref(), &path.field("nodeTaintsPolicy"));
        let keys = list(constraint.match_label_keys.as_ref());
        affinity::label_keys(errors, keys, &[], constraint.label_selector.as_ref(), path);
        selector::selector(errors, constraint.label_selector.as_ref(), &path.field("labelSelector"));
    }
}

fn constraint(errors: &mut Errors, constraint: &TopologySpreadConstraint, path: &FieldPath<'_>) {
    if constraint.max_skew <= 0 {
        errors.invalid(&path.field("maxSkew"), constraint.max_skew, POSITIVE);
    }
    if constraint.topology_key.is_empty() {
        errors.required(&path.field("topologyKey"), "can not be empty");
    }
    let action = constraint.when_unsatisfiable.as_str();
    if !ACTIONS.contains(&action) {
        errors.not_supported(&path.field("whenUnsatisfiable"), Bad::Typed(action), &ACTIONS);
    }
}

fn key_and_action(constraint: &TopologySpreadConstraint) -> (&str, &str) {
    (&constraint.topology_key, &constraint.when_unsatisfiable)
}

fn min_domains(errors: &mut Errors, constraint: &TopologySpreadConstraint, path: &FieldPath<'_>) {
    let Some(domains) = constraint.min_domains else { return };
    if domains <= 0 {
        errors.invalid(path, domains, POSITIVE);
    }
    let action = &constraint.when_unsatisfiable;
    if action != "DoNotSchedule" {
        let detail = format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}");
        errors.invalid(path, domains, &detail);
    }
}

fn node_policy(errors: &mut Errors, policy: Option<&str>, path: &FieldPath<'_>) {
    if let Some(policy) = policy.filter(|policy| !NODE_POLICIES.contains(policy)) {
        errors.not_supported(path, Bad::Typed(policy), &NODE_POLICIES);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(constraints: Value) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(json!({"containers": [], "topologySpreadConstraints": constraints})).unwrap();
        testing::messages(|errors| super::constraints(errors, &spec, &ROOT.field("t")))
    }

    fn with(field: &str, value: Value) -> Vec<String> {
        let mut one = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"});
        one[field] = value;
        messages(json!([one]))
    }

    #[test]
    fn numbers_are_greater_than_zero() {
        for field in ["maxSkew", "minDomains"] {
            assert_eq!(with(field, json!(1)), Vec::<String>::new());
            for bad in [0, -1] {
                assert_eq!(with(field, json!(bad)), [format!("t[0].{field}: Invalid value: {bad}: must be greater than zero")]);
            }
        }
    }

    #[test]
    fn a_minimum_of_domains_needs_a_strict_constraint() {
        let of = |domains: Value| {
            let one = json!({"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "ScheduleAnyway", "minDomains": domains});
            messages(json!([one]))
        };
        assert_eq!(of(Value::Null), Vec::<String>::new());
        let detail = "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway";
        assert_eq!(of(json!(1)), [format!("t[0].minDomains: Invalid value: 1: {detail}")]);
    }

    #[test]
    fn nodes_are_honored_or_ignored() {
        for field in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            for good in ["Honor", "Ignore"] {
                assert_eq!(with(field, json!(good)), Vec::<String>::new());
            }
            assert_eq!(
                with(field, json!("")),
                [format!("t[0].{field}: Unsupported value: \"\": supported values: \"Honor\", \"Ignore\"")]
            );
        }
    }

    #[test]
    fn constraints_differ_in_topology_or_action() {
        let of = |key: &str, action: &str| json!({"maxSkew": 1, "topologyKey": key, "whenUnsatisfiable": action});
        let (first, second) = (of("zone", "DoNotSchedule"), of("zone", "ScheduleAnyway"));
        assert_eq!(messages(json!([first, second, of("host", "DoNotSchedule")])), Vec::<String>::new());
        let error = "{topologyKey, whenUnsatisfiable}: Duplicate value: \"{zone, DoNotSchedule}\"";
        assert_eq!(messages(json!([first, second, first, first])), [format!("t[0].{error}"), format!("t[2].{error}")]);
    }

    #[test]
    fn selectors_are_possible_ones() {
        assert_eq!(with("labelSelector", json!({"matchLabels": {"a": "b"}})), Vec::<String>::new());
        assert_eq!(
            with("labelSelector", json!({"matchExpressions": [{"key": "a", "operator": "In"}]})),
            ["t[0].labelSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or \
                 'NotIn'"]
        );
    }

    #[test]
    fn keys_are_those_of_labels() {
        let of = |keys: &[&str]| {
            let one = json!({
                "maxSkew": 1,
                "topologyKey": "zone",
                "whenUnsatisfiable": "DoNotSchedule",
                "labelSelector": {},
                "matchLabelKeys": keys,
            });
            messages(json!([one]))
        };
        assert_eq!(of(&["a/b"]), Vec::<String>::new());
        assert_eq!(of(&["a", "/b"]), ["t[0].matchLabelKeys[1]: Invalid value: \"/b\": prefix part must be non-empty"]);
    }

    #[test]
    fn a_constraint_says_where_and_how() {
        let good = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "minDomains": 2});
        assert_eq!(messages(json!([good])), Vec::<String>::new());
        assert_eq!(
            messages(json!([{"maxSkew": 0, "topologyKey": "", "whenUnsatisfiable": "x", "minDomains": 2}])),
            [
                "t[0].maxSkew: Invalid value: 0: must be greater than zero",
                "t[0].topologyKey: Required value: can not be empty",
                "t[0].whenUnsatisfiable: Unsupported value: \"x\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"",
                "t[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not x",
            ]
        );
    }

    #[test]
    fn a_topology_is_constrained_once() {
        let one = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"});
        assert_eq!(
            messages(json!([one, one])),
            ["t[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{zone, DoNotSchedule}\""]
        );
    }

    #[test]
    fn keys_need_a_selector() {
        let one = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "matchLabelKeys": ["a"]});
        assert_eq!(
            messages(json!([one])),
            ["t[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set"]
        );
    }

    #[test]
    fn a_key_that_is_selected_already_is_refused() {
        let selector = json!({"matchLabels": {"a": "x"}, "matchExpressions": [{"key": "a", "operator": "Exists"}]});
        let one = json!({
            "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "matchLabelKeys": ["b", "a", "/"],
            "labelSelector": selector,
        });
        let found = messages(json!([one]));
        assert!(found[0].starts_with("t[0].matchLabelKeys[2]: Invalid value: \"/\": "), "{}", found[0]);
        assert_eq!(found.last().unwrap(), "t[0][1]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector");
    }
}
