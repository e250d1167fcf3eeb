//! The containers of a Pod, and what all sorts of containers have in common.
//!
//! Follows `validateContainers` and `validateContainerCommon` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::Container;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::scope::Scope;
use super::{env, handler, list, ports, probe, required_name, resources, restart_policy, security, text, volume_mount};

/// The list of ordinary containers.
pub(super) fn containers(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let containers = &scope.spec.containers;
    if containers.is_empty() {
        errors.required(path, "");
        return;
    }
    let mut names = HashSet::new();
    for (index, container) in containers.iter().enumerate() {
        let path = &path.index(index);
        common(errors, container, scope, path);
        if !names.insert(container.name.as_str()) {
            errors.duplicate(&path.field("name"), &container.name);
        }
        hooks_and_probes(errors, container, scope, path);
        restart_policy::container(errors, container, path);
    }
    ports::unique_host_ports(errors, containers, path);
}

/// What containers of every sort have.
pub(super) fn common(errors: &mut Errors, container: &Container, scope: &Scope<'_>, path: &FieldPath<'_>) {
    required_name(errors, &container.name, names::dns_label, &path.field("name"));
    if text(container.image.as_ref()).is_empty() {
        errors.required(&path.field("image"), "");
    }
    termination_message_policy(errors, text(container.termination_message_policy.as_ref()), path);
    ports::ports(errors, list(container.ports.as_ref()), &path.field("ports"));
    env::variables(errors, list(container.env.as_ref()), &path.field("env"));
    env::sources(errors, list(container.env_from.as_ref()), &path.field("envFrom"));
    volume_mount::mounts(errors, container, scope, &path.field("volumeMounts"));
    volume_mount::devices(errors, container, scope, &path.field("volumeDevices"));
    pull_policy(errors, text(container.image_pull_policy.as_ref()), path, "imagePullPolicy");
    if let Some(requirements) = &container.resources {
        resources::container(errors, requirements, scope, &path.field("resources"));
    }
    resources::resize_policy(errors, container, scope, &path.field("resizePolicy"));
    if let Some(context) = &container.security_context {
        security::container(errors, context, scope, &path.field("securityContext"));
    }
}

/// Lifecycle hooks and probes of a container that keeps running.
pub(super) fn hooks_and_probes(errors: &mut Errors, container: &Container, scope: &Scope<'_>, path: &FieldPath<'_>) {
    if let Some(lifecycle) = &container.lifecycle {
        handler::lifecycle(errors, lifecycle, scope, &path.field("lifecycle"));
    }
    if let Some(liveness) = &container.liveness_probe {
        probe::liveness_or_startup(errors, liveness, &path.field("livenessProbe"));
    }
    if let Some(readiness) = &container.readiness_probe {
        probe::readiness(errors, readiness, &path.field("readinessProbe"));
    }
    if let Some(startup) = &container.startup_probe {
        probe::liveness_or_startup(errors, startup, &path.field("startupProbe"));
    }
}

/// When an image is pulled; a missing policy has a default.
pub(super) fn pull_policy(errors: &mut Errors, policy: &str, path: &FieldPath<'_>, field: &str) {
    if !matches!(policy, "" | "Always" | "IfNotPresent" | "Never") {
        errors.not_supported(&path.field(field), Bad::Typed(policy), &["Always", "IfNotPresent", "Never"]);
    }
}

/// `validateContainerOnlyForPod`
pub(super) fn image_blanks(errors: &mut Errors, container: &Container, path: &FieldPath<'_>) {
    let image = text(container.image.as_ref());
    if image.trim().len() != image.len() {
        errors.invalid(&path.field("image"), image, "must not have leading or trailing whitespace");
    }
}

