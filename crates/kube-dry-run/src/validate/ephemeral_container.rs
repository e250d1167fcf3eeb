//! Ephemeral containers, which nobody can create with a Pod, but whose errors are reported all the same.
//!
//! Follows `validateEphemeralContainers` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Container, ResourceRequirements};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::scope::Scope;
use super::{container, list, text};

const NOT_HERE: &str = "cannot be set for an Ephemeral Container";

/// The list of ephemeral containers.
pub(super) fn containers(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let others = scope.spec.containers.iter().chain(list(scope.spec.init_containers.as_ref()));
    let others: HashSet<_> = others.map(|container| container.name.as_str()).collect();
    let mut names = others.clone();
    let declared = list(scope.spec.ephemeral_containers.as_ref());
    for (index, (ephemeral, declared)) in scope.ephemeral.iter().zip(declared).enumerate() {
        let path = &path.index(index);
        container::common(errors, ephemeral, scope, path);
        container::image_blanks(errors, ephemeral, path);
        if !names.insert(&ephemeral.name) {
            errors.duplicate(&path.field("name"), &ephemeral.name);
        }
        let target = text(declared.target_container_name.as_ref());
        if !target.is_empty() && !others.contains(target) {
            errors.not_found(&path.field("targetContainerName"), target, "");
        }
        fields(errors, ephemeral, path);
        sub_paths(errors, ephemeral, &path.field("volumeMounts"));
    }
}

fn fields(errors: &mut Errors, ephemeral: &Container, path: &FieldPath<'_>) {
    let has_resources = ephemeral.resources.as_ref().is_some_and(|resources| *resources != ResourceRequirements::default());
    for (name, is_set) in [
        ("ports", ephemeral.ports.is_some()),
        ("resources", has_resources),
        ("resizePolicy", ephemeral.resize_policy.is_some()),
        ("restartPolicy", ephemeral.restart_policy.is_some()),
        ("restartPolicyRules", ephemeral.restart_policy_rules.is_some()),
        ("livenessProbe", ephemeral.liveness_probe.is_some()),
        ("readinessProbe", ephemeral.readiness_probe.is_some()),
        ("startupProbe", ephemeral.startup_probe.is_some()),
        ("lifecycle", ephemeral.lifecycle.is_some()),
    ] {
        if is_set {
            errors.forbidden(&path.field(name), NOT_HERE);
        }
    }
}

fn sub_paths(errors: &mut Errors, ephemeral: &Container, path: &FieldPath<'_>) {
    for (index, mount) in list(ephemeral.volume_mounts.as_ref()).iter().enumerate() {
        let path = &path.index(index);
        for (name, value) in [("subPath", mount.sub_path.as_ref()), ("subPathExpr", mount.sub_path_expr.as_ref())] {
            if !text(value).is_empty() {
                errors.forbidden(&path.field(name), NOT_HERE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::{Value, json};

    /// The messages about the first ephemeral container, besides the one that there is any.
    fn with(mut ephemeral: Value) -> Vec<String> {
        for (field, value) in [("name", "debug"), ("image", "busybox")] {
            if ephemeral.get(field).is_none() {
                ephemeral[field] = json!(value);
            }
        }
        let mut found = messages_of_spec(json!({
            "ephemeralContainers": [ephemeral],
            "initContainers": [{"name": "init", "image": "busybox"}],
            "volumes": [{"name": "data", "emptyDir": {}}],
        }));
        assert_eq!(found.pop().unwrap(), "spec.ephemeralContainers: Forbidden: cannot be set on create");
        let prefix = "spec.ephemeralContainers[0].";
        found.into_iter().map(|message| message.trim_start_matches(prefix).to_owned()).collect()
    }

    #[test]
    fn names_differ_from_those_of_all_containers() {
        assert_eq!(with(json!({})), Vec::<String>::new());
        assert_eq!(with(json!({"name": "web"})), [r#"name: Duplicate value: "web""#]);
        assert_eq!(with(json!({"name": "init"})), [r#"name: Duplicate value: "init""#]);
        let debug = json!({"name": "debug", "image": "busybox"});
        assert_eq!(
            messages_of_spec(json!({"ephemeralContainers": [debug, debug]}))[0],
            r#"spec.ephemeralContainers[1].name: Duplicate value: "debug""#
        );
    }

    #[test]
    fn what_all_containers_have_is_checked_too() {
        assert_eq!(with(json!({"image": ""})), ["image: Required value"]);
        assert_eq!(with(json!({"image": "a "})), [r#"image: Invalid value: "a ": must not have leading or trailing whitespace"#]);
    }

    #[test]
    fn the_target_is_another_container() {
        for good in ["", "web", "init"] {
            assert_eq!(with(json!({"targetContainerName": good})), Vec::<String>::new(), "{good}");
        }
        assert_eq!(with(json!({"targetContainerName": "debug"})), [r#"targetContainerName: Not found: "debug""#]);
    }

    #[test]
    fn nothing_keeps_it_running() {
        let probe = json!({"exec": {"command": ["true"]}});
        for (field, value) in [
            ("ports", json!([{"containerPort": 80}])),
            ("resources", json!({"limits": {"cpu": "1"}})),
            ("resizePolicy", json!([{"resourceName": "cpu", "restartPolicy": "NotRequired"}])),
            ("restartPolicy", json!("Always")),
            ("restartPolicyRules", json!([{"action": "Restart", "exitCodes": {"operator": "In", "values": [1]}}])),
            ("livenessProbe", probe.clone()),
            ("readinessProbe", probe.clone()),
            ("startupProbe", probe.clone()),
            ("lifecycle", json!({"preStop": probe})),
        ] {
            assert_eq!(with(json!({field: value})), [format!("{field}: Forbidden: cannot be set for an Ephemeral Container")]);
        }
        assert_eq!(with(json!({"resources": {}})), Vec::<String>::new());
    }

    #[test]
    fn volumes_are_mounted_whole() {
        let mount = |field: &str, value: &str| with(json!({"volumeMounts": [{"name": "data", "mountPath": "/a", field: value}]}));
        for field in ["subPath", "subPathExpr"] {
            assert_eq!(mount(field, ""), Vec::<String>::new());
            let error = format!("volumeMounts[0].{field}: Forbidden: cannot be set for an Ephemeral Container");
            assert_eq!(mount(field, "b"), [error]);
        }
    }
}
