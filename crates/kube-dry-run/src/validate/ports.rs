//! Container ports.
//!
//! Follows `validateContainerPorts`, `checkHostPortConflicts` and `validatePodHostNetworkDeps` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Container, ContainerPort, PodSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::{list, text};

const OUT_OF_RANGE: &str = "must be between 1 and 65535, inclusive";

/// The ports of one container.
pub(super) fn ports(errors: &mut Errors, ports: &[ContainerPort], path: &FieldPath<'_>) {
    let mut names = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = &path.index(index);
        name(errors, text(port.name.as_ref()), &mut names, &path.field("name"));
        if port.container_port == 0 {
            errors.required(&path.field("containerPort"), "");
        } else {
            number(errors, port.container_port, &path.field("containerPort"));
        }
        if let Some(host_port) = port.host_port.filter(|port| *port != 0) {
            number(errors, host_port, &path.field("hostPort"));
        }
        let protocol = text(port.protocol.as_ref());
        if !matches!(protocol, "TCP" | "UDP" | "SCTP") {
            errors.not_supported(&path.field("protocol"), Bad::Typed(protocol), &["SCTP", "TCP", "UDP"]);
        }
    }
}

/// A host port may be taken once for each protocol and address.
pub(super) fn unique_host_ports(errors: &mut Errors, containers: &[Container], path: &FieldPath<'_>) {
    let mut taken = HashSet::new();
    for (container_index, container) in containers.iter().enumerate() {
        for (index, port) in list(container.ports.as_ref()).iter().enumerate() {
            let Some(number) = port.host_port.filter(|port| *port != 0) else { continue };
            let key = format!("{}/{}/{number}", text(port.protocol.as_ref()), text(port.host_ip.as_ref()));
            if taken.contains(&key) {
                let path = path.index(container_index);
                errors.duplicate(&path.field("ports").index(index).field("hostPort"), &key);
            } else {
                taken.insert(key);
            }
        }
    }
}

/// On the network of the host, a port is the same outside; only a template may leave that to the Pods made from it.
pub(super) fn of_host_network(errors: &mut Errors, spec: &PodSpec, is_pod: bool, path: &FieldPath<'_>) {
    if spec.host_network != Some(true) {
        return;
    }
    for (container_index, container) in spec.containers.iter().enumerate() {
        let path = &path.index(container_index);
        let path = &path.field("ports");
        for (index, port) in list(container.ports.as_ref()).iter().enumerate() {
            let host_port = port.host_port.unwrap_or_default();
            if host_port != port.container_port && (is_pod || host_port != 0) {
                let detail = "must match `containerPort` when `hostNetwork` is true";
                errors.invalid(&path.index(index).field("hostPort"), host_port, detail);
            }
        }
    }
}

/// `ValidatePortNumOrName`
pub(super) fn number_or_name(errors: &mut Errors, port: &IntOrString, path: &FieldPath<'_>) {
    match port {
        IntOrString::Int(port) => number(errors, *port, path),
        IntOrString::String(name) => errors.invalid_each(path, name, &names::port_name(name)),
    }
}

/// A port from 1 to 65535.
pub(super) fn number(errors: &mut Errors, port: i32, path: &FieldPath<'_>) {
    if !(1..=65535).contains(&port) {
        errors.invalid(path, port, OUT_OF_RANGE);
    }
}

