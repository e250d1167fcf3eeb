//! A whole command line stands in one item of a command.

use crate::process::{Item, is_shell};
use crate::rule::prelude::*;
use crate::shell;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("command-in-one-item"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A whole command line stands in one item of a command.",
    page: include_str!("command_in_one_item.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some((item, words)) = misread(container) else { continue };
        let place = workload.place(container).entry(item.field);
        let message = format!("{} is taken as the name of one program, which does not exist.", quoted(item.text.trim()));
        let finding = found.say(place.index(item.position), message, "Write each word as an item of its own.");
        let Some(Value::Array(list)) = container.value.get(item.field) else { continue };
        let (before, after) = list.split_at(item.position);
        let words = words.into_iter().map(Value::from);
        let list: Vec<_> = before.iter().cloned().chain(words).chain(after.iter().skip(1).cloned()).collect();
        finding.fix = Some(Fix::safe("Make each word an item", vec![Change::Set(place, list.into())]));
    }
}

/// The item that holds several words, and the words.
fn misread<'a>(container: &Container<'a>) -> Option<(Item<'a>, Vec<String>)> {
    let command = first_item(container, "command").or_else(|| first_item(container, "args"))?;
    if let Some(words) = listed_in(command.text) {
        return Some((command, words));
    }
    let process = container.process();
    let is_known = PROGRAMS.iter().any(|program| command.text.split_once(' ').is_some_and(|(first, _)| first == *program));
    let arguments = Some(&command).filter(|_| process.words.is_empty() && is_known);
    let program = process.words.first().or(arguments)?;
    if is_command_line(program.text) {
        let wrapped = || vec!["sh".to_owned(), "-c".to_owned(), program.text.trim().to_owned()];
        return Some((*program, shell::split(program.text).unwrap_or_else(wrapped)));
    }
    let option = process.words.get(1).filter(|_| is_shell(&process.words))?;
    let script = option.text.strip_prefix("-c ")?;
    Some((*option, vec!["-c".to_owned(), script.trim().to_owned()]))
}

fn first_item<'a>(container: &Container<'a>, field: &'static str) -> Option<Item<'a>> {
    let text = container.value.get(field)?.get(0)?.as_str()?;
    Some(Item { field, position: 0, text })
}

/// The words of a list that is written as a text: `["a", "b"]`.
fn listed_in(text: &str) -> Option<Vec<String>> {
    let is_short = text.len() <= shell::MAX_SCRIPT_BYTES;
    serde_json::from_str(text)
        .ok()
        .filter(|words: &Vec<String>| is_short && text.trim_start().starts_with('[') && !words.is_empty())
}

/// True of a program with its arguments; a path may have spaces in it.
fn is_command_line(text: &str) -> bool {
    let Some((program, rest)) = text.trim().split_once(char::is_whitespace) else { return false };
    let is_name = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    if program.starts_with('/') {
        return rest.trim_start().starts_with('-') || PROGRAMS.contains(&shell::base_name(program));
    }
    program.chars().all(is_name) && !program.starts_with('-')
}

/// Programs that people write with their path and their arguments.
const PROGRAMS: [&str; 14] =
    ["sh", "bash", "ash", "sleep", "cat", "echo", "tail", "cp", "mkdir", "python", "python3", "node", "java", "env"];
