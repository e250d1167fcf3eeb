//! When a Job fails early, and when it replaces its Pods.
//!
//! Follows `validatePodFailurePolicy` and `validatePodReplacementPolicy` in `pkg/apis/batch/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::batch::v1::{
    JobSpec, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyOnPodConditionsPattern, PodFailurePolicyRule,
};
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::super::names;
use super::{list, text};

const MAX_RULES: usize = 20;
const MAX_CONDITIONS: usize = 20;
const MAX_EXIT_CODES: usize = 255;

const ACTIONS: [&str; 4] = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: [&str; 2] = ["In", "NotIn"];
const STATUSES: [&str; 3] = ["False", "True", "Unknown"];

/// The `podFailurePolicy` of the Job that `path` describes. `written` is what `spec` was decoded from: in a message a list that
/// is not there is `null`, an empty one `[]`.
pub(super) fn failure_policy(errors: &mut Errors, spec: &JobSpec, written: &Value, path: &FieldPath<'_>) {
    let Some(policy) = &spec.pod_failure_policy else { return };
    let path = &path.field("podFailurePolicy");
    let path = &path.field("rules");
    if policy.rules.len() > MAX_RULES {
        errors.too_many(path, policy.rules.len(), MAX_RULES);
    }
    let job = Job::new(spec);
    for (index, rule) in policy.rules.iter().enumerate() {
        failure_rule(errors, rule, &job, &written["podFailurePolicy"]["rules"][index], &path.index(index));
    }
}

/// The `podReplacementPolicy` of the Job that `path` describes.
pub(super) fn replacement_policy(errors: &mut Errors, spec: &JobSpec, path: &FieldPath<'_>) {
    let path = &path.field("podReplacementPolicy");
    let supported: &[&str] = if spec.pod_failure_policy.is_some() { &["Failed"] } else { &["Failed", "TerminatingOrFailed"] };
    if let Some(policy) = spec.pod_replacement_policy.as_deref().filter(|policy| !supported.contains(policy)) {
        errors.not_supported(path, Bad::Typed(policy), supported);
    }
}

/// What the rules have to know of their Job.
struct Job<'a> {
    has_limit_per_index: bool,
    containers: HashSet<&'a str>,
}

impl<'a> Job<'a> {
    fn new(spec: &'a JobSpec) -> Self {
        let pod = spec.template.spec.as_ref();
        let init = list(pod.and_then(|pod| pod.init_containers.as_ref()));
        let containers = pod.into_iter().flat_map(|pod| &pod.containers).chain(init);
        Self {
            has_limit_per_index: spec.backoff_limit_per_index.is_some(),
            containers: containers.map(|container| container.name.as_str()).collect(),
        }
    }
}

