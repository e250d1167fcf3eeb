//! Which nodes and which Pods a Pod wants to be near, or far from.
//!
//! Follows `validateAffinity`, `validatePodAffinityTerm` and `validateMatchLabelKeysAndMismatchLabelKeys` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{Affinity, PodAffinityTerm, WeightedPodAffinityTerm};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::names;
use super::{list, node_affinity, selector};

pub(super) const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
pub(super) const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// The `affinity` of a Pod.
pub(super) fn affinity(errors: &mut Errors, affinity: Option<&Affinity>, path: &FieldPath<'_>) {
    let Some(affinity) = affinity else { return };
    if let Some(nodes) = &affinity.node_affinity {
        node_affinity::node_affinity(errors, nodes, &path.field("nodeAffinity"));
    }
    if let Some(pods) = &affinity.pod_affinity {
        let path = &path.field("podAffinity");
        required_terms(errors, list(pods.required_during_scheduling_ignored_during_execution.as_ref()), path);
        preferred_terms(errors, list(pods.preferred_during_scheduling_ignored_during_execution.as_ref()), path);
    }
    if let Some(pods) = &affinity.pod_anti_affinity {
        let path = &path.field("podAntiAffinity");
        required_terms(errors, list(pods.required_during_scheduling_ignored_during_execution.as_ref()), path);
        preferred_terms(errors, list(pods.preferred_during_scheduling_ignored_during_execution.as_ref()), path);
    }
}

fn required_terms(errors: &mut Errors, terms: &[PodAffinityTerm], path: &FieldPath<'_>) {
    let path = &path.field(REQUIRED);
    for (index, term) in terms.iter().enumerate() {
        pod_term(errors, term, &path.index(index));
    }
}

fn preferred_terms(errors: &mut Errors, terms: &[WeightedPodAffinityTerm], path: &FieldPath<'_>) {
    let path = &path.field(PREFERRED);
    for (index, term) in terms.iter().enumerate() {
        let path = &path.index(index);
        weight(errors, term.weight, path);
        pod_term(errors, &term.pod_affinity_term, &path.field("podAffinityTerm"));
    }
}

/// How much one of several preferences counts.
pub(super) fn weight(errors: &mut Errors, weight: i32, path: &FieldPath<'_>) {
    if !(1..=100).contains(&weight) {
        errors.invalid(&path.field("weight"), weight, "must be in the range 1-100");
    }
}

fn pod_term(errors: &mut Errors, term: &PodAffinityTerm, path: &FieldPath<'_>) {
    selector::selector(errors, term.label_selector.as_ref(), &path.field("labelSelector"));
    selector::selector(errors, term.namespace_selector.as_ref(), &path.field("namespaceSelector"));
    let namespaces_path = &path.field("namespace").nominal();
    let namespaces_path = &namespaces_path.field("namespaces").unnamed();
    for (index, namespace) in list(term.namespaces.as_ref()).iter().enumerate() {
        errors.invalid_each(&namespaces_path.index(index).unnamed(), namespace, &names::dns_label(namespace));
    }
    let (matching, mismatching) = (list(term.match_label_keys.as_ref()), list(term.mismatch_label_keys.as_ref()));
    label_keys(errors, matching, mismatching, term.label_selector.as_ref(), path);
    let topology_path = &path.field("topologyKey");
    if term.topology_key.is_empty() {
        errors.required(topology_path, "can not be empty");
    }
    errors.invalid_each(topology_path, &term.topology_key, &names::qualified_name(&term.topology_key));
}

/// Keys of labels whose values on the Pod itself the server adds to the `selector`; `path` is what has the two lists.
pub(super) fn label_keys(
    errors: &mut Errors,
    matching: &[String],
    mismatching: &[String],
    selector: Option<&LabelSelector>,
    path: &FieldPath<'_>,
) {
    let match_path = &path.field("matchLabelKeys");
    keys_of_labels(errors, matching, selector, match_path);
    keys_of_labels(errors, mismatching, selector, &path.field("mismatchLabelKeys"));
    if let Some(selector) = selector {
        twice_selected(errors, matching, selector, path);
    }
    let mismatching: HashSet<_> = mismatching.iter().collect();
    for (index, key) in matching.iter().enumerate().filter(|(_, key)| mismatching.contains(key)) {
        errors.invalid(&match_path.index(index), key, "exists in both matchLabelKeys and mismatchLabelKeys");
    }
}

fn keys_of_labels(errors: &mut Errors, keys: &[String], selector: Option<&LabelSelector>, path: &FieldPath<'_>) {
    if selector.is_none() && !keys.is_empty() {
        errors.forbidden(path, "must not be specified when labelSelector is not set");
        return;
    }
    for (index, key) in keys.iter().enumerate() {
        errors.invalid_each(&path.index(index), key, &names::qualified_name(key));
    }
}

