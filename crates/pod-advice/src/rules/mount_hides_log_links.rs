//! A volume hides the links by which an image writes its logs to the standard output.

use std::collections::HashMap;

use crate::process::Process;
use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse};
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
    let mut printers: HashMap<Option<usize>, Option<&Container<'_>>> = HashMap::new();
    for container in &workload.containers {
        let Some(known) = container.image.known.filter(|_| !container.process().serves_nothing()) else { continue };
        for mount in container.mounts.iter().filter(|mount| known.log_links.contains(&&*mount.path)) {
            let Some(volume) = workload.volume_of(mount).filter(|volume| !volume.is_read_only()) else { continue };
            if prints(container, mount) || is_linked_again(workload, container, mount, volume) {
                continue;
            }
            let message = format!(
                "`kubectl logs` of {} shows neither requests nor errors: they go into the volume.",
                quoted(container.name)
            );
            let hint = match *printers.entry(mount.volume).or_insert_with(|| printer(workload, volume)) {
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
    let mut uses = workload.uses(volume).take(MAX_LOOKED_AT);
    uses.find(|(container, mount)| prints(container, mount)).map(|(container, _)| container)
}

/// True if `container` prints what lies below its `mount`.
fn prints(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    let is_here = |used: &FileUse| matches!(&*used.program, "cat" | "tail") && lies_in(&used.path, &mount.path);
    container.process().reads().any(is_here)
}

/// True if `container`, or one before it, makes links to the standard output in what its `mount` of `volume` shows, or copies those
/// of the image.
fn is_linked_again(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, volume: &Volume<'_>) -> bool {
    let mut uses = workload.uses(volume).take(MAX_LOOKED_AT).filter(|(_, used)| !used.read_only && used.meets(mount));
    uses.any(|(other, used)| (other.is(container) || other.starts_before(container)) && links(other.process(), used, &mount.path))
}

/// True if `process` puts links to the standard output below `mount`, or a copy of `directory` with all its links.
fn links(process: &Process<'_>, mount: &Mount<'_>, directory: &str) -> bool {
    let is_link = |used: &[FileUse]| {
        let is = |access: Access, place: &str| used.iter().any(|used| used.access == access && lies_in(&used.path, place));
        let Some(call) = used.first().and_then(|used| process.reading.calls.get(used.call)) else { return false };
        let is_of_outputs = match call.program() {
            "ln" => call.operands().next().is_some_and(|target| is_output(&target.text)),
            "cp" => keeps_links(call) && is(Access::Read, directory),
            _ => false,
        };
        is_of_outputs && is(Access::Write, &mount.path)
    };
    process.reading.files.chunk_by(|one, other| one.call == other.call).any(is_link)
}

/// True of the standard output and the standard error, by any of their names.
fn is_output(path: &str) -> bool {
    ["/dev/std", "/dev/fd/", "/proc/self/fd/", "/proc/1/fd/"].iter().any(|start| path.starts_with(start))
}

/// True of a `cp` that copies links as links.
fn keeps_links(call: &Call) -> bool {
    call.has_option(&["-a", "-d", "-P", "-r", "-R", "--archive", "--no-dereference", "--recursive"])
}
