//! The Pod as a whole: its nodes, addresses, annotations and secrets.
//!
//! Follows `warningsForPodSpecAndMeta` in `pkg/api/pod/warnings.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Affinity, PodAffinityTerm, PodSpec, WeightedPodAffinityTerm};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::super::ip_address;
use super::{Warnings, container, node_label, port, volume};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const SELECTS_NOTHING: &str = "a null labelSelector results in matching no pod";

const DEPRECATED_ANNOTATIONS: [(&str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
    ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
];

/// Everything about a Pod or a template; `owner` is what has `spec` and `metadata`.
pub(super) fn spec_and_metadata(warnings: &mut Warnings, spec: &PodSpec, metadata: &ObjectMeta, owner: &FieldPath<'_>) {
    let path = &owner.field("spec");
    nodes(warnings, spec, path);
    annotations(warnings, metadata, owner);
    volume::volumes(warnings, spec, path);
    names_and_addresses(warnings, spec, path);
    container::fractions(warnings, spec.overhead.as_ref(), &["memory", "ephemeral-storage"], &path.field("overhead"));
    container::containers(warnings, spec, metadata, owner);
    port::ports(warnings, spec, path);
    if spec.termination_grace_period_seconds.is_some_and(|seconds| seconds < 0) {
        let message = "must be >= 0; negative values are invalid and will be treated as 1";
        warnings.add(&path.field("terminationGracePeriodSeconds"), message);
    }
    if let Some(affinity) = &spec.affinity {
        near_pods(warnings, affinity, &path.field("affinity"));
    }
}

fn nodes(warnings: &mut Warnings, spec: &PodSpec, path: &FieldPath<'_>) {
    for key in spec.node_selector.iter().flat_map(|labels| labels.keys()) {
        if let Some(message) = node_label::deprecation(key) {
            warnings.add(&path.field("nodeSelector").key(key), message);
        }
    }
    if let Some(affinity) = spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref()) {
        let path = &path.field("affinity");
        let path = &path.field("nodeAffinity");
        let required = affinity.required_during_scheduling_ignored_during_execution.iter();
        for (index, term) in required.flat_map(|required| &required.node_selector_terms).enumerate() {
            node_label::term(warnings, term, false, &path.field(REQUIRED).field("nodeSelectorTerms").index(index));
        }
        let preferred = affinity.preferred_during_scheduling_ignored_during_execution.iter();
        for (index, term) in preferred.flatten().enumerate() {
            node_label::term(warnings, &term.preference, true, &path.field(PREFERRED).index(index).field("preference"));
        }
    }
    let path = &path.field("topologySpreadConstraints");
    for (index, constraint) in spec.topology_spread_constraints.iter().flatten().enumerate() {
        let path = &path.index(index);
        let key = &constraint.topology_key;
        if let Some(message) = node_label::deprecation(key) {
            warnings.add(&path.field("topologyKey"), &format!("{key} is {message}"));
        }
        if constraint.label_selector.is_none() {
            warnings.add(&path.field("labelSelector"), SELECTS_NOTHING);
        }
    }
}

fn annotations(warnings: &mut Warnings, metadata: &ObjectMeta, owner: &FieldPath<'_>) {
    let Some(annotations) = &metadata.annotations else { return };
    for (key, message) in DEPRECATED_ANNOTATIONS {
        if annotations.contains_key(key) {
            warnings.add(&owner.field("metadata").field("annotations").key(key), message);
        }
    }
}

fn names_and_addresses(warnings: &mut Warnings, spec: &PodSpec, path: &FieldPath<'_>) {
    let aliases_path = &path.field("hostAliases");
    let mut seen = HashSet::new();
    for (index, alias) in spec.host_aliases.iter().flatten().enumerate() {
        let path = &aliases_path.index(index);
        if !seen.insert(&alias.ip) {
            warnings.add(&path.field("ip"), &format!("duplicate ip {}", quoted(&alias.ip)));
        }
        address(warnings, &alias.ip, &path.field("ip"));
    }
    let servers = spec.dns_config.iter().flat_map(|config| config.nameservers.iter().flatten());
    for (index, server) in servers.enumerate() {
        address(warnings, server, &path.field("dnsConfig").field("nameservers").index(index));
    }
    let secrets_path = &path.field("imagePullSecrets");
    let mut seen = HashSet::new();
    for (index, secret) in spec.image_pull_secrets.iter().flatten().enumerate() {
        let path = &secrets_path.index(index);
        if !seen.insert(&secret.name) {
            warnings.add(&path.field("name"), &format!("duplicate name {}", quoted(&secret.name)));
        }
        if secret.name.is_empty() {
            warnings.add(&path.field("name"), "invalid empty name \"\"");
        }
    }
}