/// Keys whose expression the server has added to the `selector`, although there was one before.
fn twice_selected(errors: &mut Errors, keys: &[String], selector: &LabelSelector, path: &FieldPath<'_>) {
    let path = &path.field("matchLabelKeys").unnamed();
    let positions: HashMap<_, _> = keys.iter().enumerate().map(|(index, key)| (key, index)).collect();
    let mut selected: HashSet<_> = selector.match_labels.iter().flat_map(|labels| labels.keys()).collect();
    for expression in list(selector.match_expressions.as_ref()) {
        if let Some(index) = positions.get(&expression.key)
            && selected.contains(&expression.key)
        {
            errors.invalid(&path.index(*index), &expression.key, "exists in both matchLabelKeys and labelSelector");
        }
        selected.insert(&expression.key);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(affinity: Value) -> Vec<String> {
        let affinity: Affinity = serde_json::from_value(affinity).unwrap();
        testing::messages(|errors| super::affinity(errors, Some(&affinity), &ROOT.field("a")))
    }

    fn of_pod(term: Value) -> Vec<String> {
        let found = messages(json!({"podAffinity": {REQUIRED: [term]}}));
        let prefix = format!("a.podAffinity.{REQUIRED}[0]");
        found.into_iter().map(|message| message.trim_start_matches(&prefix).to_owned()).collect()
    }

    #[test]
    fn weights_are_from_1_to_100() {
        let of_nodes = |weight: i32| messages(json!({"nodeAffinity": {PREFERRED: [{"weight": weight, "preference": {}}]}}));
        let of_pods = |weight: i32| {
            let term = json!({"weight": weight, "podAffinityTerm": {"topologyKey": "zone"}});
            messages(json!({"podAffinity": {PREFERRED: [term]}}))
        };
        for good in [1, 100] {
            assert_eq!((of_nodes(good), of_pods(good)), (vec![], vec![]));
        }
        for bad in [-1, 0, 101] {
            let error =
                |kind: &str| vec![format!("a.{kind}.{PREFERRED}[0].weight: Invalid value: {bad}: must be in the range 1-100")];
            assert_eq!((of_nodes(bad), of_pods(bad)), (error("nodeAffinity"), error("podAffinity")));
        }
    }

    #[test]
    fn terms_stand_in_four_places() {
        let term = json!({"topologyKey": "a b"});
        let weighted = json!([{"weight": 1, "podAffinityTerm": term}]);
        let both = json!({REQUIRED: [term], PREFERRED: weighted});
        let found = messages(json!({"podAffinity": both, "podAntiAffinity": both}));
        for (message, place) in found.iter().zip([
            format!("podAffinity.{REQUIRED}[0]"),
            format!("podAffinity.{PREFERRED}[0].podAffinityTerm"),
            format!("podAntiAffinity.{REQUIRED}[0]"),
            format!("podAntiAffinity.{PREFERRED}[0].podAffinityTerm"),
        ]) {
            let beginning = format!("a.{place}.topologyKey: Invalid value: \"a b\": name part must consist of");
            assert!(message.starts_with(&beginning), "{message}");
        }
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn selectors_and_namespaces_of_a_term_are_possible_ones() {
        let selector = json!({"matchExpressions": [{"key": "a", "operator": "In"}]});
        let term = json!({
            "topologyKey": "zone",
            "labelSelector": selector,
            "namespaceSelector": selector,
            "namespaces": ["good", "a.b"],
        });
        let detail = "must be specified when `operator` is 'In' or 'NotIn'";
        assert_eq!(
            of_pod(term),
            [
                format!(".labelSelector.matchExpressions[0].values: Required value: {detail}"),
                format!(".namespaceSelector.matchExpressions[0].values: Required value: {detail}"),
                ".namespace: Invalid value: \"a.b\": must not contain dots".to_owned(),
            ]
        );
    }

    #[test]
    fn keys_of_labels_are_possible_ones() {
        let term = |field: &str, selector: Value| json!({"topologyKey": "zone", field: ["/a"], "labelSelector": selector});
        for field in ["matchLabelKeys", "mismatchLabelKeys"] {
            assert_eq!(
                of_pod(term(field, json!({}))),
                [format!(".{field}[0]: Invalid value: \"/a\": prefix part must be non-empty")]
            );
            assert_eq!(
                of_pod(term(field, Value::Null)),
                [format!(".{field}: Forbidden: must not be specified when labelSelector is not set")]
            );
        }
    }

    #[test]
    fn a_key_may_be_matched_or_selected() {
        let of = |key: &str| {
            let expression = json!({"key": "a", "operator": "Exists"});
            let selector = json!({"matchLabels": {"b": "c"}, "matchExpressions": [expression, expression]});
            of_pod(json!({"topologyKey": "zone", "matchLabelKeys": ["x", key], "labelSelector": selector}))
        };
        assert_eq!(of("b"), Vec::<String>::new());
        assert_eq!(of("a"), ["[1]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector"]);
    }

    #[test]
    fn pods_are_near_in_a_topology() {
        assert_eq!(of_pod(json!({"topologyKey": "zone", "labelSelector": {}})), Vec::<String>::new());
        assert_eq!(of_pod(json!({"topologyKey": ""}))[0], ".topologyKey: Required value: can not be empty");
    }

    #[test]
    fn keys_need_a_selector_that_lacks_them() {
        assert_eq!(
            of_pod(json!({"topologyKey": "zone", "matchLabelKeys": ["a"]})),
            [".matchLabelKeys: Forbidden: must not be specified when labelSelector is not set"]
        );
        let selector = json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["b"]}]});
        let term = json!({
            "topologyKey": "zone",
            "matchLabelKeys": ["a"],
            "mismatchLabelKeys": ["a"],
            "labelSelector": selector,
        });
        assert_eq!(
            of_pod(term),
            [
                "[0]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector",
                ".matchLabelKeys[0]: Invalid value: \"a\": exists in both matchLabelKeys and mismatchLabelKeys",
            ]
        );
    }
}
