//! Resources of the Pod as a whole.
//!
//! Follows `validatePodResources` and `validatePodResourceConsistency` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::quantity::Quantity;
use super::super::resources::{Totals, is_huge_page, is_pod_level, total_limits, total_requests};
use super::list;
use super::resource_claim;
use super::resources::{any_name, requests_and_limits};
use super::scope::Scope;

/// `spec.resources`; `path` is that of the specification.
pub(super) fn pod_level(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(resources) = &scope.spec.resources else { return };
    let path = &path.field("resources");
    if scope.os() == "windows" {
        errors.forbidden(path, "may not be set for a windows pod");
        return;
    }
    if resources.claims.is_some() {
        errors.forbidden(&path.field("claims"), "claims may not be set for Resources at pod-level");
    }
    requests_and_limits(errors, resources, name, path);
    resource_claim::of_container(errors, list(resources.claims.as_ref()), &scope.claims, &path.field("claims"));
    totals(errors, scope, path);
    limits_of_containers(errors, scope, &path.nominal());
}

fn name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) {
    if any_name(errors, name, path) && !is_pod_level(name) {
        errors.not_supported(path, Bad::Typed(name), &["cpu", "hugepages-", "memory"]);
    }
}

fn totals(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(resources) = &scope.spec.resources else { return };
    let mut huge_pages = total_limits(scope.spec);
    huge_pages.retain(|name, _| is_huge_page(name));
    at_least(errors, resources.requests.as_ref(), &total_requests(scope.spec), "requests", path);
    at_least(errors, resources.limits.as_ref(), &huge_pages, "limits", path);
}

/// What the Pod has for itself is no less than the `totals` of its containers; `field` is where it has that.
fn at_least(
    errors: &mut Errors,
    own: Option<&BTreeMap<String, Written>>,
    totals: &Totals<'_>,
    field: &str,
    path: &FieldPath<'_>,
) {
    for (name, total) in totals {
        let own = own.and_then(|own| own.get(name)).map(Quantity::of_resource);
        if let Some(own) = own.filter(|own| total.compare(*own).is_gt()) {
            let detail = format!("must be greater than or equal to aggregate container {field} of {total}");
            errors.invalid(&path.field(field).key(name), &own.to_string(), &detail);
        }
    }
}