fn address(warnings: &mut Warnings, text: &str, path: &FieldPath<'_>) {
    if let Some(warning) = ip_address::warning(text) {
        warnings.add(path, &warning);
    }
}

fn near_pods(warnings: &mut Warnings, affinity: &Affinity, path: &FieldPath<'_>) {
    if let Some(near) = &affinity.pod_affinity {
        let path = &path.field("podAffinity");
        required(warnings, near.required_during_scheduling_ignored_during_execution.as_ref(), path);
        preferred(warnings, near.preferred_during_scheduling_ignored_during_execution.as_ref(), path);
    }
    if let Some(far) = &affinity.pod_anti_affinity {
        let path = &path.field("podAntiAffinity");
        required(warnings, far.required_during_scheduling_ignored_during_execution.as_ref(), path);
        preferred(warnings, far.preferred_during_scheduling_ignored_during_execution.as_ref(), path);
    }
}

fn required(warnings: &mut Warnings, terms: Option<&Vec<PodAffinityTerm>>, path: &FieldPath<'_>) {
    for (index, _) in terms.into_iter().flatten().enumerate().filter(|(_, term)| term.label_selector.is_none()) {
        warnings.add(&path.field(REQUIRED).index(index).field("labelSelector"), SELECTS_NOTHING);
    }
}

