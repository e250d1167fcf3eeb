//! Two containers of a Pod listen on the same port.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("port-clash"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "Two containers of a Pod listen on the same port.",
    page: include_str!("port_clash.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let mut taken: HashMap<(u64, &str), &Container<'_>> = HashMap::new();
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let of_image = own_ports(container).map(|port| (port, "TCP", None));
        let declared = list(container.value, "ports").filter_map(|(index, port)| {
            let protocol = text(port, "protocol").unwrap_or("TCP");
            Some((port.get("containerPort")?.as_u64()?, protocol, Some(index)))
        });
        let mut ports: Vec<_> = declared.chain(of_image).collect();
        ports.dedup_by_key(|(port, protocol, _)| (*port, *protocol));
        for (port, protocol, index) in ports {
            let first = *taken.entry((port, protocol)).or_insert(container);
            if first.is(container) {
                continue;
            }
            let place = workload.place(container);
            let place = index.map_or_else(|| place.clone(), |index| place.entry("ports").index(index).entry("containerPort"));
            let (one, two) = (quoted(first.name), quoted(container.name));
            let declare = if index.is_some() { "declare" } else { "listen on" };
            let message = format!("{one} and {two} both {declare} port {port}, and the containers of a Pod have one network.");
            let finding = found.say(place, message, "Let one of them listen on another port.");
            if index.is_some() {
                finding.stage = Stage::Shares;
            }
            break;
        }
    }
}

/// The ports of a known image that runs without a configuration or arguments of one's own.
fn own_ports(container: &Container<'_>) -> impl Iterator<Item = u64> {
    let known = container.image.known.filter(|known| {
        let is_configured = |mount: &Mount<'_>| mount.path.starts_with("/etc") || mount.path.contains("conf");
        known.is_server && !container.has_command() && !container.mounts.iter().any(is_configured)
    });
    known.map_or(&[] as &[u16], |known| known.ports).iter().map(|port| u64::from(*port))
}
