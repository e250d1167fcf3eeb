//! A backslash at the end of a line of a script, whose line break YAML has folded away.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("folded-continuation"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A backslash at the end of a line of a script, whose line break YAML has folded away.",
    page: include_str!("folded_continuation.md"),
    check,
};

/// A backslash between spaces: to a shell, a word that begins with a space.
const FOLDED: &str = " \\ ";

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some(script) = container.process().script.filter(|script| has_folded(script.text)) else { continue };
        let place = workload.place(container).entry(script.field).index(script.position);
        let message = "The `\\` ends no line: YAML has made a space of the line break behind it, which begins the next word now.";
        let changes = vec![Change::Set(place.clone(), script.text.replace(FOLDED, " ").into())];
        let finding = found.say(place, message, "Take it out, or write the script behind a `|`, which keeps the lines.");
        finding.fix = Some(Fix::guess("Take the backslashes out", changes));
    }
}

/// True of a script with such a backslash between two words. In a pattern of `sed` and the like it stands behind a `/`.
fn has_folded(script: &str) -> bool {
    let parts: Vec<_> = script.split(FOLDED).collect();
    let begins =
        |rest: &str| rest.trim_start().starts_with(|first: char| first.is_alphanumeric() || "-\"'$|&./>".contains(first));
    parts.windows(2).any(|pair| !pair[0].ends_with(['/', '[', ',']) && begins(pair[1]))
}
