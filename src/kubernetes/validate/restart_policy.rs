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

/// The policy of an ordinary container.
pub(super) fn container(errors: &mut Errors, container: &Container, path: &FieldPath<'_>) {
    let rules = list(container.restart_policy_rules.as_ref());
    let policy_path = &path.field("restartPolicy");
    match container.restart_policy.as_deref() {
        None if rules.is_empty() => return,
        None => errors.required(policy_path, "must specify restartPolicy when restart rules are used"),
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

/// The policy of an init container; one that always restarts has no rules.
pub(super) fn init_container(errors: &mut Errors, init: &Container, path: &FieldPath<'_>) {
    if init.restart_policy.as_deref() != Some("Always") {
        container(errors, init, path);
    } else if !list(init.restart_policy_rules.as_ref()).is_empty() {
        let detail = "restartPolicyRules are not allowed for init containers with restart policy Always";
        errors.forbidden(&path.field("restartPolicyRules"), detail);
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
    use super::super::testing::messages_of_container;
    use serde_json::json;

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
