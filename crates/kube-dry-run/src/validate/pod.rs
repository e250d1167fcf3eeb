//! A Pod and a Pod template.
//!
//! Follows `ValidatePodCreate`, `ValidatePodTemplateSpec` and `ValidatePodSpec` in `pkg/apis/core/validation/validation.go`
//! (v1.35).

use k8s_openapi::api::core::v1::{Container, Pod, PodSpec, PodTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::scope::Scope;
use super::{
    affinity, annotations, container, dns, ephemeral_container, host, init_container, list, metadata, os, pod_resources, ports,
    profiles, resource_claim, resources, scheduling, security, text, topology_spread, volume, windows,
};

/// Everything about a Pod.
pub(in super::super) fn pod(errors: &mut Errors, pod: &Pod) {
    let Some(spec) = &pod.spec else { return };
    metadata::object(errors, &pod.metadata, names::dns_subdomain);
    let path = &ROOT.field("spec");
    annotations::pod(errors, &pod.metadata, spec, &ROOT.field("metadata").field("annotations"));
    let scope = self::spec(errors, spec, Some(&pod.metadata), path);
    only_of_a_pod(errors, spec, path);
    profiles::match_annotations(errors, &scope, &pod.metadata, path);
}

/// Everything about the template of a Pod.
pub(super) fn template(errors: &mut Errors, template: &PodTemplateSpec, path: &FieldPath<'_>) {
    let (metadata, spec) = (template.metadata.as_ref(), template.spec.as_ref());
    let (Some(metadata), Some(spec)) = (metadata, spec) else { return };
    let metadata_path = &path.field("metadata").unnamed();
    metadata::labels(errors, metadata.labels.as_ref(), &metadata_path.field("labels"));
    let annotations_path = &metadata_path.field("annotations");
    metadata::annotations(errors, metadata.annotations.as_ref(), annotations_path);
    annotations::pod(errors, metadata, spec, annotations_path);
    let spec_path = &path.field("spec");
    let scope = self::spec(errors, spec, None, spec_path);
    profiles::match_annotations(errors, &scope, metadata, spec_path);
    if !scope.ephemeral.is_empty() {
        errors.forbidden(&spec_path.field("ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
}

fn spec<'a>(errors: &mut Errors, spec: &'a PodSpec, metadata: Option<&'a ObjectMeta>, path: &FieldPath<'_>) -> Scope<'a> {
    let mut scope = Scope::new(spec);
    scope.volumes = volume::volumes(errors, list(spec.volumes.as_ref()), metadata, &path.field("volumes"));
    resource_claim::of_pod(errors, &scope, metadata, &path.field("resourceClaims"));
    container::containers(errors, &scope, &path.field("containers"));
    init_container::containers(errors, &scope, &path.field("initContainers"));
    ephemeral_container::containers(errors, &scope, &path.field("ephemeralContainers"));
    ports::of_host_network(errors, spec, metadata.is_some(), &path.field("containers"));
    pod_resources::pod_level(errors, &scope, path);
    policies(errors, spec, path);
    security::pod(errors, &scope, path);
    metadata::labels(errors, spec.node_selector.as_ref(), &path.field("nodeSelector"));
    affinity::affinity(errors, spec.affinity.as_ref(), &path.field("affinity"));
    dns::config(errors, spec, &path.field("dnsConfig"));
    scheduling::gates(errors, spec, path);
    scheduling::tolerations(errors, list(spec.tolerations.as_ref()), &path.field("tolerations"));
    topology_spread::constraints(errors, spec, &path.field("topologySpreadConstraints"));
    windows::host_process(errors, &scope, path);
    host::namespaces(errors, &scope, path);
    host::names(errors, spec, path);
    referenced_names(errors, spec, path);
    resources::overhead(errors, spec.overhead.as_ref(), &path.field("overhead"));
    os::os(errors, &scope, path);
    super::env::file_volumes(errors, &scope, path);
    scope
}

fn policies(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    let choices: [(&str, Option<&String>, &[&str]); 3] = [
        ("restartPolicy", spec.restart_policy.as_ref(), &["Always", "OnFailure", "Never"]),
        ("dnsPolicy", spec.dns_policy.as_ref(), &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
        ("preemptionPolicy", spec.preemption_policy.as_ref(), &["PreemptLowerPriority", "Never"]),
    ];
    for (name, value, supported) in choices {
        match value.map(String::as_str) {
            None => {}
            Some("") => errors.required(&path.field(name), ""),
            Some(value) if supported.contains(&value) => {}
            Some(value) => errors.not_supported(&path.field(name), Bad::Typed(value), supported),
        }
    }
    if let Some(seconds) = spec.active_deadline_seconds.filter(|seconds| !(1..=i64::from(i32::MAX)).contains(seconds)) {
        let detail = "must be between 1 and 2147483647, inclusive";
        errors.invalid(&path.field("activeDeadlineSeconds"), seconds, detail);
    }
}

fn referenced_names(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    for (field, name) in [
        ("serviceAccountName", text(spec.service_account_name.as_ref())),
        ("nodeName", text(spec.node_name.as_ref())),
        ("priorityClassName", text(spec.priority_class_name.as_ref())),
    ] {
        if !name.is_empty() {
            errors.invalid_each(&path.field(field), name, &names::dns_subdomain(name));
        }
    }
    if let Some(name) = &spec.runtime_class_name {
        errors.invalid_each(&path.field("runtimeClassName"), name, &names::dns_subdomain(name));
    }
}

/// What a template is not checked for, for the sake of templates that have been there before the check.
fn only_of_a_pod(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    image_blanks(errors, &spec.containers, &path.field("containers"));
    image_blanks(errors, list(spec.init_containers.as_ref()), &path.field("initContainers"));
    if !list(spec.ephemeral_containers.as_ref()).is_empty() {
        errors.forbidden(&path.field("ephemeralContainers"), "cannot be set on create");
    }
    if !text(spec.node_name.as_ref()).is_empty() && !list(spec.scheduling_gates.as_ref()).is_empty() {
        errors.forbidden(&path.field("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
}

fn image_blanks(errors: &mut Errors, containers: &[Container], path: &FieldPath<'_>) {
    for (index, container) in containers.iter().enumerate() {
        container::image_blanks(errors, container, &path.index(index));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages, messages_of_spec};
    use serde_json::{Value, json};

    /// The messages about the template of a Deployment that selects it.
    fn messages_of_template(mut template: Value) -> Vec<String> {
        template["metadata"]["labels"]["app"] = json!("web");
        messages(&json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web"},
            "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": template},
        }))
    }

    #[test]
    fn every_part_is_checked_in_its_place() {
        let required = "requiredDuringSchedulingIgnoredDuringExecution";
        let constraint = json!({"maxSkew": 1, "topologyKey": "", "whenUnsatisfiable": "DoNotSchedule"});
        let context = json!({"windowsOptions": {"hostProcess": true}});
        let probe = json!([{"name": "a", "image": "b", "livenessProbe": {}, "restartPolicy": "Always"}]);
        for (part, value, error) in [
            ("volumes", json!([{"name": "a", "hostPath": {"path": ""}}]), "volumes[0].hostPath.path: Required value"),
            ("resourceClaims", json!([{"resourceClaimName": "c"}]), "resourceClaims[0].name: Required value"),
            ("containers", json!([{"name": "a"}]), "containers[0].image: Required value"),
            ("initContainers", probe, "initContainers[0].livenessProbe: Required value: must specify a handler type"),
            (
                "affinity",
                json!({"nodeAffinity": {required: {"nodeSelectorTerms": []}}}),
                "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at \
                 least one node selector term",
            ),
            ("dnsConfig", json!({"options": [{}]}), "dnsConfig.options[0]: Required value: must not be empty"),
            ("schedulingGates", json!([{"name": "a"}, {"name": "a"}]), "schedulingGates[1]: Duplicate value: \"a\""),
            (
                "tolerations",
                json!([{"operator": "Exists", "value": "a"}]),
                "tolerations[0].operator: Invalid value: \"a\": value must be empty when `operator` is 'Exists'",
            ),
            (
                "securityContext",
                context,
                "hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
            ),
            ("subdomain", json!("a.b"), "subdomain: Invalid value: \"a.b\": must not contain dots"),
            ("os", json!({"name": ""}), "os.name: Required value"),
        ] {
            assert_eq!(messages_of_spec(json!({part: value})), [format!("spec.{error}")]);
        }
        let of_topology = messages_of_spec(json!({"topologySpreadConstraints": [constraint]}));
        assert_eq!(of_topology, ["spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty"]);
    }

    #[test]
    fn policies_that_exist_are_good() {
        for (field, values) in [
            ("restartPolicy", &["Always", "OnFailure", "Never"][..]),
            ("dnsPolicy", &["ClusterFirstWithHostNet", "ClusterFirst", "Default"]),
            ("preemptionPolicy", &["PreemptLowerPriority", "Never"]),
        ] {
            for value in values {
                assert_eq!(messages_of_spec(json!({field: value})), Vec::<String>::new(), "{field} {value}");
            }
        }
        assert_eq!(
            messages_of_spec(json!({"dnsPolicy": "Cluster", "preemptionPolicy": "Always"})),
            [
                r#"spec.dnsPolicy: Unsupported value: "Cluster": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None""#,
                r#"spec.preemptionPolicy: Unsupported value: "Always": supported values: "PreemptLowerPriority", "Never""#,
            ]
        );
    }

    #[test]
    fn a_deadline_is_a_positive_number_of_31_bits() {
        for good in [1, 2_147_483_647] {
            assert_eq!(messages_of_spec(json!({"activeDeadlineSeconds": good})), Vec::<String>::new(), "{good}");
        }
        for bad in [-1_i64, 0, 2_147_483_648] {
            let detail = "must be between 1 and 2147483647, inclusive";
            assert_eq!(
                messages_of_spec(json!({"activeDeadlineSeconds": bad})),
                [format!("spec.activeDeadlineSeconds: Invalid value: {bad}: {detail}")]
            );
        }
    }

    #[test]
    fn what_a_pod_refers_to_has_the_name_of_an_object() {
        for field in ["serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName"] {
            assert_eq!(messages_of_spec(json!({field: "a.b"})), Vec::<String>::new(), "{field}");
            let beginning = format!("spec.{field}: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of");
            assert!(messages_of_spec(json!({field: "A"}))[0].starts_with(&beginning), "{field}");
        }
        assert_eq!(messages_of_spec(json!({"nodeName": "", "priorityClassName": ""})), Vec::<String>::new());
        assert!(messages_of_spec(json!({"runtimeClassName": ""}))[0].starts_with("spec.runtimeClassName: Invalid value: \"\": "));
    }

    #[test]
    fn nodes_are_selected_by_labels() {
        assert_eq!(messages_of_spec(json!({"nodeSelector": {"a/b": "c"}})), Vec::<String>::new());
        assert_eq!(
            messages_of_spec(json!({"nodeSelector": {"/b": "c"}})),
            [r#"spec.nodeSelector: Invalid value: "/b": prefix part must be non-empty"#]
        );
    }

    #[test]
    fn blanks_around_an_image_are_refused_in_init_containers_too() {
        let detail = "must not have leading or trailing whitespace";
        assert_eq!(
            messages_of_spec(json!({"initContainers": [{"name": "a", "image": "b"}, {"name": "c", "image": "d "}]})),
            [format!("spec.initContainers[1].image: Invalid value: \"d \": {detail}")]
        );
    }

    #[test]
    fn a_gate_keeps_a_pod_from_its_node() {
        let gates = json!([{"name": "a"}]);
        assert_eq!(messages_of_spec(json!({"schedulingGates": gates})), Vec::<String>::new());
        assert_eq!(
            messages_of_spec(json!({"schedulingGates": gates, "nodeName": "n"})),
            ["spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"]
        );
        assert_eq!(messages_of_spec(json!({"schedulingGates": [], "nodeName": "n"})), Vec::<String>::new());
    }

    #[test]
    fn ephemeral_containers_come_later() {
        let spec = json!({
            "containers": [{"name": "web", "image": "nginx"}],
            "ephemeralContainers": [{"name": "debug", "image": "busybox"}],
        });
        assert_eq!(messages_of_spec(spec.clone()), ["spec.ephemeralContainers: Forbidden: cannot be set on create"]);
        assert_eq!(
            messages_of_template(json!({"spec": spec})),
            ["spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template"]
        );
    }

    #[test]
    fn metadata_of_a_template_is_checked_in_its_own_place() {
        let template = json!({
            "metadata": {"labels": {"/a": "b"}, "annotations": {"/c": "d", "kubernetes.io/config.mirror": "x"}},
            "spec": {"containers": [{"name": "web", "image": "nginx"}], "nodeName": "", "schedulingGates": [{"name": "a"}]},
        });
        assert_eq!(
            messages_of_template(template),
            [
                r#"spec.template.labels: Invalid value: "/a": prefix part must be non-empty"#,
                r#"spec.template.annotations: Invalid value: "/c": prefix part must be non-empty"#,
                r#"spec.template.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set"#,
            ]
        );
    }

    #[test]
    fn annotations_of_a_pod_are_checked_beside_its_fields() {
        let pod = json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": "web", "annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}},
            "spec": {
                "containers": [{"name": "web", "image": "nginx"}],
                "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
            },
        });
        assert_eq!(
            messages(&pod),
            ["spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match"]
        );
    }

    #[test]
    fn a_pod_needs_containers() {
        assert_eq!(messages_of_spec(json!({"containers": []})), ["spec.containers: Required value"]);
        let bare = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}});
        assert_eq!(messages(&bare), ["spec.containers: Required value"]);
    }

    #[test]
    fn policies_are_chosen_from_a_list() {
        assert_eq!(
            messages_of_spec(json!({"restartPolicy": "Sometimes", "preemptionPolicy": "", "dnsPolicy": "Default"})),
            [
                r#"spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never""#,
                "spec.preemptionPolicy: Required value",
            ]
        );
    }

    #[test]
    fn blanks_around_an_image_are_refused_in_a_pod_only() {
        let containers = json!([{"name": "web", "image": " nginx"}]);
        let found = messages_of_spec(json!({"containers": containers}));
        let detail = "must not have leading or trailing whitespace";
        assert_eq!(found, [format!("spec.containers[0].image: Invalid value: \" nginx\": {detail}")]);
        assert_eq!(messages_of_template(json!({"spec": {"containers": containers}})), Vec::<String>::new());
    }
}
