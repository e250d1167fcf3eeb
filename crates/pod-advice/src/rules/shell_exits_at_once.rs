//! A container runs a shell without anything to do, so it ends at once.

use crate::rule::prelude::*;
use crate::shell::{Call, is_shell};
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("shell-exits-at-once"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A container runs a shell without anything to do, so it ends at once.",
    page: include_str!("shell_exits_at_once.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init && exits(container)) {
        let is_restarted = container.role == Role::Sidecar || workload.restarts == Restarts::Always;
        let what = if is_restarted { "ends at once and is restarted for ever" } else { "ends at once, having done nothing" };
        let message = format!("{} starts a shell that has nothing to read: it {what}.", quoted(container.name));
        let finding = found.say(workload.place(container), message, hint(container));
        let command = Change::Set(workload.place(container).entry("command"), json!(["sleep", "infinity"]));
        let is_replaced = is_restarted && !container.has_command();
        finding.fix = is_replaced.then(|| Fix::guess("Keep it running with sleep infinity", vec![command]));
        if matches!(workload.kind, "Job" | "CronJob") {
            (finding.stage, finding.severity) = (Stage::Shares, Severity::Advice);
        }
    }
}

fn exits(container: &Container<'_>) -> bool {
    container.is_bare_shell() || !container.is_interactive() && runs_prompt(container)
}

/// True of a command that is a shell and its options, and neither a script nor a file with one.
fn runs_prompt(container: &Container<'_>) -> bool {
    let process = container.process();
    let mut calls = process.calls();
    let is_prompt = |call: &Call| is_shell(call.program()) && call.arguments().iter().all(|word| is_of_prompt(&word.text));
    process.script.is_none() && calls.next().is_some_and(is_prompt) && calls.next().is_none()
}

/// True of an option of a shell that gives it nothing to run.
fn is_of_prompt(option: &str) -> bool {
    matches!(option, "-i" | "-l" | "-il" | "-li" | "-e" | "-x" | "--login" | "--norc" | "--noprofile")
}

fn hint(container: &Container<'_>) -> &'static str {
    if container.has_command() { "Give the shell something to run, behind `-c`." } else { "Give it a `command` to run." }
}