fn limits_of_containers(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(own) = scope.spec.resources.as_ref().and_then(|resources| resources.limits.as_ref()) else { return };
    let own: HashMap<_, _> = own.iter().map(|(name, limit)| (name, Quantity::of_resource(limit))).collect();
    for (index, container) in scope.spec.containers.iter().enumerate() {
        let limits = container.resources.as_ref().and_then(|resources| resources.limits.as_ref());
        for (name, limit) in limits.into_iter().flatten() {
            let limit = Quantity::of_resource(limit);
            let Some(own) = own.get(name) else { continue };
            if limit.compare(*own).is_gt() {
                let detail = format!("must be less than or equal to pod limits of {own}");
                let path = path.field("containers");
                let path = path.index(index);
                // Upstream writes `containers[0][cpu].limits`.
                let path = path.key(name).nominal();
                let resources = path.field("resources").unnamed();
                let limits = resources.field("limits");
                errors.invalid(&limits.key(name).unnamed(), &limit.to_string(), &detail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::{Value, json};

    fn with(resources: &Value, of_containers: &[Value]) -> Vec<String> {
        let containers: Vec<_> = of_containers
            .iter()
            .enumerate()
            .map(|(index, resources)| json!({"name": format!("c{index}"), "image": "a", "resources": resources}))
            .collect();
        let found = messages_of_spec(json!({"containers": containers, "resources": resources}));
        found.into_iter().map(|message| message.trim_start_matches("spec.resources.").to_owned()).collect()
    }

    #[test]
    fn processor_memory_and_huge_pages_are_for_all_together() {
        let all = json!({"cpu": "1", "memory": "1Gi", "hugepages-2Mi": "4Mi"});
        assert_eq!(with(&json!({"limits": all, "requests": all}), &[json!({})]), Vec::<String>::new());
        assert_eq!(
            with(&json!({"limits": {"cpu": "1", "ephemeral-storage": "1"}}), &[json!({})]),
            [
                r#"limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory""#
            ]
        );
        assert_eq!(
            with(&json!({"limits": {"gpu": "1"}}), &[json!({})]),
            [r#"limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified"#]
        );
    }

    #[test]
    fn claims_are_not_for_all_together_and_looked_at_all_the_same() {
        assert_eq!(
            with(&json!({"claims": [{"name": ""}, {"name": "gpu"}]}), &[json!({})]),
            [
                "claims: Forbidden: claims may not be set for Resources at pod-level",
                "claims[0]: Required value",
                r#"claims[1]: Not found: "gpu": must be one of the names in pod.spec.resourceClaims which is empty"#,
            ]
        );
    }

    #[test]
    fn requests_of_the_pod_cover_those_of_its_containers() {
        let containers = [json!({"requests": {"cpu": "1"}}), json!({"requests": {"cpu": "500m"}})];
        assert_eq!(with(&json!({"requests": {"cpu": "1500m"}}), &containers), Vec::<String>::new());
        assert_eq!(
            with(&json!({"requests": {"cpu": "1499m"}}), &containers),
            [r#"requests[cpu]: Invalid value: "1499m": must be greater than or equal to aggregate container requests of 1500m"#]
        );
    }

    #[test]
    fn huge_pages_of_the_pod_cover_those_of_its_containers() {
        let of_container = |amount: &str| json!({"limits": {"cpu": "1", "hugepages-2Mi": amount}});
        let of = |amount: &str| {
            let of_pod = json!({"limits": {"cpu": "2", "hugepages-2Mi": amount}});
            with(&of_pod, &[of_container("2Mi"), of_container("4Mi")])
        };
        assert_eq!(of("6Mi"), Vec::<String>::new());
        let detail = "must be greater than or equal to aggregate container";
        assert_eq!(
            of("4Mi"),
            [
                format!("requests[hugepages-2Mi]: Invalid value: \"4Mi\": {detail} requests of 6Mi"),
                format!("limits[hugepages-2Mi]: Invalid value: \"4Mi\": {detail} limits of 6Mi"),
            ]
        );
    }

    #[test]
    fn a_container_is_limited_by_the_pod() {
        let of_container = |cpu: &str| [json!({}), json!({"limits": {"cpu": cpu}, "requests": {"cpu": "1m"}})];
        let of_pod = json!({"limits": {"cpu": "1", "memory": "1Gi"}});
        assert_eq!(with(&of_pod, &of_container("1")), Vec::<String>::new());
        assert_eq!(
            with(&of_pod, &of_container("1001m")),
            [r#"containers[1][cpu].limits: Invalid value: "1001m": must be less than or equal to pod limits of 1"#]
        );
    }

    #[test]
    fn claims_belong_to_containers() {
        let resources = json!({"limits": {"cpu": "1"}, "claims": []});
        assert_eq!(with(&resources, &[json!({})]), ["claims: Forbidden: claims may not be set for Resources at pod-level"]);
    }

    #[test]
    fn windows_has_resources_of_containers_only() {
        let of = |os: &str| messages_of_spec(json!({"os": {"name": os}, "resources": {"limits": {"storage": "1"}}}));
        assert_eq!(of("windows"), ["spec.resources: Forbidden: may not be set for a windows pod"]);
        assert!(of("linux")[0].starts_with("spec.resources.limits[storage]: Unsupported value"));
    }

    #[test]
    fn the_pod_has_enough_for_its_containers() {
        let container =
            json!({"name": "web", "image": "nginx", "resources": {"limits": {"cpu": "2"}, "requests": {"memory": "2Gi"}}});
        let resources = json!({"requests": {"memory": "1Gi", "storage": "1"}, "limits": {"cpu": "1", "memory": "1Gi"}});
        insta::assert_debug_snapshot!(messages_of_spec(json!({"containers": [container], "resources": resources})), @r#"
        [
            "spec.resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
            "spec.resources.requests[storage]: Unsupported value: \"storage\": supported values: \"cpu\", \"hugepages-\", \"memory\"",
            "spec.resources.requests[memory]: Invalid value: \"1Gi\": must be greater than or equal to aggregate container requests of 2Gi",
            "spec.resources.containers[0][cpu].limits: Invalid value: \"2\": must be less than or equal to pod limits of 1",
        ]
        "#);
    }
}
