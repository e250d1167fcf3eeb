//! Requests and limits of resources.
//!
//! Follows `ValidateContainerResourceRequirements` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::{Container, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::super::quantity::Quantity;
use super::super::resources::{
    is_counted, is_extended, is_huge_page, is_native, is_overcommit_allowed, is_standard, is_standard_for_containers,
};
use super::scope::Scope;
use super::{list, resource_claim};

type Resources = BTreeMap<String, Written>;

/// Checks the name of a resource.
pub(super) type NameCheck = fn(&mut Errors, &str, &FieldPath<'_>);

/// The resources of a container.
pub(super) fn container(errors: &mut Errors, requirements: &ResourceRequirements, scope: &Scope<'_>, path: &FieldPath<'_>) {
    requests_and_limits(errors, requirements, container_name, path);
    resource_claim::of_container(errors, list(requirements.claims.as_ref()), &scope.claims, &path.field("claims"));
}

/// What a runtime class adds to the Pod's resources.
pub(super) fn overhead(errors: &mut Errors, overhead: Option<&Resources>, path: &FieldPath<'_>) {
    if let Some(overhead) = overhead {
        let requirements = ResourceRequirements { limits: Some(overhead.clone()), ..ResourceRequirements::default() };
        requests_and_limits_at(errors, &requirements, container_name, path, &path.field("limits").nominal());
    }
}

/// `validateResourceRequirements`
pub(super) fn requests_and_limits(
    errors: &mut Errors,
    requirements: &ResourceRequirements,
    check: NameCheck,
    path: &FieldPath<'_>,
) {
    requests_and_limits_at(errors, requirements, check, path, &path.field("limits"));
}

fn requests_and_limits_at(
    errors: &mut Errors,
    requirements: &ResourceRequirements,
    check: NameCheck,
    path: &FieldPath<'_>,
    limits_path: &FieldPath<'_>,
) {
    let requests_path = &path.field("requests");
    let limits = requirements.limits.as_ref();
    for (name, limit) in limits.into_iter().flatten() {
        amount(errors, name, Quantity::of_resource(limit), check, &limits_path.key(name));
    }
    for (name, request) in requirements.requests.iter().flatten() {
        let request = Quantity::of_resource(request);
        amount(errors, name, request, check, &requests_path.key(name));
        match limits.and_then(|limits| limits.get(name)).map(Quantity::of_resource) {
            Some(limit) => request_to_limit(errors, name, request, limit, &requests_path.key(name).unnamed()),
            None if is_overcommit_allowed(name) => {}
            None => errors.required(&limits_path.key(name).unnamed(), "Limit must be set for non overcommitable resources"),
        }
    }
    let has = |wanted: fn(&str) -> bool| {
        requirements.limits.iter().chain(&requirements.requests).flatten().any(|(name, _)| wanted(name))
    };
    if has(is_huge_page) && !has(|name| matches!(name, "cpu" | "memory")) {
        errors.forbidden(path, "HugePages require cpu or memory");
    }
}

/// How a container takes a change of its resources.
pub(super) fn resize_policy(errors: &mut Errors, container: &Container, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let mut resources = HashSet::new();
    for (index, policy) in list(container.resize_policy.as_ref()).iter().enumerate() {
        if !resources.insert(policy.resource_name.as_str()) {
            errors.duplicate(&path.index(index), Bad::Typed(&policy.resource_name));
        }
        let path = &path.index(index).unnamed();
        let policy_path = &path.field("restartPolicy").unnamed();
        choice(errors, &policy.resource_name, &["cpu", "memory"], &path.field("resourceName").unnamed());
        choice(errors, &policy.restart_policy, &["NotRequired", "RestartContainer"], policy_path);
        if scope.restart_policy() == "Never" && policy.restart_policy != "NotRequired" {
            let detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
            errors.invalid(policy_path, Bad::Typed(&policy.restart_policy), detail);
        }
    }
}

/// `validateContainerResourceName`
pub(super) fn container_name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) {
    any_name(errors, name, path);
    if !name.contains('/') {
        if !is_standard_for_containers(name) {
            errors.invalid(path, Bad::Typed(name), "must be a standard resource for containers");
        }
    } else if !is_native(name) && !is_extended(name) {
        errors.invalid(path, Bad::Typed(name), "doesn't follow extended resource name standard");
    }
}

