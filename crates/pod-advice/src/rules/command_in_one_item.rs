//! A whole command line stands in one item of a command.

use crate::process::{Item, Process, Slip};
use crate::rule::prelude::*;
use crate::whole_command::whole_command;

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
        container.each_process(&workload.place(container), |process, value, place| say(process, value, place, found));
    }
}

fn say(process: &Process<'_>, value: &Value, place: &Path, found: &mut Found<'_>) {
    let (item, words) = match &process.slip {
        Some(Slip::OneItem { item, words }) => (item, words),
        Some(Slip::WithoutOption { item, line }) => return say_of_option(item, line, value, place, found),
        _ => return,
    };
    let place = place.entry(item.field);
    let line = quoted(item.text.trim());
    let is_first = process.words.first().is_none_or(|first| (first.field, first.position) == (item.field, item.position));
    let has_option = words.first().is_some_and(|word| word == "-c") && words.iter().all(|word| is_end_or_option(item, word));
    let program = process.calls().next().filter(|_| process.words.is_empty());
    let message = match program {
        Some(program) => format!("{} is given all of {line} as one argument.", quoted(program.program())),
        None if is_first => format!("{line} is taken as the name of one program, which does not exist."),
        None if item.text.starts_with('-') => format!("The shell takes all of {line} as options, which it does not know."),
        None => format!("The shell takes {line} as the name of a file with a script, which does not exist."),
    };
    let hint = match () {
        () if is_first || !has_option => "Write each word as an item of its own.",
        () if item.text.starts_with('-') => "Write `-c` and the script as two items.",
        () => "Write `-c` as an item before it.",
    };
    let finding = found.say(place.index(item.position), message, hint);
    let Some(Value::Array(list)) = value.get(item.field) else { return };
    let (before, after) = list.split_at(item.position);
    let words = words.iter().map(|word| Value::from(word.as_str()));
    let list: Vec<_> = before.iter().cloned().chain(words).chain(after.iter().skip(1).cloned()).collect();
    finding.fix = Some(Fix::safe(
        if has_option { "Give the shell -c and the script" } else { "Make each word an item" },
        vec![Change::Set(place, list.into())],
    ));
}

/// True of `-c` and of the script that `item` holds, where no list is written as a text.
fn is_end_or_option(item: &Item<'_>, word: &str) -> bool {
    word == "-c" || item.text.trim().ends_with(word)
}

/// Says that the shell is given the words of a command, and takes the first of them, `item`, for a file.
fn say_of_option(item: &Item<'_>, line: &str, value: &Value, place: &Path, found: &mut Found<'_>) {
    let message = format!(
        "A shell without `-c` takes {} as the name of a file with a script, and runs no program of that name.",
        quoted(item.text)
    );
    let at = place.entry(item.field).index(item.position);
    let finding = found.say(at, message, "Write `-c` before it and the whole line as one item, or leave the shell out.");
    let Some(Value::Array(list)) = value.get(item.field) else { return };
    let before = list.iter().take(item.position).cloned();
    let list: Vec<_> = before.chain(["-c".into(), line.into()]).collect();
    let changes = match item.field {
        "command" => whole_command(value, place, list.into()),
        field => vec![Change::Set(place.entry(field), list.into())],
    };
    finding.fix = Some(Fix::safe("Give the shell -c and the script", changes));
}
