//! Two containers of a Pod listen on the same port.

use std::collections::HashMap;

use crate::listening::port_of;
use crate::rule::prelude::*;
use crate::shell::base_name;
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
        let of_command = container.process().calls().filter_map(port_of).map(|port| (port, "TCP", None));
        let of_image = own_ports(container).map(|port| (port, "TCP", None));
        let declared = list(container.value, "ports").filter_map(|(index, port)| {
            let protocol = text(port, "protocol").unwrap_or("TCP");
            Some((port.get("containerPort")?.as_u64()?, protocol, Some(index)))
        });
        let mut ports: Vec<_> = of_command.chain(declared).chain(of_image).collect();
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
                finding.hint =
                    Some("Let one of them listen on another port, or correct the one that is declared wrongly.".into());
            }
            break;
        }
    }
}

/// The ports of a known image that serves as it is shipped, without a configuration of one's own.
fn own_ports(container: &Container<'_>) -> impl Iterator<Item = u64> {
    let known = container.image.known.filter(|known| known.is_server && is_as_shipped(container));
    known.map_or(&[] as &[u16], |known| known.ports).iter().map(|port| u64::from(*port))
}

/// True if neither a mount nor a variable nor an argument may name another port.
fn is_as_shipped(container: &Container<'_>) -> bool {
    let is_configured = |mount: &Mount<'_>| mount.path.starts_with("/etc") || mount.path.contains("conf");
    let names_port = |name: &str| name.to_ascii_uppercase().contains("PORT");
    let mut variables = list(container.value, "env").filter_map(|(_, variable)| text(variable, "name"));
    runs_own_server(container)
        && !container.mounts.iter().any(is_configured)
        && !variables.any(names_port)
        && list(container.value, "envFrom").next().is_none()
}

/// True of the image's own server, with no argument that it takes its port from.
fn runs_own_server(container: &Container<'_>) -> bool {
    let items = ["command", "args"].into_iter().flat_map(|field| list(container.value, field));
    let mut words = items.filter_map(|(_, word)| word.as_str());
    let is_of_image = |program: &str| program.starts_with('-') || base_name(program).starts_with(container.image.name());
    let Some(first) = words.next() else { return true };
    container.process().never_ends() && is_of_image(first) && !words.chain([first]).any(may_name_port)
}

/// True of an argument that a server may take its port from, or the file with it.
fn may_name_port(argument: &str) -> bool {
    let is_short = matches!(argument, "-c" | "-f" | "-p" | "-h" | "-l");
    let is_named = ["port", "listen", "bind", "addr", "conf", "/"].iter().any(|part| argument.contains(part));
    is_short || is_named
}