fn preferred(warnings: &mut Warnings, terms: Option<&Vec<WeightedPodAffinityTerm>>, path: &FieldPath<'_>) {
    for (index, term) in terms.into_iter().flatten().enumerate() {
        if term.pod_affinity_term.label_selector.is_none() {
            let path = path.field(PREFERRED);
            let path = &path.index(index);
            warnings.add(&path.field("podAffinityTerm").field("labelSelector"), SELECTS_NOTHING);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;
    use super::*;

    fn messages(metadata: Value, spec: Value) -> Vec<String> {
        let mut spec = spec;
        if spec.get("containers").is_none() {
            spec["containers"] = json!([]);
        }
        let (metadata, spec) = (serde_json::from_value(metadata).unwrap(), serde_json::from_value(spec).unwrap());
        testing::messages(|warnings| spec_and_metadata(warnings, &spec, &metadata, &ROOT))
    }

    #[test]
    fn labels_of_nodes_are_looked_at_wherever_nodes_are_chosen() {
        let terms = json!([{"matchExpressions": [{"key": "beta.kubernetes.io/os", "operator": "Exists"}]}]);
        let required = json!({"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": terms}}});
        let place = format!("spec.affinity.nodeAffinity.{REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].key");
        let message = r#"deprecated since v1.14; use "kubernetes.io/os" instead"#;
        assert_eq!(messages(json!({}), json!({"affinity": required})), [format!("{place}: beta.kubernetes.io/os is {message}")]);
        let constraint = json!({
            "maxSkew": 1, "topologyKey": "failure-domain.beta.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": {},
        });
        assert_eq!(
            messages(json!({}), json!({"topologySpreadConstraints": [constraint]})),
            [
                "spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use \
                 \"topology.kubernetes.io/zone\" instead"
            ]
        );
    }

    #[test]
    fn addresses_are_written_as_they_should_be() {
        let spec = json!({"hostAliases": [{"ip": "010.0.0.1"}], "dnsConfig": {"nameservers": ["10.0.0.1", "fd00:0::1"]}});
        assert_eq!(
            messages(json!({}), spec),
            [
                "spec.hostAliases[0].ip: non-standard IP address \"010.0.0.1\" will be considered invalid in a future Kubernetes \
                 release: use \"10.0.0.1\"",
                "spec.dnsConfig.nameservers[1]: IPv6 address \"fd00:0::1\" should be in RFC 5952 canonical format (\"fd00::1\")",
            ]
        );
    }

    #[test]
    fn overhead_has_whole_bytes() {
        let of = |name: &str| messages(json!({}), json!({"overhead": {name: "1500m"}}));
        assert_eq!(of("cpu"), Vec::<String>::new());
        for name in ["memory", "ephemeral-storage"] {
            let error = format!("spec.overhead[{name}]: fractional byte value \"1500m\" is invalid, must be an integer");
            assert_eq!(of(name), [error]);
        }
    }

    #[test]
    fn a_period_of_grace_may_be_zero() {
        assert_eq!(messages(json!({}), json!({"terminationGracePeriodSeconds": 0})), Vec::<String>::new());
    }

    #[test]
    fn every_term_of_affinity_needs_a_selector() {
        for kind in ["podAffinity", "podAntiAffinity"] {
            let of = |selector: Value| {
                let term = json!({"topologyKey": "a", "labelSelector": selector});
                let terms = json!({REQUIRED: [term], PREFERRED: [{"weight": 1, "podAffinityTerm": term}]});
                messages(json!({}), json!({"affinity": {kind: terms}}))
            };
            assert_eq!(of(json!({})), Vec::<String>::new());
            assert_eq!(
                of(Value::Null),
                [
                    format!("spec.affinity.{kind}.{REQUIRED}[0].labelSelector: a null labelSelector results in matching no pod"),
                    format!(
                        "spec.affinity.{kind}.{PREFERRED}[0].podAffinityTerm.labelSelector: a null labelSelector results in \
                         matching no pod"
                    ),
                ]
            );
        }
    }

    #[test]
    fn annotations_for_sysctls_gave_way_to_a_field() {
        for key in ["security.alpha.kubernetes.io/sysctls", "security.alpha.kubernetes.io/unsafe-sysctls"] {
            assert_eq!(
                messages(json!({"annotations": {key: ""}}), json!({})),
                [format!("metadata.annotations[{key}]: non-functional in v1.11+; use the \"sysctls\" field instead")]
            );
        }
    }

    #[test]
    fn labels_of_nodes_have_better_names() {
        let expressions = json!([{"key": "beta.kubernetes.io/os", "operator": "In", "values": ["a b"]}]);
        let preferred = json!([{"weight": 1, "preference": {"matchExpressions": expressions}}]);
        let found = messages(
            json!({}),
            json!({
                "nodeSelector": {"beta.kubernetes.io/arch": "amd64"},
                "affinity": {"nodeAffinity": {PREFERRED: preferred}},
                "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}],
            }),
        );
        let expression = format!("spec.affinity.nodeAffinity.{PREFERRED}[0].preference.matchExpressions[0]");
        assert_eq!(
            found[..2],
            [
                "spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use \"kubernetes.io/arch\" instead"
                    .to_owned(),
                format!("{expression}.key: beta.kubernetes.io/os is deprecated since v1.14; use \"kubernetes.io/os\" instead"),
            ]
        );
        assert!(found[2].starts_with(&format!("{expression}.values[0]: a b is invalid, a valid label must")));
        assert_eq!(found[3], "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod");
    }

    #[test]
    fn names_and_addresses_stand_once() {
        let spec = json!({
            "hostAliases": [{"ip": "1.1.1.1"}, {"ip": "1.1.1.1"}],
            "imagePullSecrets": [{"name": "a"}, {"name": "a"}, {}],
            "terminationGracePeriodSeconds": -1,
        });
        assert_eq!(
            messages(json!({}), spec),
            [
                "spec.hostAliases[1].ip: duplicate ip \"1.1.1.1\"",
                "spec.imagePullSecrets[1].name: duplicate name \"a\"",
                "spec.imagePullSecrets[2].name: invalid empty name \"\"",
                "spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
            ]
        );
    }

    #[test]
    fn affinity_needs_a_selector() {
        let affinity = json!({"podAntiAffinity": {PREFERRED: [{"weight": 1, "podAffinityTerm": {"topologyKey": "a"}}]}});
        let place = format!("spec.affinity.podAntiAffinity.{PREFERRED}[0].podAffinityTerm.labelSelector");
        assert_eq!(messages(json!({}), json!({"affinity": affinity})), [format!("{place}: {SELECTS_NOTHING}")]);
    }

    #[test]
    fn annotations_gave_way_to_fields() {
        let annotations = json!({"scheduler.alpha.kubernetes.io/critical-pod": ""});
        assert_eq!(
            messages(json!({"annotations": annotations}), json!({})),
            ["metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the \
              \"priorityClassName\" field instead"]
        );
    }
}
