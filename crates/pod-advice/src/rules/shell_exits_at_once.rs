//! A container of a shell image has no command, so it ends at once.

use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("shell-exits-at-once"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A container of a shell image has no command, so it ends at once.",
    page: include_str!("shell_exits_at_once.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init && exits(container)) {
        let is_restarted = container.role == Role::Sidecar || workload.restarts == Restarts::Always;
        let what = if is_restarted { "ends at once and is restarted for ever" } else { "ends at once, having done nothing" };
        let message = format!("{} starts a shell that has nothing to read: it {what}.", quoted(container.name));
        let finding = found.say(workload.place(container), message, "Give it a `command` to run.");
        let command = Change::Set(workload.place(container).entry("command"), json!(["sleep", "infinity"]));
        finding.fix = is_restarted.then(|| Fix::guess("Keep it running with sleep infinity", vec![command]));
        if matches!(workload.kind, "Job" | "CronJob") {
            (finding.stage, finding.severity) = (Stage::Shares, Severity::Advice);
        }
    }
}

fn exits(container: &Container<'_>) -> bool {
    let is_interactive = ["stdin", "tty"].iter().any(|field| container.value[*field] == Value::Bool(true));
    container.image.is_shell() && !container.has_command() && !is_interactive
}
