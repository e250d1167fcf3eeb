//! Signs of a shell stand in a command that no shell reads.

use crate::process::{Item, is_shell};
use crate::rule::prelude::*;
use crate::shell;

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
        let process = container.process();
        if let Some(sign) = sign_of(&process.words) {
            let place = workload.place(container).entry(sign.field).index(sign.position);
            let message = format!("No shell reads this command: the program is given {} as an argument.", quoted(sign.text));
            let finding = found.say(place, message, "Give the whole line to a shell: `sh -c LINE`.");
            let line: Vec<_> = process.words.iter().map(|word| as_word(word.text)).collect();
            finding.fix = Some(wrapped(workload, container, &line.join(" ")));
        } else if let Some((first, line)) = beyond_script(container) {
            let place = workload.place(container).entry(first.field).index(first.position);
            let message = format!("The shell runs only the item after `-c`: {} is not a part of it.", quoted(first.text));
            found.say(place, message, "Write the whole line as one item.").fix = Some(wrapped(workload, container, &line));
        }
    }
}

/// Programs that want such signs as arguments.
const OTHERS: [&str; 11] = ["[", "awk", "cut", "expr", "find", "gawk", "grep", "jq", "sed", "test", "xargs"];

fn sign_of<'a>(words: &[Item<'a>]) -> Option<Item<'a>> {
    let program = words.first().filter(|program| !is_shell(words) && !OTHERS.contains(&shell::base_name(program.text)))?;
    words.iter().find(|word| is_sign(word.text)).filter(|sign| sign.text != program.text).copied()
}

/// The first item behind a script that takes no arguments, and the line that was meant.
fn beyond_script<'a>(container: &Container<'a>) -> Option<(Item<'a>, String)> {
    let process = container.process();
    let script = process.script.filter(|script| !script.text.contains('$'))?;
    let position = process.words.iter().position(|word| (word.field, word.position) == (script.field, script.position))?;
    let rest = process.words.get(position + 1..)?;
    let first = rest.first().filter(|first| !script.text.trim().contains(['\n', ' ']) && !first.text.starts_with("--"))?;
    let line = process.words[position..].iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    Some((*first, line))
}

fn is_sign(word: &str) -> bool {
    matches!(word, ">" | ">>" | "<" | "|" | "&&" | "||" | "2>&1")
}

/// A word as a shell reads it.
fn as_word(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_./:=@%+,-".contains(character);
    if is_sign(word) || !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

fn wrapped(workload: &Workload<'_>, container: &Container<'_>, line: &str) -> Fix {
    let place = workload.place(container);
    let mut changes = vec![Change::Set(place.entry("command"), json!(["sh", "-c", line]))];
    if container.has("args") {
        changes.push(Change::Remove(place.entry("args")));
    }
    Fix::guess("Give the line to a shell", changes)
}
