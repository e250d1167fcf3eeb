//! Two mounts of a container are at the same path, written differently.

use std::collections::HashMap;

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-same-place"),
    severity: Severity::Error,
    stage: Stage::Shares,
    summary: "Two mounts of a container are at the same path, written differently.",
    page: include_str!("mount_same_place.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_odd = |container: &&Container<'_>| container.mounts.iter().any(|mount| mount.written != mount.path);
    for container in workload.containers.iter().filter(is_odd) {
        let mut seen: HashMap<&str, &Mount<'_>> = HashMap::new();
        for mount in container.mounts.iter().filter(|mount| !mount.written.is_empty()) {
            match seen.get(&*mount.path) {
                Some(first) if first.written != mount.written => say(workload, container, first, mount, found),
                _ => {
                    seen.insert(&mount.path, mount);
                }
            }
        }
    }
}

fn say(workload: &Workload<'_>, container: &Container<'_>, first: &Mount<'_>, mount: &Mount<'_>, found: &mut Found<'_>) {
    let (one, other) = (quoted(first.written), quoted(mount.written));
    let message = format!("{one} and {other} are the same directory in {}: one mount hides the other.", quoted(container.name));
    let place = workload.mount_place(container, mount);
    let finding = found.say(place.entry("mountPath"), message, "Give one of them another path.");
    let is_twice = first.name == mount.name && first.sub_path == mount.sub_path;
    finding.fix = is_twice.then(|| Fix::guess("Remove the second mount", vec![Change::Remove(place)]));
}
