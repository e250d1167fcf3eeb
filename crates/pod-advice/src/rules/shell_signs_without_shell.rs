//! Signs of a shell stand in a command that no shell reads.

use crate::process::Slip;
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("shell-signs-without-shell"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "Signs of a shell stand in a command that no shell reads.",
    page: include_str!("shell_signs_without_shell.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let (item, line, message, hint) = match &container.process().slip {
            Some(Slip::Sign { item, line }) => {
                let what = format!("No shell reads this command: the program is given {} as an argument.", quoted(item.text));
                (item, line, what, "Give the whole line to a shell: `sh -c LINE`.")
            }
            Some(Slip::BehindScript { item, line }) => {
                let what = format!("The shell runs only the item after `-c`: {} is not a part of it.", quoted(item.text));
                (item, line, what, "Write the whole line as one item.")
            }
            _ => continue,
        };
        let place = workload.place(container).entry(item.field).index(item.position);
        found.say(place, message, hint).fix = Some(wrapped(workload, container, line));
    }
}

fn wrapped(workload: &Workload<'_>, container: &Container<'_>, line: &str) -> Fix {
    let place = workload.place(container);
    let mut changes = vec![Change::Set(place.entry("command"), json!(["sh", "-c", line]))];
    if container.has("args") {
        changes.push(Change::Remove(place.entry("args")));
    }
    Fix::guess("Give the line to a shell", changes)
}
