//! Two containers of a Pod listen on the same port.

use std::collections::HashMap;

use crate::images::KnownImage;
use crate::listening::{may_tell_port, port_of};
use crate::rule::prelude::*;
use crate::shell::{Call, FileUse, Word};
use crate::workload::{lies_in, list, text};

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
pub(super) fn own_ports(container: &Container<'_>) -> impl Iterator<Item = u64> {
    let known = container.image.known.filter(|known| known.is_server && is_as_shipped(container, known));
    known.map_or(&[] as &[u16], |known| known.ports).iter().map(|port| u64::from(*port))
}

/// True if neither a mount nor a variable nor an argument may name another port.
fn is_as_shipped(container: &Container<'_>, known: &KnownImage) -> bool {
    let names_port = |name: &str| name.to_ascii_uppercase().contains("PORT");
    let mut variables = list(container.value, "env").filter_map(|(_, variable)| text(variable, "name"));
    runs_own_server(container, known)
        && !container.mounts.iter().any(|mount| may_configure(&mount.path, known))
        && !variables.any(names_port)
        && list(container.value, "envFrom").next().is_none()
}

/// True if what stands at `path` may be configuration that the image reads.
fn may_configure(path: &str, known: &KnownImage) -> bool {
    let meets = |place: &str| lies_in(path, place) || lies_in(place, path);
    match known.configuration.rsplit_once('/') {
        Some(_) if !known.includes.is_empty() => known.includes.iter().chain([&known.configuration]).any(|place| meets(place)),
        Some((directory, _)) => meets(directory),
        None => path.starts_with("/etc") || path.contains("conf"),
    }
}

/// True of the image's own server, with no argument that it takes its port from, and with nothing before it that may configure it.
fn runs_own_server(container: &Container<'_>, known: &KnownImage) -> bool {
    let process = container.process();
    let image = container.image.name();
    let items = process.items(container.value);
    let Some(first) = items.first() else { return true };
    if process.words.is_empty() {
        let words: Vec<_> = items.iter().map(|item| Word { text: item.text.into(), is_exact: true }).collect();
        return process.never_ends() && first.text.starts_with('-') && !may_tell_port(image, &words);
    }
    let is_own = |call: &Call| !call.program().is_empty() && call.program().starts_with(image.split('-').next().unwrap_or(image));
    let serves = |call: &Call| is_own(call) && !call.ends();
    let configures = |used: &FileUse| may_configure(&used.path, known);
    let is_harmless = |call: &Call| {
        if is_own(call) {
            !may_tell_port(image, call.arguments())
        } else {
            call.makes_named_files_only() || call.program() == "cp"
        }
    };
    process.never_ends() && process.calls().any(serves) && process.calls().all(is_harmless) && !process.writes().any(configures)
}
