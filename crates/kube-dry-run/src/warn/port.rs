//! Ports of all containers, which share one network.
//!
//! Follows the comparison of ports in `warningsForPodSpecAndMeta` in `pkg/api/pod/warnings.go` (v1.35).

use std::collections::HashMap;

use k8s_openapi::api::core::v1::{ContainerPort, PodSpec};

use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::Warnings;
use super::container::each;

/// The ports of the Pod whose `spec` stands at `path`.
pub(super) fn ports(warnings: &mut Warnings, spec: &PodSpec, path: &FieldPath<'_>) {
    let mut by_number: HashMap<_, SameNumber<'_>> = HashMap::new();
    let mut by_name: HashMap<&str, String> = HashMap::new();
    each(spec, path, |container, path| {
        let path = &path.field("ports");
        for (index, port) in container.ports.iter().flatten().enumerate() {
            let path = &path.index(index);
            if !host_ip(port).is_empty() && host_port(port) == 0 {
                warnings.add(path, &format!("hostIP set without hostPort: {}", as_go(port)));
            }
            let same_number = by_number.entry((port.container_port, port.protocol.as_deref())).or_default();
            same_number.compare(warnings, port, path);
            same_number.add(port, path);
            name(warnings, port, &mut by_name, path);
        }
    });
}

/// The ports so far that have the same number and protocol.
#[derive(Default)]
struct SameNumber<'a> {
    /// All of them, each with the place where it stands.
    all: Vec<(&'a ContainerPort, String)>,
    by_host_port: HashMap<i32, Vec<usize>>,
    by_address: HashMap<(i32, &'a str), Vec<usize>>,
}

impl<'a> SameNumber<'a> {
    fn add(&mut self, port: &'a ContainerPort, path: &FieldPath<'_>) {
        let index = self.all.len();
        self.all.push((port, path.to_string()));
        self.by_host_port.entry(host_port(port)).or_default().push(index);
        self.by_address.entry((host_port(port), host_ip(port))).or_default().push(index);
    }

    fn compare(&self, warnings: &mut Warnings, port: &'a ContainerPort, path: &FieldPath<'_>) {
        if warnings.is_full() {
            return;
        }
        for (other, place) in self.that_may_conflict(port).into_iter().map(|index| &self.all[index]) {
            if let Some(conflict) = conflict(port, other) {
                warnings.add(path, &format!("{conflict} with {place}"));
            }
        }
    }

    /// The indexes of the ports that [`conflict`] has something to say about, in their order; one that has a port of its own on the
    /// host is not compared with those that have others.
    fn that_may_conflict(&self, port: &'a ContainerPort) -> Vec<usize> {
        if host_port(port) == 0 {
            return (0..self.all.len()).collect();
        }
        let of_host_port = |port: i32| self.by_host_port.get(&port).into_iter().flatten();
        let of_address = |ip: &'a str| self.by_address.get(&(host_port(port), ip)).into_iter().flatten();
        let mut found: Vec<usize> = match host_ip(port) {
            "" => of_host_port(0).chain(of_host_port(host_port(port))).copied().collect(),
            ip => of_host_port(0).chain(of_address("")).chain(of_address(ip)).copied().collect(),
        };
        found.sort_unstable();
        found
    }
}

fn conflict(port: &ContainerPort, other: &ContainerPort) -> Option<&'static str> {
    let same_host_port = host_port(port) == host_port(other);
    if same_host_port && host_ip(port) == host_ip(other) {
        Some("duplicate port definition")
    } else if host_port(port) == 0 || host_port(other) == 0 {
        Some("overlapping port definition")
    } else if same_host_port && host_ip(port).is_empty() != host_ip(other).is_empty() {
        Some("dangerously ambiguous port definition")
    } else {
        None
    }
}

fn name<'a>(warnings: &mut Warnings, port: &'a ContainerPort, by_name: &mut HashMap<&'a str, String>, path: &FieldPath<'_>) {
    let Some(name) = port.name.as_deref().filter(|name| !name.is_empty()) else { return };
    match by_name.get(name) {
        None => {
            by_name.insert(name, path.to_string());
        }
        Some(first) => {
            let consequence = format!("services and probes that select ports by name will use {first}");
            warnings.add(path, &format!("duplicate port name {} with {first}, {consequence}", quoted(name)));
        }
    }
}

fn host_port(port: &ContainerPort) -> i32 {
    port.host_port.unwrap_or_default()
}

fn host_ip(port: &ContainerPort) -> &str {
    port.host_ip.as_deref().unwrap_or_default()
}

