//! A volume hides the links by which an image writes its logs to the standard output.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::FileUse;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-hides-log-links"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "A volume hides the links by which an image writes its logs to the standard output.",
    page: include_str!("mount_hides_log_links.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let mut printers: HashMap<usize, Option<&Container<'_>>> = HashMap::new();
    for container in &workload.containers {
        let Some(known) = container.image.known else { continue };
        let links = workload.empty_dir_mounts(container).filter(|(mount, _)| known.log_links.contains(&&*mount.path));
        for (mount, volume) in links {
            let message = format!(
                "`kubectl logs` of {} shows neither requests nor errors: they go into the volume.",
                quoted(container.name)
            );
            let hint = match *printers.entry(volume.position).or_insert_with(|| printer(workload, volume)) {
                Some(printer) => format!("{} prints them: ask for its logs, with `kubectl logs -c`.", quoted(printer.name)),
                None => "Let a sidecar print them with `tail -n+1 -F`, or leave the mount out.".to_owned(),
            };
            found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
        }
    }
}

/// How many mounts of a volume are looked at.
const MAX_LOOKED_AT: usize = 64;

/// A container that prints files of `volume`.
fn printer<'w, 'a>(workload: &'w Workload<'a>, volume: &'w Volume<'a>) -> Option<&'w Container<'a>> {
    let prints = |(container, mount): &(&Container<'_>, &Mount<'_>)| {
        let is_here = |used: &FileUse| matches!(&*used.program, "cat" | "tail") && lies_in(&used.path, &mount.path);
        container.process().reads().any(is_here)
    };
    workload.uses(volume).take(MAX_LOOKED_AT).find(prints).map(|(container, _)| container)
}