fn termination_message_policy(errors: &mut Errors, policy: &str, path: &FieldPath<'_>) {
    if !matches!(policy, "" | "File" | "FallbackToLogsOnError") {
        let path = &path.field("terminationMessagePolicy");
        errors.not_supported(path, Bad::Typed(policy), &["File", "FallbackToLogsOnError"]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages_of_container, messages_of_spec};
    use serde_json::json;

    #[test]
    fn every_part_is_checked_in_its_place() {
        for (part, value, error) in [
            ("ports", json!([{}]), "ports[0].containerPort: Required value"),
            ("env", json!([{"name": ""}]), "env[0].name: Required value"),
            ("envFrom", json!([{"secretRef": {}}]), "envFrom[0].secretRef.name: Required value"),
            ("volumeMounts", json!([{"name": "x", "mountPath": "/"}]), "volumeMounts[0].name: Not found: \"x\""),
            ("volumeDevices", json!([{"name": "x", "devicePath": "/"}]), "volumeDevices[0].name: Not found: \"x\""),
            ("resources", json!({"claims": [{"name": ""}]}), "resources.claims[0]: Required value"),
            ("resizePolicy", json!([{"resourceName": "", "restartPolicy": "NotRequired"}]), "resizePolicy: Required value"),
            (
                "securityContext",
                json!({"appArmorProfile": {"type": ""}}),
                "securityContext.appArmorProfile.type: Required value: type is required when appArmorProfile is set",
            ),
            ("lifecycle", json!({"preStop": {}}), "lifecycle.preStop: Required value: must specify a handler type"),
        ] {
            assert_eq!(messages_of_container(json!({part: value})), [format!("spec.containers[0].{error}")]);
        }
    }

    #[test]
    fn a_name_is_a_label() {
        assert_eq!(messages_of_container(json!({"name": "a".repeat(63)})), Vec::<String>::new());
        assert_eq!(
            messages_of_container(json!({"name": "a".repeat(64)})),
            [format!("spec.containers[0].name: Invalid value: \"{}\": must be no more than 63 characters", "a".repeat(64))]
        );
        assert_eq!(
            messages_of_container(json!({"name": "a.b"})),
            [r#"spec.containers[0].name: Invalid value: "a.b": must not contain dots"#]
        );
    }

    #[test]
    fn policies_that_exist_are_good() {
        for policy in ["Always", "IfNotPresent", "Never", ""] {
            assert_eq!(messages_of_container(json!({"imagePullPolicy": policy})), Vec::<String>::new(), "{policy}");
        }
        for policy in ["File", "FallbackToLogsOnError", ""] {
            assert_eq!(messages_of_container(json!({"terminationMessagePolicy": policy})), Vec::<String>::new(), "{policy}");
        }
    }

    #[test]
    fn an_image_has_no_blanks_around_it() {
        for bad in [" nginx", "nginx\t", " "] {
            let found = messages_of_container(json!({"image": bad}));
            let detail = "must not have leading or trailing whitespace";
            assert_eq!(found, [format!("spec.containers[0].image: Invalid value: {bad:?}: {detail}")]);
        }
        assert_eq!(messages_of_container(json!({"image": "ng inx"})), Vec::<String>::new());
    }

    #[test]
    fn every_probe_and_hook_is_looked_at() {
        let names = ["livenessProbe", "readinessProbe", "startupProbe"];
        for name in names {
            let error = format!("spec.containers[0].{name}: Required value: must specify a handler type");
            assert_eq!(messages_of_container(json!({name: {}})), [error]);
        }
    }

    #[test]
    fn a_container_needs_a_name_and_an_image() {
        assert_eq!(
            messages_of_spec(json!({"containers": [{}]})),
            ["spec.containers[0].name: Required value", "spec.containers[0].image: Required value"]
        );
    }

    #[test]
    fn names_are_unique() {
        let web = json!({"name": "web", "image": "nginx"});
        assert_eq!(messages_of_spec(json!({"containers": [web, web]})), [r#"spec.containers[1].name: Duplicate value: "web""#]);
    }

    #[test]
    fn policies_are_chosen_from_lists() {
        assert_eq!(
            messages_of_container(json!({"imagePullPolicy": "never", "terminationMessagePolicy": "Log"})),
            [
                r#"spec.containers[0].terminationMessagePolicy: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError""#,
                r#"spec.containers[0].imagePullPolicy: Unsupported value: "never": supported values: "Always", "IfNotPresent", "Never""#,
            ]
        );
    }
}
