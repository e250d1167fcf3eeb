//! `rm -rf DIR/*` leaves the hidden files, and `git clone` fails.

use crate::removal::{Removal, removals_before};
use crate::rule::prelude::*;
use crate::shell::{Access, Call};
use crate::workload::{lies_in, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-dotfiles"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "`rm -rf DIR/*` leaves the hidden files, and `git clone` fails.",
    page: include_str!("init_dotfiles.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let process = container.process();
        let files = &process.reading.files;
        let Some(clone) = files.iter().find(|used| used.program == "git" && used.access == Access::Write && used.is_exact) else {
            continue;
        };
        let removed = || removals_before(workload, container, clone);
        let asks_first = || clone.when.guarded && process.calls().take(clone.call).any(|call| asks_for(call, &clone.path));
        if removed().any(|removal| is_of_visible(&removal)) && !removed().any(|removal| is_of_hidden(&removal)) && !asks_first() {
            let path = quoted(&clone.path);
            let message = format!("`*` does not match `.git`, so {path} is not empty and `git clone` fails the second time.");
            found.say(workload.place(container), message, "Clone into a sub-directory, and remove that as a whole.");
        }
    }
}

/// True of a `*` for all that the clone is to make.
fn is_of_visible(removal: &Removal<'_>) -> bool {
    removal.used.is_all_in(&removal.made)
}

/// True if the names of the clone that begin with a dot are removed as well.
fn is_of_hidden(removal: &Removal<'_>) -> bool {
    let below = removal.used.path.strip_prefix(&*removal.made);
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with("/."))
        || is_of_visible(removal) && removal.process.matches_hidden(&removal.used)
}

/// True of a test whether there is a clone already at `place`: `[ -d /d/.git ]`.
fn asks_for(call: &Call, place: &str) -> bool {
    let is_there = |path: &str| !path.starts_with('/') || lies_in(&normalized(path), place);
    let is_of_clone = |path: &str| path.split('/').any(|part| part == ".git") && is_there(path);
    call.is_test() && call.arguments().iter().any(|word| is_of_clone(&word.text))
}