/// `validateResourceName`; true if the name is good.
pub(super) fn any_name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) -> bool {
    let reasons = names::qualified_name(name);
    for reason in &reasons {
        errors.invalid(path, Bad::Typed(name), reason);
    }
    if !reasons.is_empty() {
        return false;
    }
    let good = name.contains('/') || is_standard(name);
    if !good {
        errors.invalid(path, Bad::Typed(name), "must be a standard resource type or fully qualified");
    }
    good
}

fn amount(errors: &mut Errors, name: &str, amount: Quantity, check: NameCheck, path: &FieldPath<'_>) {
    check(errors, name, path);
    if amount.is_negative() {
        errors.invalid(path, &amount.to_string(), "must be greater than or equal to 0");
    }
    if is_counted(name) && !amount.is_whole() {
        errors.invalid(path, &amount.to_string(), "must be an integer");
    }
    if is_huge_page(name) && !is_multiple(amount, name) {
        let detail = format!("{amount} is not positive integer multiple of {name}");
        errors.invalid(path, &amount.to_string(), &detail);
    }
}

/// `IsHugePageResourceValueDivisible`
fn is_multiple(amount: Quantity, name: &str) -> bool {
    let size = Quantity::parse(name.strip_prefix("hugepages-").unwrap_or(name)).unwrap_or(Quantity::ZERO);
    let is_size = !size.is_negative() && !size.is_zero() && size.is_whole();
    is_size && amount.value() % size.value() == 0
}

fn request_to_limit(errors: &mut Errors, name: &str, request: Quantity, limit: Quantity, path: &FieldPath<'_>) {
    let order = request.compare(limit);
    if order.is_ne() && !is_overcommit_allowed(name) {
        errors.invalid(path, &request.to_string(), &format!("must be equal to {name} limit of {limit}"));
    } else if order.is_gt() {
        errors.invalid(path, &request.to_string(), &format!("must be less than or equal to {name} limit of {limit}"));
    }
}