/// The port as Go's `%+v` writes the API server's own type.
fn as_go(port: &ContainerPort) -> String {
    format!(
        "{{Name:{} HostPort:{} ContainerPort:{} Protocol:{} HostIP:{}}}",
        port.name.as_deref().unwrap_or_default(),
        host_port(port),
        port.container_port,
        port.protocol.as_deref().unwrap_or_default(),
        host_ip(port)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;
    use super::*;

    fn messages(first: Value, second: Value) -> Vec<String> {
        let containers = json!([{"name": "a", "ports": [first]}, {"name": "b", "ports": [second]}]);
        let spec = serde_json::from_value(json!({"containers": containers})).unwrap();
        testing::messages(|warnings| ports(warnings, &spec, &ROOT.field("spec")))
    }

    #[test]
    fn ports_differ_by_number_protocol_or_port_of_the_host() {
        let of_host = |port: i32, host_port: i32| json!({"containerPort": port, "hostPort": host_port, "protocol": "TCP"});
        for (first, second) in [
            (of_host(80, 80), of_host(81, 80)),
            (of_host(80, 80), of_host(80, 81)),
            (of_host(80, 80), json!({"containerPort": 80, "hostPort": 80, "protocol": "UDP"})),
            (json!({"containerPort": 80, "name": "a"}), json!({"containerPort": 81, "name": "b"})),
            (json!({"containerPort": 80, "name": ""}), json!({"containerPort": 81, "name": ""})),
        ] {
            assert_eq!(messages(first, second.clone()), Vec::<String>::new(), "{second}");
        }
    }

    #[test]
    fn a_port_is_compared_with_all_before_it() {
        let port = json!({"containerPort": 80});
        let containers = json!([{"name": "a", "ports": [port, port, port]}]);
        let spec = serde_json::from_value(json!({"containers": containers})).unwrap();
        let found = testing::messages(|warnings| ports(warnings, &spec, &ROOT.field("spec")));
        let place = "spec.containers[0].ports";
        assert_eq!(
            found,
            [(1, 0), (2, 0), (2, 1)]
                .map(|(later, first)| format!("{place}[{later}]: duplicate port definition with {place}[{first}]"))
        );
    }

    #[test]
    fn ports_of_the_host_are_not_compared_one_by_one() {
        let of_host = |number: usize| match number % 3 {
            0 => json!({"containerPort": 80, "hostPort": 1 + number % 60_000}),
            _ => json!({"containerPort": 80, "hostPort": 70_000, "hostIP": number.to_string()}),
        };
        let all: Vec<_> = (0..60_000).map(of_host).collect();
        let spec = serde_json::from_value(json!({"containers": [{"name": "a", "ports": all}]})).unwrap();
        assert_eq!(testing::messages(|warnings| ports(warnings, &spec, &ROOT.field("spec"))), Vec::<String>::new());
    }

    #[test]
    fn an_address_with_a_port_is_not_lost() {
        let found = messages(json!({"containerPort": 80, "hostIP": "1.1.1.1", "hostPort": 80}), json!({"containerPort": 81}));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_port_is_listened_on_once() {
        let plain = json!({"containerPort": 80});
        assert_eq!(
            messages(plain.clone(), plain.clone()),
            ["spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]"]
        );
        assert_eq!(
            messages(plain, json!({"containerPort": 80, "hostPort": 80})),
            ["spec.containers[1].ports[0]: overlapping port definition with spec.containers[0].ports[0]"]
        );
        let of_host = |ip: &str| json!({"containerPort": 80, "hostPort": 80, "hostIP": ip});
        assert_eq!(
            messages(of_host("1.1.1.1"), of_host("")),
            ["spec.containers[1].ports[0]: dangerously ambiguous port definition with spec.containers[0].ports[0]"]
        );
        assert_eq!(messages(of_host("1.1.1.1"), of_host("1.1.1.2")), Vec::<String>::new());
    }

    #[test]
    fn a_name_is_one_port() {
        let found = messages(json!({"containerPort": 80, "name": "http"}), json!({"containerPort": 81, "name": "http"}));
        assert_eq!(
            found,
            [
                "spec.containers[1].ports[0]: duplicate port name \"http\" with spec.containers[0].ports[0], services and probes that \
              select ports by name will use spec.containers[0].ports[0]"
            ]
        );
    }

    #[test]
    fn an_address_without_a_port_is_lost() {
        let found = messages(json!({"containerPort": 80, "hostIP": "1.1.1.1", "protocol": "TCP"}), json!({"containerPort": 81}));
        assert_eq!(
            found,
            ["spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP \
              HostIP:1.1.1.1}"]
        );
    }
}
