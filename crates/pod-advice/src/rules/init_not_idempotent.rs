//! An init container fails when it runs a second time.

use crate::rule::prelude::*;
use crate::script;
use crate::shell::{Access, Call, FileUse};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-not-idempotent"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "An init container fails when it runs a second time.",
    page: include_str!("init_not_idempotent.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role == Role::Init) {
        let process = container.process();
        let repeats_badly = |used: &&FileUse| {
            let call = process.reading.calls.get(used.call).filter(|_| !used.when.guarded && used.is_exact);
            call.is_some_and(fails_if_there) && is_in_empty_dir(workload, container, used) && !is_removed_before(container, used)
        };
        let Some(used) = process.writes().find(repeats_badly) else { continue };
        let message = format!(
            "{} fails if {} runs again, because {} is there already.",
            quoted(&used.program),
            quoted(container.name),
            quoted(&used.path)
        );
        let hint = "Remove the target first, or use `mkdir -p` and `ln -sf`.";
        let fix = process.reading.calls.get(used.call).and_then(|call| repeatable(workload, container, call));
        found.say(workload.place(container), message, hint).fix = fix;
    }
}

/// Adds the option with which the command may find its target.
fn repeatable(workload: &Workload<'_>, container: &Container<'_>, call: &Call) -> Option<Fix> {
    let (program, option) = match call.program() {
        "mkdir" => ("mkdir", "-p"),
        "ln" => ("ln", "-f"),
        _ => return None,
    };
    let with_option =
        |command: &str| command.starts_with(program).then(|| command.replacen(program, &format!("{program} {option}"), 1));
    let change = script::edited(workload, container, call, with_option)?;
    Some(Fix::safe(format!("Write {program} {option}"), vec![change]))
}

fn fails_if_there(call: &Call) -> bool {
    match call.program() {
        "git" => true,
        "mkdir" => !call.has_option(&["-p", "--parents"]),
        "ln" => !call.has_option(&["-f", "--force"]),
        _ => false,
    }
}

fn is_in_empty_dir(workload: &Workload<'_>, container: &Container<'_>, used: &FileUse) -> bool {
    let volume = container.mount_of(&used.path).and_then(|mount| workload.volume_of(mount));
    volume.is_some_and(|volume| volume.empty_dir().is_some())
}

fn is_removed_before(container: &Container<'_>, used: &FileUse) -> bool {
    let removals = container.process().reading.files.iter().filter(|other| other.access == Access::Remove);
    removals.filter(|other| other.call < used.call).any(|other| lies_in(&used.path, other.path.trim_end_matches('/')))
}
