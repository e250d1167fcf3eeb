//! A command writes into a mount that is read-only.

use crate::rule::prelude::*;
use crate::writable::writable;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("writes-read-only"),
    severity: Severity::Error,
    stage: Stage::Shares,
    summary: "A command writes into a mount that is read-only.",
    page: include_str!("writes_read_only.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for used in container.process().writes().filter(|used| !used.when.guarded) {
            let Some(mount) = container.mount_of(&used.path) else { continue };
            let Some(volume) = workload.volume_of(mount) else { continue };
            let is_always = READ_ONLY_SOURCES.iter().any(|source| volume.is_of(source));
            if !mount.read_only && !is_always || mount.path == used.path && !used.is_exact {
                continue;
            }
            let place = workload.mount_place(container, mount);
            let message = format!("{} writes {}, where it may only read.", quoted(container.name), quoted(&used.path));
            let hint = if is_always {
                "Write into an emptyDir: this volume is read-only by its nature."
            } else {
                "Take `readOnly` off the mount."
            };
            let changes = writable(workload, container, mount).filter(|_| !is_always);
            found.say(place, message, hint).fix = changes.map(|changes| Fix::guess("Let it write", changes));
            break;
        }
    }
}

const READ_ONLY_SOURCES: [&str; 4] = ["configMap", "downwardAPI", "projected", "secret"];
