//! `matchLabelKeys` and `mismatchLabelKeys` become part of the label selector that stands beside them.
//!
//! Follows `mutatePodAffinity` and `mutateTopologySpreadConstraints` in `pkg/registry/core/pod/strategy.go` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PodAffinityTerm, PodSpec, WeightedPodAffinityTerm};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

type Labels = BTreeMap<String, String>;

/// How many bytes the values may have that are copied into selectors. No label that is accepted has more than 63; without a bound,
/// a long one that is refused would be copied into thousands of selectors before.
const MAX_COPIED_BYTES: usize = 4 << 20;

/// Adds the keys of the Pod's affinity and topology spread, with the values that `labels` has for them.
pub(super) fn merge(spec: &mut PodSpec, labels: Option<&Labels>) {
    let Some(labels) = labels else { return };
    let labels = &mut PodLabels { labels, bytes_left: MAX_COPIED_BYTES };
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
    labels: &mut PodLabels<'_>,
) {
    for term in required.chain(preferred.map(|weighted| &mut weighted.pod_affinity_term)) {
        if let Some(selector) = &mut term.label_selector {
            add(selector, term.match_label_keys.as_deref(), "In", labels);
            add(selector, term.mismatch_label_keys.as_deref(), "NotIn", labels);
        }
    }
}

/// The labels of the Pod, and how much of them may still be copied.
struct PodLabels<'a> {
    labels: &'a Labels,
    bytes_left: usize,
}

impl PodLabels<'_> {
    fn value(&mut self, key: &str) -> Option<String> {
        let value = self.labels.get(key)?;
        self.bytes_left = self.bytes_left.checked_sub(value.len())?;
        Some(value.clone())
    }
}

fn add(selector: &mut LabelSelector, keys: Option<&[String]>, operator: &str, labels: &mut PodLabels<'_>) {
    for key in keys.unwrap_or_default() {
        if let Some(value) = labels.value(key) {
            selector.match_expressions.get_or_insert_default().push(LabelSelectorRequirement {
                key: key.clone(),
                operator: operator.to_owned(),
                values: Some(vec![value]),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::completed;
    use super::*;

    fn merged(spec: Value) -> Value {
        let labels = Labels::from([("app".to_owned(), "web".to_owned())]);
        completed(spec, |spec| merge(spec, Some(&labels)))
    }

    #[test]
    fn matching_keys_are_selected_in_a_topology() {
        let of = |constraint: Value| {
            merged(json!({"containers": [], "topologySpreadConstraints": [constraint]}))["topologySpreadConstraints"][0].clone()
        };
        let constraint = |selector: Value| {
            json!({
                "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule",
                "matchLabelKeys": ["app", "missing"], "labelSelector": selector,
            })
        };
        let expression = json!({"key": "app", "operator": "In", "values": ["web"]});
        assert_eq!(of(constraint(json!({})))["labelSelector"], json!({"matchExpressions": [expression]}));
        let before = json!({"key": "a", "operator": "Exists"});
        assert_eq!(
            of(constraint(json!({"matchExpressions": [before]})))["labelSelector"],
            json!({"matchExpressions": [before, expression]})
        );
        assert_eq!(of(constraint(Value::Null)).get("labelSelector"), None);
    }

    #[test]
    fn keys_of_affinity_are_selected_or_not() {
        const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
        const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
        let term = |field: &str| json!({"topologyKey": "zone", "labelSelector": {}, field: ["app"]});
        for (field, operator) in [("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")] {
            let expected = json!({"matchExpressions": [{"key": "app", "operator": operator, "values": ["web"]}]});
            for kind in ["podAffinity", "podAntiAffinity"] {
                let terms = json!({REQUIRED: [term(field)], PREFERRED: [{"weight": 1, "podAffinityTerm": term(field)}]});
                let spec = merged(json!({"containers": [], "affinity": {kind: terms}}));
                let terms = &spec["affinity"][kind];
                assert_eq!(terms[REQUIRED][0]["labelSelector"], expected);
                assert_eq!(terms[PREFERRED][0]["podAffinityTerm"]["labelSelector"], expected);
            }
        }
    }

    #[test]
    fn a_pod_without_labels_stays_as_it_is() {
        let term = json!({"topologyKey": "zone", "labelSelector": {}, "matchLabelKeys": ["app"]});
        let terms = json!({"requiredDuringSchedulingIgnoredDuringExecution": [term]});
        let spec = json!({"containers": [], "affinity": {"podAffinity": terms}});
        assert_eq!(completed(spec.clone(), |spec| merge(spec, None)), spec);
    }
}
