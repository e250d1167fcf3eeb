//! `tail -f` follows a file that another container makes or rotates.

use crate::rule::prelude::*;
use crate::script;
use crate::shell::{Call, run_by_timeout};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("tail-name"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "`tail -f` follows a file that another container makes or rotates.",
    page: include_str!("tail_name.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let process = container.process();
        for (index, call) in process.calls().enumerate().filter(|(_, call)| follows_one_file(call)) {
            let files = process.reads().filter(|used| used.call == index).filter(|used| {
                let mount = container.mount_of(&used.path).filter(|_| !makes(container, &used.path));
                mount.is_some_and(|mount| is_made_elsewhere(workload, container, mount))
            });
            let Some(used) = files.last() else { continue };
            if has_pattern(container, call) {
                let what = format!("`tail -f` follows those files below {} that are there when it starts.", quoted(&used.path));
                let hint = "Wait for the first file in a loop before it, or follow one by its name with `tail -n+1 -F`.";
                found.say(workload.place(container), what, hint);
                continue;
            }
            let file = quoted(&format!("{}{}", used.path, if used.is_exact { "" } else { "*" }));
            let what = if call.arguments().iter().any(|word| word.text == BY_NAME) {
                format!("Without `--retry`, `tail {BY_NAME}` ends when {file} is not there, at first or after a rotation.")
            } else {
                format!("`tail -f` ends if {file} is not there yet, and stays with the old file when it is rotated.")
            };
            let finding = found.say(workload.place(container), what, "Use `tail -n+1 -F`, which waits for the name.");
            finding.fix = fix(workload, container, call);
        }
    }
}

/// The option that follows a file by its name.
const BY_NAME: &str = "--follow=name";

/// True if the shell looks for the files that `call` is given.
fn has_pattern(container: &Container<'_>, call: &Call) -> bool {
    let script = container.process().script.and_then(|script| script.text.get(call.span.clone()));
    script.is_some_and(|command| command.split(' ').any(|word| !word.starts_with(['"', '\'']) && word.contains(['*', '?'])))
}

/// True if the container writes that file itself.
fn makes(container: &Container<'_>, path: &str) -> bool {
    container.process().writes().any(|used| used.path == path)
}

fn follows_one_file(call: &Call) -> bool {
    let is_plain = !call.when.guarded && !call.when.waited && !call.when.in_loop;
    let timed = run_by_timeout(call);
    let call = timed.as_ref().unwrap_or(call);
    let is_of_file = || {
        call.has_option(&["-f"])
            || call.arguments().iter().any(|word| matches!(&*word.text, "--follow" | "--follow=descriptor" | BY_NAME))
    };
    is_plain && call.program() == "tail" && is_of_file() && !call.has_option(&["-F", "--retry"])
}

/// True if another container than an init container may write what `mount` shows, and no init container has made a file.
fn is_made_elsewhere(workload: &Workload<'_>, reader: &Container<'_>, mount: &Mount<'_>) -> bool {
    let Some(volume) = workload.volume_of(mount).filter(|volume| volume.empty_dir().is_some()) else { return false };
    let is_written = workload.uses(volume).any(|(container, other)| {
        !container.is(reader) && container.role != Role::Init && !other.read_only && other.meets(mount)
    });
    is_written && !workload.is_filled_by_init(volume)
}

fn fix(workload: &Workload<'_>, container: &Container<'_>, call: &Call) -> Option<Fix> {
    let option = || {
        let item = container.process().words.iter().find(|word| word.text == "-f")?;
        Some(Change::Set(workload.place(container).entry(item.field).index(item.position), "-F".into()))
    };
    let change = script::edited(workload, container, call, with_name).or_else(option)?;
    Some(Fix::guess("Follow the name with -F", vec![change]))
}

fn with_name(command: &str) -> Option<String> {
    let option = if command.contains(" -n") { " -F " } else { " -n+1 -F " };
    let written = [" -f ", " --follow ", " --follow=descriptor ", " --follow=name "]
        .into_iter()
        .find(|written| command.contains(written))?;
    Some(command.replacen(written, option, 1))
}
