//! The restart policy of a single container, and its rules.
//!
//! Follows `validateContainerRestartPolicy` and `validateInitContainerRestartPolicy` in
//! `pkg/apis/core/validation/validation.go` (v1.35, without the gate `RestartAllContainersOnContainerExits`).

use k8s_openapi::api::core::v1::{Container, ContainerRestartRule};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::list;

const MAX_RULES: usize = 20;
const MAX_EXIT_CODES: usize = 255;
const WITHOUT_POLICY: &str = "must specify restartPolicy when restart rules are used";

/// The policy of an ordinary container.
pub(super) fn container(errors: &mut Errors, container: &Container, path: &FieldPath<'_>) {
    let rules = list(container.restart_policy_rules.as_ref());
    let policy_path = &path.field("restartPolicy");
    match container.restart_policy.as_deref() {
        None if rules.is_empty() => return,
        None => errors.required(policy_path, WITHOUT_POLICY),
        Some("Always" | "Never" | "OnFailure") => {}
        Some(other) => errors.not_supported(policy_path, Bad::Typed(other), &["Always", "Never", "OnFailure"]),
    }
    let path = &path.field("restartPolicyRules");
    if rules.len() > MAX_RULES {
        errors.too_long(path, MAX_RULES);
    }
    for (index, rule) in rules.iter().enumerate() {
        self::rule(errors, rule, &path.index(index));
    }
}

/// The policy of an init container. Without a policy the rules are not looked at; one that always restarts has no rules.
pub(super) fn init_container(errors: &mut Errors, init: &Container, path: &FieldPath<'_>) {
    let has_rules = !list(init.restart_policy_rules.as_ref()).is_empty();
    match init.restart_policy.as_deref() {
        None if has_rules => errors.required(&path.field("restartPolicy"), WITHOUT_POLICY),
        Some("Always") if has_rules => {
            let detail = "restartPolicyRules are not allowed for init containers with restart policy Always";
            errors.forbidden(&path.field("restartPolicyRules"), detail);
        }
        None | Some("Always") => {}
        Some(_) => container(errors, init, path),
    }
}

fn rule(errors: &mut Errors, rule: &ContainerRestartRule, path: &FieldPath<'_>) {
    if rule.action != "Restart" {
        errors.not_supported(&path.field("action"), Bad::Typed(&rule.action), &["Restart"]);
    }
    let path = &path.field("exitCodes");
    let Some(exit_codes) = &rule.exit_codes else {
        errors.required(path, "must be specified");
        return;
    };
    if !matches!(exit_codes.operator.as_str(), "In" | "NotIn") {
        errors.not_supported(&path.field("operator"), Bad::Typed(&exit_codes.operator), &["In", "NotIn"]);
    }
    if list(exit_codes.values.as_ref()).len() > MAX_EXIT_CODES {
        errors.too_long(&path.field("values"), MAX_EXIT_CODES);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages_of_container, messages_of_spec};
    use serde_json::{Value, json};

    fn rule(operator: &str, values: &[i32]) -> Value {
        json!({"action": "Restart", "exitCodes": {"operator": operator, "values": values}})
    }

    fn with(policy: &str, rules: &[Value]) -> Vec<String> {
        messages_of_container(json!({"restartPolicy": policy, "restartPolicyRules": rules}))
    }

    #[test]
    fn a_container_may_restart_otherwise_than_its_pod() {
        for good in ["Always", "Never", "OnFailure"] {
            assert_eq!(with(good, &[]), Vec::<String>::new());
            assert_eq!(with(good, &[rule("In", &[1]), rule("NotIn", &[0])]), Vec::<String>::new());
        }
        assert_eq!(messages_of_container(json!({"restartPolicyRules": []})), Vec::<String>::new());
        assert_eq!(
            with("", &[]),
            [r#"spec.containers[0].restartPolicy: Unsupported value: "": supported values: "Always", "Never", "OnFailure""#]
        );
    }

    #[test]
    fn an_exit_code_is_in_a_list_or_not() {
        assert_eq!(
            with("Never", &[rule("Is", &[1])]),
            [
                r#"spec.containers[0].restartPolicyRules[0].exitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn""#
            ]
        );
    }

    #[test]
    fn there_are_at_most_20_rules_of_255_codes() {
        assert_eq!(with("Never", &vec![rule("In", &[1; 255]); 20]), Vec::<String>::new());
        assert_eq!(
            with("Never", &vec![rule("In", &[1]); 21]),
            ["spec.containers[0].restartPolicyRules: Too long: may not be more than 20 bytes"]
        );
        assert_eq!(
            with("Never", &[rule("In", &[1; 256])]),
            ["spec.containers[0].restartPolicyRules[0].exitCodes.values: Too long: may not be more than 255 bytes"]
        );
    }

    #[test]
    fn the_rules_of_an_init_container_without_a_policy_are_not_looked_at() {
        let init = json!({"name": "a", "image": "a", "restartPolicyRules": [{"action": "Stop"}]});
        assert_eq!(
            messages_of_spec(json!({"initContainers": [init]})),
            ["spec.initContainers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used"]
        );
    }

    #[test]
    fn a_sidecar_has_no_rules() {
        let of = |policy: &str, rules: &[Value]| {
            let init = json!({"name": "a", "image": "b", "restartPolicy": policy, "restartPolicyRules": rules});
            messages_of_spec(json!({"initContainers": [init]}))
        };
        assert_eq!(of("Always", &[]), Vec::<String>::new());
        assert_eq!(
            of("Always", &[rule("In", &[1])]),
            [
                "spec.initContainers[0].restartPolicyRules: Forbidden: restartPolicyRules are not allowed for init containers with \
                 restart policy Always"
            ]
        );
        assert_eq!(of("OnFailure", &[rule("In", &[1])]), Vec::<String>::new());
        assert_eq!(
            of("Sometimes", &[]),
            [
                r#"spec.initContainers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure""#
            ]
        );
    }

    #[test]
    fn rules_need_a_policy() {
        let rule = json!({"action": "Restart", "exitCodes": {"operator": "In", "values": [42]}});
        assert_eq!(
            messages_of_container(json!({"restartPolicyRules": [rule, {"action": "Stop"}]})),
            [
                "spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used",
                r#"spec.containers[0].restartPolicyRules[1].action: Unsupported value: "Stop": supported values: "Restart""#,
                "spec.containers[0].restartPolicyRules[1].exitCodes: Required value: must be specified",
            ]
        );
    }
}
