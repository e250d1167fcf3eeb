//! `matchLabelKeys` and `mismatchLabelKeys` become part of the label selector that stands beside them.
//!
//! Follows `mutatePodAffinity` and `mutateTopologySpreadConstraints` in `pkg/registry/core/pod/strategy.go` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PodAffinityTerm, PodSpec, WeightedPodAffinityTerm};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

type Labels = BTreeMap<String, String>;

/// Adds the keys of the Pod's affinity and topology spread, with the values that `labels` has for them.
pub(super) fn merge(spec: &mut PodSpec, labels: Option<&Labels>) {
    let Some(labels) = labels else { return };
    for constraint in spec.topology_spread_constraints.iter_mut().flatten() {
        if let Some(selector) = &mut constraint.label_selector {
            add(selector, constraint.match_label_keys.as_deref(), "In", labels);
        }
    }
    let Some(affinity) = &mut spec.affinity else { return };
    if let Some(affinity) = &mut affinity.pod_affinity {
        let required = affinity.required_during_scheduling_ignored_during_execution.iter_mut();
        let preferred = affinity.preferred_during_scheduling_ignored_during_execution.iter_mut();
        terms(required.flatten(), preferred.flatten(), labels);
    }
    if let Some(affinity) = &mut affinity.pod_anti_affinity {
        let required = affinity.required_during_scheduling_ignored_during_execution.iter_mut();
        let preferred = affinity.preferred_during_scheduling_ignored_during_execution.iter_mut();
        terms(required.flatten(), preferred.flatten(), labels);
    }
}

fn terms<'a>(
    required: impl Iterator<Item = &'a mut PodAffinityTerm>,
    preferred: impl Iterator<Item = &'a mut WeightedPodAffinityTerm>,
    labels: &Labels,
) {
    for term in required.chain(preferred.map(|weighted| &mut weighted.pod_affinity_term)) {
        if let Some(selector) = &mut term.label_selector {
            add(selector, term.match_label_keys.as_deref(), "In", labels);
            add(selector, term.mismatch_label_keys.as_deref(), "NotIn", labels);
        }
    }
}

fn add(selector: &mut LabelSelector, keys: Option<&[String]>, operator: &str, labels: &Labels) {
    for key in keys.unwrap_or_default() {
        if let Some(value) = labels.get(key) {
            selector.match_expressions.get_or_insert_default().push(LabelSelectorRequirement {
                key: key.clone(),
                operator: operator.to_owned(),
                values: Some(vec![value.clone()]),
            });
        }
    }
}
