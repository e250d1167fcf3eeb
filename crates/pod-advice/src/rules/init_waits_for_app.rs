//! An init container waits for a file that nobody can have written yet.

use crate::rule::prelude::*;
use crate::shell::Call;
use crate::workload::{Use, lies_in, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-waits-for-app"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An init container waits for a file that nobody can have written yet.",
    page: include_str!("init_waits_for_app.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (index, container) in workload.containers.iter().enumerate().filter(|(_, container)| container.role == Role::Init) {
        for path in container.process().calls().filter_map(awaited) {
            let Some(mount) = container.mount_of(&path) else { continue };
            let Some(volume) = workload.volume_of(mount).filter(|volume| volume.empty_dir().is_some()) else { continue };
            let is_writable = |used: &&Use| !workload.containers[used.container].mounts[used.mount].read_only;
            let mut earlier = volume.uses.iter().filter(|used| used.container < index).filter(is_writable);
            if earlier.next().is_some()
                || container.process().writes().any(|used| lies_in(&path, used.path.trim_end_matches('/')))
            {
                continue;
            }
            let message = format!(
                "{} waits for {} for ever: the containers that could write it start after it.",
                quoted(container.name),
                quoted(&path)
            );
            found.say(
                workload.place(container),
                message,
                "Wait in the container that needs the file, or write it in an earlier init container.",
            );
            break;
        }
    }
}

/// The file whose existence a loop waits for.
fn awaited(call: &Call) -> Option<String> {
    let is_test = call.when.awaited && matches!(call.program(), "[" | "test");
    let words = call.arguments().iter().filter(|word| is_test && word.is_exact);
    let mut words = words.skip_while(|word| !matches!(&*word.text, "-f" | "-e" | "-s" | "-d" | "-S"));
    words.nth(1).filter(|word| word.text.starts_with('/')).map(|word| normalized(&word.text).into_owned())
}
