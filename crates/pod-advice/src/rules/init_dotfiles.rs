//! `rm -rf DIR/*` leaves the hidden files, and `git clone` fails.

use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse};

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
        let removed = || files.iter().filter(|used| used.access == Access::Remove && used.call < clone.call);
        let is_of_visible = |used: &FileUse| !used.is_exact && used.path.strip_suffix('/') == Some(clone.path.as_str());
        let is_of_hidden = |used: &FileUse| {
            let is_such =
                used.path.strip_prefix(clone.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with("/."));
            is_such || is_of_visible(used) && process.matches_hidden(used)
        };
        let asks_first = || clone.when.guarded && process.calls().take(clone.call).any(asks_for_clone);
        if removed().any(is_of_visible) && !removed().any(is_of_hidden) && !asks_first() {
            let path = quoted(&clone.path);
            let message = format!("`*` does not match `.git`, so {path} is not empty and `git clone` fails the second time.");
            found.say(workload.place(container), message, "Clone into a sub-directory, and remove that as a whole.");
        }
    }
}

/// True of a test whether there is a clone already: `[ -d /d/.git ]`.
fn asks_for_clone(call: &Call) -> bool {
    let is_of_clone = |path: &str| path.split('/').any(|part| part == ".git");
    call.is_test() && call.arguments().iter().any(|word| is_of_clone(&word.text))
}
