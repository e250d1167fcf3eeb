//! A backslash at the end of a line of a script, whose line break YAML has folded away.

use crate::process::Process;
use crate::rule::prelude::*;
use crate::shell::{MAX_SCRIPT_BYTES, within};

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
        container.each_process(&workload.place(container), |process, _, place| say(process, place, found));
    }
}

fn say(process: &Process<'_>, place: &Path, found: &mut Found<'_>) {
    let Some(script) = process.script.filter(|script| script.text.len() <= MAX_SCRIPT_BYTES) else { return };
    let folded = folded_in(script.text);
    if folded.is_empty() {
        return;
    }
    let place = place.entry(script.field).index(script.position);
    let message = "The `\\` ends no line: YAML has made a space of the line break behind it, which begins the next word now.";
    let mut plain = script.text.to_owned();
    folded.into_iter().rev().for_each(|at| plain.replace_range(at..at + FOLDED.len(), " "));
    let changes = vec![Change::Set(place.clone(), plain.into())];
    let finding = found.say(place, message, "Take it out, or write the script behind a `|`, which keeps the lines.");
    finding.fix = Some(Fix::guess("Take the backslashes out", changes));
}

/// Where such backslashes stand between two words and outside of quotes. In a pattern of `sed` and the like they stand behind a
/// `/`.
fn folded_in(script: &str) -> Vec<usize> {
    let begins =
        |rest: &str| rest.trim_start().starts_with(|first: char| first.is_alphanumeric() || "-\"'$|&./>".contains(first));
    let mut seen = 0;
    let mut quote = None;
    let mut is_folded = |at: usize| {
        let (before, behind) = (&script[..at], &script[at + FOLDED.len()..]);
        quote = script[seen..at].chars().fold(quote, within);
        seen = at;
        quote.is_none() && !before.ends_with(['/', '[', ',']) && begins(behind)
    };
    script.match_indices(FOLDED).map(|(at, _)| at).filter(|at| is_folded(*at)).collect()
}
