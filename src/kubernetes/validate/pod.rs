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
    profiles, resources, scheduling, security, text, topology_spread, volume, windows,
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
    metadata::labels(errors, metadata.labels.as_ref(), &path.field("labels"));
    let annotations_path = &path.field("annotations");
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
    resources::claims(errors, &scope, metadata, &path.field("resourceClaims"));
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
    use serde_json::json;

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
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": containers}});
        let deployment = json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web"},
            "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template},
        });
        assert_eq!(messages(&deployment), Vec::<String>::new());
    }
}
