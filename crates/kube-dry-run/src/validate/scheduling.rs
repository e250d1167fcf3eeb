//! What makes a Pod wait, and what it tolerates.
//!
//! Follows `validateReadinessGates`, `validateSchedulingGates`, `ValidateTolerations` and `validateTaintEffect` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{PodSpec, Toleration};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::{list, text};

const EFFECTS: [&str; 3] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const OPERATORS: [&str; 2] = ["Equal", "Exists"];

/// What is listed for an operator whose gate, `TaintTolerationComparisonOperators`, is off.
const COMPARING_OPERATORS: [&str; 4] = ["Equal", "Exists", "Lt", "Gt"];

/// `readinessGates` and `schedulingGates`; `path` is the `spec`.
pub(super) fn gates(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    let readiness_path = &path.field("readinessGates");
    for (index, gate) in list(spec.readiness_gates.as_ref()).iter().enumerate() {
        let path = &readiness_path.index(index);
        errors.invalid_each(&path.field("conditionType"), &gate.condition_type, &names::qualified_name(&gate.condition_type));
    }
    let scheduling_path = &path.field("schedulingGates");
    let mut seen = HashSet::new();
    for (index, gate) in list(spec.scheduling_gates.as_ref()).iter().enumerate() {
        let path = &scheduling_path.index(index);
        errors.invalid_each(path, &gate.name, &names::qualified_name(&gate.name));
        if !seen.insert(&gate.name) {
            errors.duplicate(path, &gate.name);
        }
    }
}

/// The list `tolerations`.
pub(super) fn tolerations(errors: &mut Errors, tolerations: &[Toleration], path: &FieldPath<'_>) {
    for (index, toleration) in tolerations.iter().enumerate() {
        self::toleration(errors, toleration, &path.index(index));
    }
}

