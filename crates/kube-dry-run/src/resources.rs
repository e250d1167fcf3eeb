//! Names of resources, and what all containers of a Pod need together.
//!
//! Follows `pkg/apis/core/helper/helpers.go` and `k8s.io/component-helpers/resource` `AggregateContainerRequests` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, PodSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

use super::names;
use super::quantity::Quantity;

/// Amounts by the name of the resource, each a sum or as one container has it.
pub(super) type Totals<'a> = BTreeMap<String, Quantity<'a>>;

type Resources = BTreeMap<String, Written>;

/// `IsHugePageResourceName`
pub(super) fn is_huge_page(name: &str) -> bool {
    name.starts_with("hugepages-")
}

/// `IsSupportedPodLevelResource`
pub(super) fn is_pod_level(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || is_huge_page(name)
}

/// `IsNativeResource`: a resource of Kubernetes itself.
pub(super) fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// `IsOvercommitAllowed`: limits may be higher than requests.
pub(super) fn is_overcommit_allowed(name: &str) -> bool {
    is_native(name) && !is_huge_page(name)
}

/// `IsExtendedResourceName`: a resource of somebody else.
pub(super) fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && names::qualified_name(&format!("requests.{name}")).is_empty()
}

/// `IsStandardContainerResourceName`
pub(super) fn is_standard_for_containers(name: &str) -> bool {
    matches!(name, "cpu" | "memory" | "ephemeral-storage") || is_huge_page(name)
}

/// Standard resources that are counted in pieces; the same in `standardResources` and `integerResources`.
const COUNTED: [&str; 9] = [
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// `IsStandardResourceName`
pub(super) fn is_standard(name: &str) -> bool {
    let base = name.strip_prefix("requests.").unwrap_or(name);
    let limited = name.strip_prefix("limits.").unwrap_or_default();
    matches!(base, "cpu" | "memory" | "ephemeral-storage" | "storage")
        || matches!(limited, "cpu" | "memory" | "ephemeral-storage")
        || is_huge_page(base)
        || COUNTED.contains(&name)
}

/// `IsIntegerResourceName`: a resource that is counted in pieces.
pub(super) fn is_counted(name: &str) -> bool {
    COUNTED.contains(&name) || is_extended(name)
}

/// What the Pod's containers request together.
pub(super) fn total_requests(spec: &PodSpec) -> Totals<'_> {
    total(spec, |container| container.resources.as_ref()?.requests.as_ref())
}

/// What the Pod's containers may use together.
pub(super) fn total_limits(spec: &PodSpec) -> Totals<'_> {
    total(spec, |container| container.resources.as_ref()?.limits.as_ref())
}

/// The sum over what runs side by side, and at least what each init container needs beside the sidecars before it.
fn total<'a>(spec: &'a PodSpec, resources: impl Fn(&'a Container) -> Option<&'a Resources>) -> Totals<'a> {
    let mut sum = Totals::new();
    let amounts = |container| resources(container).into_iter().flatten();
    for (name, amount) in spec.containers.iter().flat_map(amounts) {
        add(&mut sum, name, Quantity::of_resource(amount));
    }
    let (mut sidecars, mut most) = (Totals::new(), Totals::new());
    for container in spec.init_containers.iter().flatten() {
        let is_sidecar = container.restart_policy.as_deref() == Some("Always");
        for (name, amount) in amounts(container) {
            let amount = Quantity::of_resource(amount);
            let beside = sidecars.get(name).map_or(amount, |sidecars| sidecars.plus(amount));
            raise(&mut most, name, beside);
            if is_sidecar {
                add(&mut sum, name, amount);
                sidecars.insert(name.clone(), beside);
            }
        }
    }
    for (name, amount) in &most {
        raise(&mut sum, name, *amount);
    }
    sum
}

fn add<'a>(totals: &mut Totals<'a>, name: &str, amount: Quantity<'a>) {
    totals.entry(name.to_owned()).and_modify(|total| *total = total.plus(amount)).or_insert(amount);
}

fn raise<'a>(totals: &mut Totals<'a>, name: &str, amount: Quantity<'a>) {
    let total = totals.entry(name.to_owned()).or_insert(amount);
    if amount.compare(*total).is_gt() {
        *total = amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn init_containers_count_with_the_sidecars_before_them() {
        let container = |name: &str, cpu: &str| json!({"name": name, "resources": {"requests": {"cpu": cpu}}});
        let mut sidecar = container("sidecar", "1");
        sidecar["restartPolicy"] = json!("Always");
        let spec: PodSpec = serde_json::from_value(json!({
            "initContainers": [sidecar, container("init", "5")],
            "containers": [container("web", "2"), container("log", "500m")],
        }))
        .unwrap();
        assert_eq!(total_requests(&spec)["cpu"].to_string(), "6");
    }

    #[test]
    fn knows_whose_a_resource_is() {
        assert!(is_extended("nvidia.com/gpu") && !is_extended("cpu") && !is_extended("example.com/x y"));
        assert!(is_native("kubernetes.io/batch-cpu") && is_standard("requests.hugepages-2Mi") && is_standard("limits.cpu"));
        assert!(!is_overcommit_allowed("hugepages-2Mi") && !is_overcommit_allowed("nvidia.com/gpu"));
    }
}
