//! Init containers and native sidecars, which are init containers that always restart.
//!
//! Follows `validateInitContainers` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::Container;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::scope::Scope;
use super::{container, list, ports, restart_policy};

const NOT_HERE: &str = "may not be set for init containers without restartPolicy=Always";

/// The list of init containers.
pub(super) fn containers(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let mut names: HashSet<_> = scope.spec.containers.iter().map(|container| container.name.as_str()).collect();
    for (index, init) in list(scope.spec.init_containers.as_ref()).iter().enumerate() {
        let item = &path.index(index);
        container::common(errors, init, scope, item);
        restart_policy::init_container(errors, init, item);
        if names.contains(init.name.as_str()) {
            errors.duplicate(&item.field("name"), &init.name);
        } else if !init.name.is_empty() {
            names.insert(&init.name);
        }
        ports::unique_host_ports(errors, std::slice::from_ref(init), path);
        if init.restart_policy.as_deref() == Some("Always") {
            container::hooks_and_probes(errors, init, scope, item);
        } else {
            no_hooks_and_probes(errors, init, item);
        }
    }
}

fn no_hooks_and_probes(errors: &mut Errors, init: &Container, path: &FieldPath<'_>) {
    for (name, is_set) in [
        ("lifecycle", init.lifecycle.is_some()),
        ("livenessProbe", init.liveness_probe.is_some()),
        ("readinessProbe", init.readiness_probe.is_some()),
        ("startupProbe", init.startup_probe.is_some()),
    ] {
        if is_set {
            errors.forbidden(&path.field(name), NOT_HERE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::{Value, json};

    fn with_init(mut init: Value) -> Vec<String> {
        init["image"] = json!("busybox");
        messages_of_spec(json!({"initContainers": [init]}))
    }

    #[test]
    fn only_sidecars_have_probes_and_hooks() {
        let probe = json!({"exec": {"command": ["true"]}});
        let init = json!({"name": "a", "livenessProbe": probe, "lifecycle": {"preStop": {"exec": {"command": ["true"]}}}});
        let detail = "may not be set for init containers without restartPolicy=Always";
        assert_eq!(
            with_init(init.clone()),
            [
                format!("spec.initContainers[0].lifecycle: Forbidden: {detail}"),
                format!("spec.initContainers[0].livenessProbe: Forbidden: {detail}"),
            ]
        );
        let mut sidecar = init;
        sidecar["restartPolicy"] = json!("Always");
        assert_eq!(with_init(sidecar), Vec::<String>::new());
    }

    #[test]
    fn names_differ_from_those_of_the_containers() {
        assert_eq!(with_init(json!({"name": "web"})), [r#"spec.initContainers[0].name: Duplicate value: "web""#]);
    }
}
