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
    use super::NOT_HERE;
    use serde_json::{Value, json};

    fn with_init(mut init: Value) -> Vec<String> {
        init["image"] = json!("busybox");
        messages_of_spec(json!({"initContainers": [init]}))
    }

    #[test]
    fn an_init_container_is_a_container() {
        assert_eq!(with_init(json!({"name": "a"})), Vec::<String>::new());
        assert_eq!(with_init(json!({"name": ""})), ["spec.initContainers[0].name: Required value"]);
    }

    #[test]
    fn each_probe_and_hook_belongs_to_a_sidecar() {
        let probe = json!({"exec": {"command": ["true"]}});
        for (field, value) in [
            ("lifecycle", json!({"postStart": probe})),
            ("livenessProbe", probe.clone()),
            ("readinessProbe", probe.clone()),
            ("startupProbe", probe),
        ] {
            for policy in ["Never", "OnFailure"] {
                assert_eq!(
                    with_init(json!({"name": "a", field: value, "restartPolicy": policy})),
                    [format!("spec.initContainers[0].{field}: Forbidden: {NOT_HERE}")]
                );
            }
            assert_eq!(with_init(json!({"name": "a", field: value, "restartPolicy": "Always"})), Vec::<String>::new());
        }
    }

    #[test]
    fn probes_and_hooks_of_a_sidecar_are_checked() {
        let detail = "Required value: must specify a handler type";
        for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
            let sidecar = json!({"name": "a", "restartPolicy": "Always", field: {}});
            assert_eq!(with_init(sidecar), [format!("spec.initContainers[0].{field}: {detail}")]);
        }
        let sidecar = json!({"name": "a", "restartPolicy": "Always", "lifecycle": {"preStop": {}}});
        assert_eq!(with_init(sidecar), [format!("spec.initContainers[0].lifecycle.preStop: {detail}")]);
    }

    #[test]
    fn names_differ_from_each_other() {
        let init = json!({"name": "a", "image": "busybox"});
        assert_eq!(
            messages_of_spec(json!({"initContainers": [init, init]})),
            [r#"spec.initContainers[1].name: Duplicate value: "a""#]
        );
    }

    #[test]
    fn a_host_port_is_taken_once_by_the_same_container() {
        let port = |number: i32| json!({"containerPort": number, "hostPort": 80});
        let init = |name: &str| json!({"name": name, "image": "busybox", "ports": [port(1)]});
        assert_eq!(messages_of_spec(json!({"initContainers": [init("a"), init("b")]})), Vec::<String>::new());
        assert_eq!(
            with_init(json!({"name": "a", "ports": [port(1), port(2)]})),
            [r#"spec.initContainers[0].ports[1].hostPort: Duplicate value: "TCP//80""#]
        );
    }

    #[test]
    fn only_sidecars_have_probes_and_hooks() {
        let probe = json!({"exec": {"command": ["true"]}});
        let init = json!({"name": "a", "livenessProbe": probe, "lifecycle": {"preStop": {"exec": {"command": ["true"]}}}});
        assert_eq!(
            with_init(init.clone()),
            [
                "spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always",
                "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
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