fn failure_rule(errors: &mut Errors, rule: &PodFailurePolicyRule, job: &Job<'_>, written: &Value, path: &FieldPath<'_>) {
    let action_path = &path.field("action");
    if rule.action == "FailIndex" {
        if !job.has_limit_per_index {
            errors.invalid(action_path, Bad::Typed("FailIndex"), "requires the backoffLimitPerIndex to be set");
        }
    } else {
        choice(errors, &rule.action, &ACTIONS, action_path);
    }
    let conditions = list(rule.on_pod_conditions.as_ref());
    if let Some(codes) = &rule.on_exit_codes {
        exit_codes(errors, codes, job, &written["onExitCodes"], &path.field("onExitCodes"));
    }
    pod_conditions(errors, conditions, &path.field("onPodConditions"));
    match (rule.on_exit_codes.is_some(), !conditions.is_empty()) {
        (true, true) => {
            errors.invalid_without_value(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        (false, false) => {
            errors.invalid_without_value(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
        _ => {}
    }
}

/// A value that has to be there, and has to be one of `supported`.
fn choice(errors: &mut Errors, value: &str, supported: &[&str], path: &FieldPath<'_>) {
    if value.is_empty() {
        let quoted: Vec<_> = supported.iter().map(|choice| quoted(choice)).collect();
        errors.required(path, &format!("valid values: [{}]", quoted.join(" ")));
    } else if !supported.contains(&value) {
        errors.not_supported(path, Bad::Typed(value), supported);
    }
}

fn pod_conditions(errors: &mut Errors, patterns: &[PodFailurePolicyOnPodConditionsPattern], path: &FieldPath<'_>) {
    if patterns.len() > MAX_CONDITIONS {
        errors.too_many(path, patterns.len(), MAX_CONDITIONS);
    }
    for (index, pattern) in patterns.iter().enumerate() {
        let path = &path.index(index);
        errors.invalid_each(&path.field("type"), &pattern.type_, &names::qualified_name(&pattern.type_));
        choice(errors, text(pattern.status.as_ref()), &STATUSES, &path.field("status"));
    }
}

fn exit_codes(
    errors: &mut Errors,
    codes: &PodFailurePolicyOnExitCodesRequirement,
    job: &Job<'_>,
    written: &Value,
    path: &FieldPath<'_>,
) {
    choice(errors, &codes.operator, &OPERATORS, &path.field("operator"));
    if let Some(name) = codes.container_name.as_ref().filter(|name| !job.containers.contains(name.as_str())) {
        let detail = "must be one of the container or initContainer names in the pod template";
        errors.invalid(&path.field("containerName"), name, detail);
    }
    let path = &path.field("values");
    let values = codes.values.as_slice();
    if values.is_empty() {
        let none = if written["values"].is_null() { Value::Null } else { json!([]) };
        errors.invalid(path, none, "at least one value is required");
    } else if values.len() > MAX_EXIT_CODES {
        errors.too_many(path, values.len(), MAX_EXIT_CODES);
    }
    let mut seen = HashSet::new();
    for (index, value) in values.iter().enumerate() {
        if *value == 0 && codes.operator == "In" {
            errors.invalid(&path.index(index), 0, "must not be 0 for the In operator");
        }
        if !seen.insert(value) {
            errors.duplicate(&path.index(index), *value);
        }
    }
    if !values.is_sorted() {
        errors.invalid(path, Bad::json(&values), "must be ordered");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let mut written = spec;
        written["template"] = json!({"spec": {"containers": [{"name": "a"}], "initContainers": [{"name": "first"}]}});
        let spec: JobSpec = serde_json::from_value(written.clone()).unwrap();
        field_error::testing::messages(|errors| {
            failure_policy(errors, &spec, &written, &ROOT.field("s"));
            replacement_policy(errors, &spec, &ROOT.field("s"));
        })
    }

    #[test]
    fn a_failure_rule_has_one_cause() {
        assert_eq!(
            messages(json!({"podFailurePolicy": {"rules": [{"action": ""}]}})),
            [
                "s.podFailurePolicy.rules[0].action: Required value: valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]",
                "s.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
            ]
        );
    }

    #[test]
    fn exit_codes_are_ordered_and_no_success() {
        let codes = json!({"operator": "In", "containerName": "b", "values": [3, 0, 3]});
        assert_eq!(
            messages(json!({"podFailurePolicy": {"rules": [{"action": "Count", "onExitCodes": codes}]}})),
            [
                "s.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"b\": must be one of the container or \
             initContainer names in the pod template",
                "s.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator",
                "s.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 3",
                "s.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,0,3]: must be ordered",
            ]
        );
    }

    fn failure(rules: Value) -> Vec<String> {
        messages(json!({"podFailurePolicy": {"rules": rules}}))
    }

    #[test]
    fn a_failure_policy_needs_no_rule() {
        for good in [
            json!([]),
            json!([{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]),
            json!([{"action": "FailJob", "onExitCodes": {"operator": "NotIn", "values": [0, 1], "containerName": "first"}}]),
        ] {
            assert_eq!(failure(good), Vec::<String>::new());
        }
    }

    #[test]
    fn a_failure_rule_has_a_known_action() {
        let codes = json!({"operator": "In", "values": [1]});
        let rules = json!([{"action": "Retry", "onExitCodes": codes}, {"action": "FailIndex", "onExitCodes": codes}]);
        let at = "s.podFailurePolicy.rules";
        let known = "supported values: \"Count\", \"FailIndex\", \"FailJob\", \"Ignore\"";
        assert_eq!(
            failure(rules.clone()),
            [
                format!("{at}[0].action: Unsupported value: \"Retry\": {known}"),
                format!("{at}[1].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set"),
            ]
        );
        let found = messages(json!({"podFailurePolicy": {"rules": [rules[1]]}, "backoffLimitPerIndex": 0}));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_failure_rule_has_not_two_causes() {
        let codes = json!({"operator": "In", "values": [1]});
        let conditions = json!([{"type": "a b", "status": "Maybe"}, {"type": "Ready"}]);
        let found = failure(json!([{"action": "Count", "onExitCodes": codes, "onPodConditions": conditions}]));
        let at = "s.podFailurePolicy.rules[0]";
        assert_eq!(found.len(), 4);
        assert!(found[0].starts_with(&format!("{at}.onPodConditions[0].type: Invalid value: \"a b\": name part must consist")));
        assert_eq!(
            found[1..],
            [
                format!(
                    "{at}.onPodConditions[0].status: Unsupported value: \"Maybe\": supported values: \"False\", \"True\", \"Unknown\""
                ),
                format!("{at}.onPodConditions[1].status: Required value: valid values: [\"False\" \"True\" \"Unknown\"]"),
                format!("{at}: Invalid value: specifying both OnExitCodes and OnPodConditions is not supported"),
            ]
        );
    }

    #[test]
    fn exit_codes_have_an_operator_and_values() {
        let at = "s.podFailurePolicy.rules[0].onExitCodes";
        assert_eq!(
            failure(json!([{"action": "Count", "onExitCodes": {"operator": "", "values": []}}])),
            [
                format!("{at}.operator: Required value: valid values: [\"In\" \"NotIn\"]"),
                format!("{at}.values: Invalid value: []: at least one value is required"),
            ]
        );
        assert_eq!(
            failure(json!([{"action": "Count", "onExitCodes": {"operator": "Is"}}])),
            [
                format!("{at}.operator: Unsupported value: \"Is\": supported values: \"In\", \"NotIn\""),
                format!("{at}.values: Invalid value: null: at least one value is required"),
            ]
        );
    }

    #[test]
    fn there_are_not_too_many_failure_rules() {
        let rules = |count: usize, codes: i32, conditions: usize| {
            let values: Vec<_> = (1..=codes).collect();
            let of_codes = json!({"action": "Count", "onExitCodes": {"operator": "In", "values": values}});
            let condition = json!({"type": "Ready", "status": "True"});
            let of_conditions = json!({"action": "Count", "onPodConditions": vec![condition; conditions]});
            let mut rules = vec![of_codes; count - 1];
            rules.push(of_conditions);
            failure(json!(rules))
        };
        assert_eq!(rules(20, 255, 20), Vec::<String>::new());
        assert_eq!(
            rules(2, 256, 21),
            [
                "s.podFailurePolicy.rules[0].onExitCodes.values: Too many: 256: must have at most 255 items",
                "s.podFailurePolicy.rules[1].onPodConditions: Too many: 21: must have at most 20 items",
            ]
        );
        assert_eq!(rules(21, 1, 1), ["s.podFailurePolicy.rules: Too many: 21: must have at most 20 items"]);
    }

    #[test]
    fn pods_that_may_fail_are_replaced_when_they_have_failed() {
        for good in ["Failed", "TerminatingOrFailed"] {
            assert_eq!(messages(json!({"podReplacementPolicy": good})), Vec::<String>::new());
        }
        assert_eq!(
            messages(json!({"podReplacementPolicy": ""})),
            ["s.podReplacementPolicy: Unsupported value: \"\": supported values: \"Failed\", \"TerminatingOrFailed\""]
        );
        assert_eq!(
            messages(json!({"podReplacementPolicy": "TerminatingOrFailed", "podFailurePolicy": {"rules": []}})),
            ["s.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\""]
        );
    }
}