fn choice(errors: &mut Errors, value: &str, supported: &[&str], path: &FieldPath<'_>) {
    if value.is_empty() {
        errors.required(path, "");
    } else if !supported.contains(&value) {
        errors.not_supported(path, Bad::Typed(value), supported);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages_of_container, messages_of_spec};
    use serde_json::{Value, json};

    fn with_resources(resources: &Value) -> Vec<String> {
        let found = messages_of_container(json!({"resources": resources}));
        found.into_iter().map(|message| message.trim_start_matches("spec.containers[0].resources.").to_owned()).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn resources_of_containers_have_known_names() {
        let amounts = json!({
            "cpu": "1", "memory": "1", "ephemeral-storage": "1", "hugepages-2Mi": "2Mi", "nvidia.com/gpu": "1",
            "kubernetes.io/batch-cpu": "1",
        });
        assert_eq!(with_resources(&json!({"limits": amounts, "requests": amounts})), NONE);
        let of = |name: &str| with_resources(&json!({"limits": {name: "1"}, "requests": {name: "1"}}));
        assert_eq!(
            of("gpu")[..2],
            [
                r#"limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified"#,
                r#"limits[gpu]: Invalid value: "gpu": must be a standard resource for containers"#,
            ]
        );
        assert_eq!(
            of("requests.example.com/a")[0],
            r#"limits[requests.example.com/a]: Invalid value: "requests.example.com/a": doesn't follow extended resource name standard"#
        );
        assert_eq!(of("example.com/")[0], r#"limits[example.com/]: Invalid value: "example.com/": name part must be non-empty"#);
    }

    #[test]
    fn amounts_are_not_negative_and_pieces_are_whole() {
        let of = |name: &str, amount: &str| with_resources(&json!({"limits": {name: amount}, "requests": {name: amount}}));
        for (name, good) in [("cpu", "0"), ("cpu", "500m"), ("nvidia.com/gpu", "0"), ("nvidia.com/gpu", "1e3")] {
            assert_eq!(of(name, good), NONE, "{name} {good}");
        }
        for (name, bad, detail) in [
            ("cpu", "-1m", "must be greater than or equal to 0"),
            ("nvidia.com/gpu", "-1", "must be greater than or equal to 0"),
            ("nvidia.com/gpu", "1500m", "must be an integer"),
        ] {
            let error = |place: &str| format!("{place}[{name}]: Invalid value: \"{bad}\": {detail}");
            assert_eq!(of(name, bad), [error("limits"), error("requests")]);
        }
    }

    #[test]
    fn huge_pages_come_in_their_size_and_with_processor_or_memory() {
        let of = |name: &str, amount: &str, beside: &str| with_resources(&json!({"limits": {name: amount, beside: "1"}}));
        for beside in ["cpu", "memory"] {
            for good in ["0", "2Mi", "4Mi"] {
                assert_eq!(of("hugepages-2Mi", good, beside), NONE, "{good}");
            }
        }
        assert_eq!(
            of("hugepages-2Mi", "2Mi", "ephemeral-storage"),
            ["spec.containers[0].resources: Forbidden: HugePages require cpu or memory"]
        );
        for (name, amount) in [
            ("hugepages-2Mi", "1"),
            ("hugepages-0", "1"),
            ("hugepages-x", "1"),
            ("hugepages-1500m", "3"),
            ("hugepages--2Mi", "2Mi"),
            ("hugepages-hugepages-2Mi", "2Mi"),
        ] {
            let detail = format!("{amount} is not positive integer multiple of {name}");
            assert_eq!(of(name, amount, "cpu")[0], format!("limits[{name}]: Invalid value: \"{amount}\": {detail}"));
        }
    }

    #[test]
    fn requests_reach_the_limit_but_do_not_exceed_it() {
        let of = |name: &str, request: &str, limit: &str| {
            with_resources(&json!({"limits": {name: limit, "cpu": "1"}, "requests": {name: request}}))
        };
        for (name, request, limit) in [
            ("memory", "1Gi", "1Gi"),
            ("memory", "1Mi", "1Gi"),
            ("memory", "1024Mi", "1Gi"),
            ("hugepages-2Mi", "2Mi", "2Mi"),
            ("nvidia.com/gpu", "1", "1"),
        ] {
            assert_eq!(of(name, request, limit), NONE, "{name} {request}");
        }
        let most = r#"requests: Invalid value: "1025Mi": must be less than or equal to memory limit of 1Gi"#;
        assert_eq!(of("memory", "1025Mi", "1Gi"), [most]);
        for (name, request, limit) in [("hugepages-2Mi", "2Mi", "4Mi"), ("nvidia.com/gpu", "0", "1")] {
            let error = format!("requests: Invalid value: \"{request}\": must be equal to {name} limit of {limit}");
            assert_eq!(of(name, request, limit), [error]);
        }
    }

    #[test]
    fn what_cannot_be_overcommitted_has_a_limit() {
        let of = |name: &str, amount: &str| with_resources(&json!({"requests": {name: amount, "cpu": "1"}}));
        assert_eq!(of("memory", "1"), NONE);
        for (name, amount) in [("nvidia.com/gpu", "1"), ("hugepages-2Mi", "2Mi")] {
            assert_eq!(of(name, amount), ["limits: Required value: Limit must be set for non overcommitable resources"]);
        }
    }

    #[test]
    fn overhead_has_names_and_amounts_of_limits() {
        assert_eq!(messages_of_spec(json!({"overhead": {"cpu": "100m", "memory": "1Mi"}})), NONE);
        assert_eq!(
            messages_of_spec(json!({"overhead": {"cpu": "-1", "pods": "1"}})),
            [
                r#"spec.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0"#,
                r#"spec.overhead.limits[pods]: Invalid value: "pods": must be a standard resource for containers"#,
            ]
        );
    }

    #[test]
    fn a_resize_policy_is_for_processor_or_memory() {
        let of = |policies: Value| {
            let found = messages_of_container(json!({"resizePolicy": policies}));
            found
                .into_iter()
                .map(|message| message.trim_start_matches("spec.containers[0].resizePolicy").to_owned())
                .collect::<Vec<_>>()
        };
        let policy = |resource: &str, restart: &str| json!({"resourceName": resource, "restartPolicy": restart});
        assert_eq!(of(json!([policy("cpu", "NotRequired"), policy("memory", "RestartContainer")])), NONE);
        assert_eq!(
            of(json!([policy("cpu", "NotRequired"), policy("cpu", "RestartContainer")])),
            [r#"[1]: Duplicate value: "cpu""#]
        );
        assert_eq!(of(json!([policy("", "")])), [": Required value", ": Required value"]);
        assert_eq!(
            of(json!([policy("storage", "Restart")])),
            [
                r#": Unsupported value: "storage": supported values: "cpu", "memory""#,
                r#": Unsupported value: "Restart": supported values: "NotRequired", "RestartContainer""#,
            ]
        );
    }

    #[test]
    fn a_resize_does_not_restart_what_never_restarts() {
        let of = |pod: &str, resize: &str| {
            let policy = json!([{"resourceName": "cpu", "restartPolicy": resize}]);
            messages_of_spec(json!({"restartPolicy": pod, "containers": [{"name": "a", "image": "b", "resizePolicy": policy}]}))
        };
        assert_eq!(of("Never", "NotRequired"), NONE);
        assert_eq!(of("OnFailure", "RestartContainer"), NONE);
        assert_eq!(
            of("Never", "RestartContainer"),
            [
                r#"spec.containers[0].resizePolicy: Invalid value: "RestartContainer": must be 'NotRequired' when `restartPolicy` is 'Never'"#
            ]
        );
    }

    #[test]
    fn requests_stay_within_limits() {
        let resources = json!({
            "limits": {"memory": "512Mi", "nvidia.com/gpu": "1", "cpu": "500m"},
            "requests": {"memory": "1Gi", "nvidia.com/gpu": "2", "cpu": "0.5"},
        });
        assert_eq!(
            with_resources(&resources),
            [
                r#"requests: Invalid value: "1Gi": must be less than or equal to memory limit of 512Mi"#,
                r#"requests: Invalid value: "2": must be equal to nvidia.com/gpu limit of 1"#,
            ]
        );
    }

    #[test]
    fn names_and_amounts_are_checked() {
        let resources = json!({
            "limits": {"hugepages-2Mi": "3Mi", "storage": "1", "pods": "1", "memory": "-1"},
            "requests": {"nvidia.com/gpu": "500m", "a/b/c": 1},
        });
        insta::assert_debug_snapshot!(with_resources(&resources), @r#"
        [
            "limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi",
            "limits[memory]: Invalid value: \"-1\": must be greater than or equal to 0",
            "limits[pods]: Invalid value: \"pods\": must be a standard resource for containers",
            "limits[storage]: Invalid value: \"storage\": must be a standard resource for containers",
            "requests[a/b/c]: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
            "requests[a/b/c]: Invalid value: \"a/b/c\": doesn't follow extended resource name standard",
            "limits: Required value: Limit must be set for non overcommitable resources",
            "requests[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi",
            "requests[memory]: Invalid value: \"-1\": must be greater than or equal to 0",
            "requests[nvidia.com/gpu]: Invalid value: \"500m\": must be an integer",
            "limits: Required value: Limit must be set for non overcommitable resources",
            "requests[pods]: Invalid value: \"pods\": must be a standard resource for containers",
            "requests[storage]: Invalid value: \"storage\": must be a standard resource for containers",
        ]
        "#);
    }

    #[test]
    fn claims_are_those_of_the_pod() {
        insta::assert_debug_snapshot!(with_resources(&json!({"claims": [{"name": "a", "request": "r"}, {"name": "a"}, {"name": "a"}]})), @r#"
        [
            "claims[0]: Not found: \"a\": must be one of the names in pod.spec.resourceClaims which is empty",
            "claims[1]: Duplicate value: \"a\"",
            "claims[1]: Not found: \"a\": must be one of the names in pod.spec.resourceClaims which is empty",
            "claims[2]: Duplicate value: \"a\"",
            "claims[2]: Not found: \"a\": must be one of the names in pod.spec.resourceClaims which is empty",
        ]
        "#);
    }
}