fn toleration(errors: &mut Errors, toleration: &Toleration, path: &FieldPath<'_>) {
    let (key, operator) = (text(toleration.key.as_ref()), text(toleration.operator.as_ref()));
    let operator_path = &path.field("operator");
    if !key.is_empty() {
        errors.invalid_each(&path.field("key"), key, &names::qualified_name(key));
    } else if operator != "Exists" {
        let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
        errors.invalid(operator_path, Bad::Typed(operator), detail);
    }
    let (effect, effect_path) = (text(toleration.effect.as_ref()), &path.field("effect"));
    if toleration.toleration_seconds.is_some() && effect != "NoExecute" {
        errors.invalid(effect_path, Bad::Typed(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    let value = text(toleration.value.as_ref());
    match operator {
        "" | "Equal" => {
            let reasons = names::label_value(value);
            if !reasons.is_empty() {
                errors.invalid(operator_path, value, &reasons.join(";"));
            }
        }
        "Exists" if !value.is_empty() => {
            errors.invalid(operator_path, value, "value must be empty when `operator` is 'Exists'");
        }
        "Exists" => {}
        "Lt" | "Gt" => errors.not_supported(operator_path, Bad::Typed(operator), &COMPARING_OPERATORS),
        unknown => errors.not_supported(operator_path, Bad::Typed(unknown), &OPERATORS),
    }
    if !effect.is_empty() && !EFFECTS.contains(&effect) {
        errors.not_supported(effect_path, Bad::Typed(effect), &EFFECTS);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let mut spec = spec;
        spec["containers"] = json!([]);
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        let path = &ROOT.field("spec");
        testing::messages(|errors| {
            gates(errors, &spec, path);
            tolerations(errors, list(spec.tolerations.as_ref()), &path.field("tolerations"));
        })
    }

    fn with_toleration(toleration: Value) -> Vec<String> {
        let found = messages(json!({"tolerations": [toleration]}));
        found.into_iter().map(|message| message.trim_start_matches("spec.tolerations[0].").to_owned()).collect()
    }

    #[test]
    fn gates_have_qualified_names() {
        let of = |name: &str| messages(json!({"readinessGates": [{"conditionType": name}], "schedulingGates": [{"name": name}]}));
        assert_eq!(of("example.com/A_b"), Vec::<String>::new());
        assert_eq!(
            of("/a"),
            [
                "spec.readinessGates[0].conditionType: Invalid value: \"/a\": prefix part must be non-empty",
                "spec.schedulingGates[0]: Invalid value: \"/a\": prefix part must be non-empty",
            ]
        );
        let twice = json!({"readinessGates": [{"conditionType": "a"}, {"conditionType": "a"}]});
        assert_eq!(messages(twice), Vec::<String>::new());
    }

    #[test]
    fn keys_and_values_of_tolerations_are_those_of_labels() {
        assert_eq!(with_toleration(json!({"key": "a/b", "value": "A_b"})), Vec::<String>::new());
        assert_eq!(
            with_toleration(json!({"key": "/a", "operator": "Exists"})),
            ["key: Invalid value: \"/a\": prefix part must be non-empty"]
        );
        let long = "a".repeat(64);
        assert_eq!(
            with_toleration(json!({"key": "a", "value": long})),
            [format!("operator: Invalid value: \"{long}\": must be no more than 63 bytes")]
        );
        let reasons = names::label_value(&" ".repeat(64)).join(";");
        assert!(reasons.starts_with("must be no more than 63 bytes;a valid label must be an empty string or"));
        assert_eq!(
            with_toleration(json!({"key": "a", "operator": "Equal", "value": " ".repeat(64)})),
            [format!("operator: Invalid value: \"{}\": {reasons}", " ".repeat(64))]
        );
    }

    #[test]
    fn a_toleration_compares_in_two_ways() {
        for good in ["", "Equal", "Exists"] {
            assert_eq!(with_toleration(json!({"key": "a", "operator": good})), Vec::<String>::new(), "{good}");
        }
        assert_eq!(
            with_toleration(json!({"key": "a", "operator": "In"})),
            [r#"operator: Unsupported value: "In": supported values: "Equal", "Exists""#]
        );
        for alpha in ["Lt", "Gt"] {
            let supported = r#""Equal", "Exists", "Lt", "Gt""#;
            assert_eq!(
                with_toleration(json!({"key": "a", "operator": alpha, "value": "1"})),
                [format!("operator: Unsupported value: \"{alpha}\": supported values: {supported}")]
            );
        }
    }

    #[test]
    fn effects_are_known_and_one_of_them_takes_time() {
        for good in ["", "NoSchedule", "PreferNoSchedule", "NoExecute"] {
            assert_eq!(with_toleration(json!({"key": "a", "effect": good})), Vec::<String>::new(), "{good}");
        }
        for bad in ["", "NoSchedule", "PreferNoSchedule"] {
            assert_eq!(
                with_toleration(json!({"key": "a", "effect": bad, "tolerationSeconds": 0})),
                [format!("effect: Invalid value: \"{bad}\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
            );
        }
    }

    #[test]
    fn gates_are_named_once() {
        let found = messages(json!({"schedulingGates": [{"name": "a"}, {"name": "a"}]}));
        assert_eq!(found, ["spec.schedulingGates[1]: Duplicate value: \"a\""]);
    }

    #[test]
    fn tolerations_are_coherent() {
        let of = |toleration: Value| messages(json!({"tolerations": [toleration]}));
        assert_eq!(of(json!({"operator": "Exists"})), Vec::<String>::new());
        assert_eq!(of(json!({"key": "a", "value": "b", "effect": "NoExecute", "tolerationSeconds": 5})), Vec::<String>::new());
        assert_eq!(
            of(json!({})),
            [
                "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match \
             all values and all keys\""
            ]
        );
        assert_eq!(
            of(json!({"key": "a", "operator": "Exists", "value": "b", "effect": "x", "tolerationSeconds": 5})),
            [
                "spec.tolerations[0].effect: Invalid value: \"x\": effect must be 'NoExecute' when `tolerationSeconds` is set",
                "spec.tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'",
                "spec.tolerations[0].effect: Unsupported value: \"x\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \
             \"NoExecute\"",
            ]
        );
    }
}
