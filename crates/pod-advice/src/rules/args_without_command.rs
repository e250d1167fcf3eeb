//! Options are given to an image that has no program to take them.

use crate::images::Entrypoint;
use crate::rule::prelude::*;
use crate::workload::list;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("args-without-command"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "Options are given to an image that has no program to take them.",
    page: include_str!("args_without_command.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let has_entrypoint = container.image.known.is_none_or(|known| known.entrypoint != Entrypoint::None);
        let first = container.value.get("args").and_then(|arguments| arguments.get(0)).and_then(Value::as_str);
        let Some(first) = first.filter(|first| first.starts_with('-')) else { continue };
        if has_entrypoint || list(container.value, "command").next().is_some() {
            continue;
        }
        let image = quoted(container.image.name());
        let message = format!("{image} has no entrypoint, so {} is taken for the program.", quoted(first));
        found.say(workload.place(container).entry("args").index(0), message, "Add the `command` that these arguments are for.");
    }
}
