//! A container of a Job looks like a helper that never ends.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::job_never_ends::has_work;
use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse, is_brief_with};
use crate::sidecar::{as_sidecar, may_be_ended};
use crate::workload::FileInVolume;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sidecar-misplaced"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container of a Job looks like a helper that never ends.",
    page: include_str!("sidecar_misplaced.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if !workload.completes() || workload.apps().all(|container| is_helper(container)) {
        return;
    }
    let has_work = has_work(workload);
    let written = LazyCell::new(|| written(workload));
    let goes_on = |container: &&Container<'_>| {
        !container.process().ends()
            && !is_told_to_end(container)
            && !may_be_ended(workload, container)
            && !ends_with(container, &written)
    };
    for container in workload.apps().filter(goes_on) {
        let never_ends = container.process().never_ends();
        let is_told = never_ends && has_work;
        if !is_told && !is_helper(container) {
            continue;
        }
        let (place, name) = (workload.place(container), quoted(container.name));
        let message = if never_ends {
            format!("{name} is a helper, which stands among the containers that do the work.")
        } else {
            format!("If {name} does not end by itself, the {} never completes.", workload.noun())
        };
        let cause = is_told.then(|| place.to_text());
        let hint = "Make it a native sidecar: move it to `initContainers` with `restartPolicy: Always`.";
        let finding = found.say(place, message, hint);
        if never_ends {
            finding.severity = Severity::Advice;
        }
        // What comes of it, and the same remedy, is said by job-never-ends.
        finding.fix = (!is_told).then(|| as_sidecar(workload, container));
        finding.caused_by = cause;
    }
}

/// The files of volumes that the containers of the Pod write.
fn written(workload: &Workload<'_>) -> HashSet<FileInVolume> {
    let of_container = |container: &Container<'_>| -> Vec<_> {
        container.process().writes().filter_map(|used| container.file_in_volume(&used.path)).collect()
    };
    workload.apps().flat_map(of_container).collect()
}

/// True if `container` works in a loop until one of the files is there that are `written`, and does nothing that goes on by itself.
fn ends_with(container: &Container<'_>, written: &HashSet<FileInVolume>) -> bool {
    let process = container.process();
    let is_awaited = |used: &&FileUse| used.access == Access::Await;
    let mut awaited = process.reading.files.iter().filter(is_awaited).filter_map(|used| container.file_in_volume(&used.path));
    !process.never_ends() && process.runs_only(Call::ends) && awaited.any(|file| written.contains(&file))
}

/// True if an argument tells the program to do its work once: `--once`, `-exit-after-auth`.
fn is_told_to_end(container: &Container<'_>) -> bool {
    let process = container.process();
    let texts = process.items(container.value).into_iter().map(|item| item.text);
    process.script.is_none() && !process.never_ends() && is_brief_with(container.image.name(), texts)
}

const HELPERS: [&str; 24] = [
    "agent",
    "collector",
    "daemon",
    "envoy",
    "exporter",
    "filebeat",
    "fluent",
    "fluentbit",
    "fluentd",
    "forwarder",
    "linkerd",
    "logger",
    "metricbeat",
    "otelcol",
    "promtail",
    "proxy",
    "reloader",
    "shipper",
    "sidecar",
    "statsd",
    "syncer",
    "tailer",
    "telegraf",
    "watcher",
];

/// True of a container whose name or image is that of a helper.
fn is_helper(container: &Container<'_>) -> bool {
    let is_of_helper = |name: &str| name.len() < 100 && name.split(['-', '_', '.']).any(|part| HELPERS.contains(&part));
    is_of_helper(container.name) || is_of_helper(container.image.name())
}