fn name<'a>(errors: &mut Errors, name: &'a str, names: &mut HashSet<&'a str>, path: &FieldPath<'_>) {
    if name.is_empty() {
        return;
    }
    let reasons = names::port_name(name);
    errors.invalid_each(path, name, &reasons);
    if reasons.is_empty() && !names.insert(name) {
        errors.duplicate(path, name);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_path::ROOT;
    use super::super::testing::{messages_of_container, messages_of_spec};
    use super::*;
    use serde_json::{Value, json};

    fn with_port(port: Value) -> Vec<String> {
        let found = messages_of_container(json!({"ports": [port]}));
        found.into_iter().map(|message| message.trim_start_matches("spec.containers[0].ports[0].").to_owned()).collect()
    }

    #[test]
    fn numbers_go_from_1_to_65535() {
        let detail = "must be between 1 and 65535, inclusive";
        for good in [1, 65535] {
            assert_eq!(with_port(json!({"containerPort": good, "hostPort": good})), Vec::<String>::new());
        }
        for bad in [-1, 65536] {
            assert_eq!(
                with_port(json!({"containerPort": bad, "hostPort": bad})),
                [format!("containerPort: Invalid value: {bad}: {detail}"), format!("hostPort: Invalid value: {bad}: {detail}")]
            );
        }
        assert_eq!(with_port(json!({"containerPort": 80, "hostPort": 0})), Vec::<String>::new());
    }

    #[test]
    fn names_have_at_most_15_characters() {
        assert_eq!(with_port(json!({"containerPort": 80, "name": "a".repeat(15)})), Vec::<String>::new());
        assert_eq!(with_port(json!({"containerPort": 80, "name": ""})), Vec::<String>::new());
        assert_eq!(
            with_port(json!({"containerPort": 80, "name": "a".repeat(16)})),
            ["name: Invalid value: \"aaaaaaaaaaaaaaaa\": must be no more than 15 characters"]
        );
        let twice = json!([{"containerPort": 80, "name": "A"}, {"containerPort": 81, "name": "A"}]);
        let found = messages_of_container(json!({"ports": twice}));
        assert!(found.iter().all(|message| message.contains("Invalid value")), "a bad name is no duplicate: {found:?}");
    }

    #[test]
    fn protocols_are_known() {
        for good in ["TCP", "UDP", "SCTP", ""] {
            assert_eq!(with_port(json!({"containerPort": 80, "protocol": good})), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn host_ports_differ_by_number_protocol_or_address() {
        let first = json!({"containerPort": 1, "hostPort": 80});
        for other in [
            json!({"containerPort": 2, "hostPort": 81}),
            json!({"containerPort": 2, "hostPort": 80, "protocol": "UDP"}),
            json!({"containerPort": 2, "hostPort": 80, "hostIP": "10.0.0.1"}),
            json!({"containerPort": 2}),
        ] {
            assert_eq!(messages_of_container(json!({"ports": [first, other]})), Vec::<String>::new(), "{other}");
        }
        let of_address = json!({"containerPort": 1, "hostPort": 80, "hostIP": "10.0.0.1", "protocol": "UDP"});
        assert_eq!(
            messages_of_container(json!({"ports": [of_address, of_address]})),
            [r#"spec.containers[0].ports[1].hostPort: Duplicate value: "UDP/10.0.0.1/80""#]
        );
    }

    #[test]
    fn on_the_network_of_the_host_ports_are_the_same_outside() {
        let found = |host_port: i32, is_pod: bool| {
            let ports = json!([{"containerPort": 80, "hostPort": host_port}]);
            let spec = json!({"hostNetwork": true, "containers": [{"name": "a", "ports": ports}]});
            let mut errors = Errors::default();
            of_host_network(&mut errors, &serde_json::from_value(spec).unwrap(), is_pod, &ROOT);
            errors.into_vec().into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        let detail = "must match `containerPort` when `hostNetwork` is true";
        assert_eq!(found(81, false), [format!("[0].ports[0].hostPort: Invalid value: 81: {detail}")]);
        assert_eq!(found(0, true), [format!("[0].ports[0].hostPort: Invalid value: 0: {detail}")]);
        assert!(found(80, true).is_empty() && found(0, false).is_empty());
    }

    #[test]
    fn numbers_names_and_protocols_are_checked() {
        let ports = json!([
            {"containerPort": 0},
            {"containerPort": 70000, "name": "http"},
            {"containerPort": 80, "name": "http", "protocol": "HTTP", "hostPort": -1},
        ]);
        assert_eq!(
            messages_of_container(json!({"ports": ports})),
            [
                "spec.containers[0].ports[0].containerPort: Required value",
                "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
                r#"spec.containers[0].ports[2].name: Duplicate value: "http""#,
                "spec.containers[0].ports[2].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive",
                r#"spec.containers[0].ports[2].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP""#,
            ]
        );
    }

    #[test]
    fn host_ports_are_taken_once() {
        let container = |name: &str| json!({"name": name, "image": "a", "ports": [{"containerPort": 80, "hostPort": 80}]});
        assert_eq!(
            messages_of_spec(json!({"containers": [container("a"), container("b")]})),
            [r#"spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80""#]
        );
    }
}
