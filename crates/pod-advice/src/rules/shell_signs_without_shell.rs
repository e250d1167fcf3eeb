//! Signs of a shell stand in a command that no shell reads.

use crate::process::{Process, Slip};
use crate::rule::prelude::*;
use crate::whole_command::whole_command;

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
        container.each_process(&workload.place(container), |process, value, place| say(process, value, place, found));
    }
}

fn say(process: &Process<'_>, value: &Value, place: &Path, found: &mut Found<'_>) {
    // What the image runs is not known, and would be a part of the line.
    let is_whole = !process.words.is_empty();
    let Some(slip) = &process.slip else { return };
    let (item, message, hint) = match slip {
        Slip::Sign { item, .. } => {
            let what = format!("No shell reads this command: the program is given {} as an argument.", quoted(item.text));
            let hint = if is_whole {
                "Give the whole line to a shell: `sh -c LINE`."
            } else {
                "Give the whole line, with the program that the image runs, to a shell in `command`: `sh -c LINE`."
            };
            (item, what, hint)
        }
        Slip::BehindScript { item, .. } => {
            let what = format!("The shell runs only the item after `-c`: {} is not a part of it.", quoted(item.text));
            (item, what, "Write the whole line as one item.")
        }
        _ => return,
    };
    let finding = found.say(place.entry(item.field).index(item.position), message, hint);
    finding.fix = is_whole.then(|| {
        let changes = whole_command(value, place, slip.meant(&process.words).into());
        Fix::guess("Give the line to a shell", changes)
    });
    // Many programs pass over an argument that they do not know, and nothing else is lost.
    if !is_whole && item.text.contains(">&") {
        finding.severity = Severity::Advice;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_fix_keeps_the_shell_that_is_there() {
        let fixed = |command: Value, arguments: Value| {
            let container = json!({"name": "a", "image": "mine:1", "command": command, "args": arguments});
            let mut pod = json!({"kind": "Pod", "spec": {"containers": [container]}});
            let findings = crate::advise(&pod).findings;
            let finding = findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap();
            finding.fix.unwrap().apply(&mut pod).unwrap();
            pod["spec"]["containers"][0]["command"].clone()
        };
        let line = "exec node server.js --port=80";
        assert_eq!(fixed(json!(["bash", "-ec", "exec node server.js"]), json!(["--port=80"])), json!(["bash", "-ec", line]));
        assert_eq!(fixed(json!(["date"]), json!([">", "/d/x"])), json!(["sh", "-c", "date > /d/x"]));
    }
}
