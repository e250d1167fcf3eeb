//! Resources of the Pod as a whole follow from those of its containers.
//!
//! Follows `defaultHugePagePodLimits` and `defaultPodRequests` in `pkg/apis/core/v1/defaults.go` (v1.35).

use k8s_openapi::api::core::v1::{PodSpec, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

use super::super::resources::{self, Totals, is_huge_page, is_overcommit_allowed, is_pod_level};

/// Completes `spec.resources`, if there is one.
pub(super) fn complete(spec: &mut PodSpec) {
    let Some(mut own) = spec.resources.take() else { return };
    complete_from(&mut own, spec);
    spec.resources = Some(own);
}

fn complete_from(own: &mut ResourceRequirements, spec: &PodSpec) {
    if own.limits.as_ref().is_none_or(Resources::is_empty) && own.requests.as_ref().is_none_or(Resources::is_empty) {
        return;
    }
    huge_page_limits(own.limits.get_or_insert_default(), own.requests.as_ref(), &resources::total_limits(spec));
    let limits = own.limits.clone().unwrap_or_default();
    if limits.is_empty() {
        return;
    }
    let own_requests = own.requests.get_or_insert_default();
    let totals = resources::total_requests(spec);
    for (name, total) in totals.iter().filter(|(name, _)| is_pod_level(name) && is_overcommit_allowed(name)) {
        own_requests.entry(name.clone()).or_insert_with(|| Written(total.to_string()));
    }
    for (name, limit) in limits.into_iter().filter(|(name, _)| is_pod_level(name)) {
        own_requests.entry(name).or_insert(limit);
    }
}

type Resources = std::collections::BTreeMap<String, Written>;

fn huge_page_limits(limits: &mut Resources, requests: Option<&Resources>, totals: &Totals<'_>) {
    for (name, total) in totals.iter().filter(|(name, _)| is_huge_page(name)) {
        if !requests.is_some_and(|requests| requests.contains_key(name)) {
            limits.entry(name.clone()).or_insert_with(|| Written(total.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::completed;
    use super::*;

    /// The resources of a Pod with these `resources` and one container with those `of_container`.
    fn of(resources: Value, of_container: &Value) -> Value {
        let spec = json!({"containers": [{"name": "a", "resources": of_container}], "resources": resources});
        completed(spec, complete)["resources"].clone()
    }

    #[test]
    fn requests_come_from_the_containers_and_then_from_the_limits() {
        let of_container = json!({"requests": {"cpu": "1", "ephemeral-storage": "1"}});
        assert_eq!(
            of(json!({"limits": {"cpu": "2", "memory": "1Gi"}}), &of_container),
            json!({"limits": {"cpu": "2", "memory": "1Gi"}, "requests": {"cpu": "1", "memory": "1Gi"}})
        );
        assert_eq!(
            of(json!({"limits": {"cpu": "2"}, "requests": {"cpu": "500m"}}), &of_container)["requests"],
            json!({"cpu": "500m"})
        );
    }

    #[test]
    fn without_limits_there_are_no_requests_to_add() {
        let requests = json!({"memory": "1Gi"});
        assert_eq!(of(json!({"requests": requests}), &json!({"requests": {"cpu": "1"}}))["requests"], requests);
        assert_eq!(of(json!({}), &json!({"requests": {"cpu": "1"}})), json!({}));
        assert_eq!(of(Value::Null, &json!({"requests": {"cpu": "1"}})), Value::Null);
    }

    #[test]
    fn limits_of_huge_pages_come_from_the_containers() {
        let of_container = json!({"limits": {"hugepages-2Mi": "4Mi", "memory": "1Gi"}});
        assert_eq!(
            of(json!({"requests": {"cpu": "1"}}), &of_container),
            json!({"limits": {"hugepages-2Mi": "4Mi"}, "requests": {"cpu": "1", "hugepages-2Mi": "4Mi"}})
        );
        assert_eq!(
            of(json!({"requests": {"hugepages-2Mi": "6Mi"}}), &of_container),
            json!({"limits": {}, "requests": {"hugepages-2Mi": "6Mi"}})
        );
        assert_eq!(of(json!({"limits": {"hugepages-2Mi": "8Mi"}}), &of_container)["limits"], json!({"hugepages-2Mi": "8Mi"}));
    }
}
