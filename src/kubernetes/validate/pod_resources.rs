//! Resources of the Pod as a whole.
//!
//! Follows `validatePodResources` and `validatePodResourceConsistency` in `pkg/apis/core/validation/validation.go` (v1.35).

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::quantity::Quantity;
use super::super::resources::{is_huge_page, is_pod_level, total_limits, total_requests};
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
    totals(errors, scope, path);
    limits_of_containers(errors, scope, path);
}

fn name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) {
    if any_name(errors, name, path) && !is_pod_level(name) {
        errors.not_supported(path, Bad::Typed(name), &["cpu", "hugepages-", "memory"]);
    }
}

fn totals(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(resources) = &scope.spec.resources else { return };
    for (name, total) in total_requests(scope.spec) {
        let own = resources.requests.as_ref().and_then(|requests| requests.get(&name)).map(Quantity::of_resource);
        if let Some(own) = own.filter(|own| total.compare(*own).is_gt()) {
            let detail = format!("must be greater than or equal to aggregate container requests of {total}");
            errors.invalid(&path.field("requests").key(&name), &own.to_string(), &detail);
        }
    }
    for (name, total) in total_limits(scope.spec).into_iter().filter(|(name, _)| is_huge_page(name)) {
        let own = resources.limits.as_ref().and_then(|limits| limits.get(&name)).map(Quantity::of_resource);
        if let Some(own) = own.filter(|own| total.compare(*own).is_gt()) {
            let detail = format!("must be greater than or equal to aggregate container limits of {total}");
            errors.invalid(&path.field("limits").key(&name), &own.to_string(), &detail);
        }
    }
}

fn limits_of_containers(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(own) = scope.spec.resources.as_ref().and_then(|resources| resources.limits.as_ref()) else { return };
    for (index, container) in scope.spec.containers.iter().enumerate() {
        let limits = container.resources.as_ref().and_then(|resources| resources.limits.as_ref());
        for (name, limit) in limits.into_iter().flatten() {
            let limit = Quantity::of_resource(limit);
            let Some(own) = own.get(name).map(Quantity::of_resource) else { continue };
            if limit.compare(own).is_gt() {
                let detail = format!("must be less than or equal to pod limits of {own}");
                let path = path.field("containers");
                let path = path.index(index);
                errors.invalid(&path.key(name).field("limits"), &limit.to_string(), &detail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::json;

    #[test]
    fn the_pod_has_enough_for_its_containers() {
        let container =
            json!({"name": "web", "image": "nginx", "resources": {"limits": {"cpu": "2"}, "requests": {"memory": "2Gi"}}});
        let resources = json!({"requests": {"memory": "1Gi", "storage": "1"}, "limits": {"cpu": "1", "memory": "1Gi"}});
        insta::assert_debug_snapshot!(messages_of_spec(json!({"containers": [container], "resources": resources})), @"");
    }
}
