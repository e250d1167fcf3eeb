//! Resources of the Pod as a whole follow from those of its containers.
//!
//! Follows `defaultHugePagePodLimits` and `defaultPodRequests` in `pkg/apis/core/v1/defaults.go` (v1.35).

use k8s_openapi::api::core::v1::PodSpec;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

use super::super::resources::{self, Totals, is_huge_page, is_overcommit_allowed, is_pod_level};

/// Completes `spec.resources`, if there is one.
pub(super) fn complete(spec: &mut PodSpec) {
    if spec.resources.is_none() {
        return;
    }
    let (limits, requests) = (resources::total_limits(spec), resources::total_requests(spec));
    let Some(own) = &mut spec.resources else { return };
    if own.limits.as_ref().is_none_or(Resources::is_empty) && own.requests.as_ref().is_none_or(Resources::is_empty) {
        return;
    }
    huge_page_limits(own.limits.get_or_insert_default(), own.requests.as_ref(), &limits);
    let limits = own.limits.clone().unwrap_or_default();
    if limits.is_empty() {
        return;
    }
    let own_requests = own.requests.get_or_insert_default();
    for (name, total) in requests.iter().filter(|(name, _)| is_pod_level(name) && is_overcommit_allowed(name)) {
        own_requests.entry(name.clone()).or_insert_with(|| Written(total.to_string()));
    }
    for (name, limit) in limits.into_iter().filter(|(name, _)| is_pod_level(name)) {
        own_requests.entry(name).or_insert(limit);
    }
}

type Resources = std::collections::BTreeMap<String, Written>;

fn huge_page_limits(limits: &mut Resources, requests: Option<&Resources>, totals: &Totals) {
    for (name, total) in totals.iter().filter(|(name, _)| is_huge_page(name)) {
        if !requests.is_some_and(|requests| requests.contains_key(name)) {
            limits.entry(name.clone()).or_insert_with(|| Written(total.to_string()));
        }
    }
}
