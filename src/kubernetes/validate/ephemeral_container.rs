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
