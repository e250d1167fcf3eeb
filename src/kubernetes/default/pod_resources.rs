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
