//! A whole command line stands in one item of a command.

use crate::process::Slip;
use crate::rule::prelude::*;

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
        let Some(Slip::OneItem { item, words }) = &container.process().slip else { continue };
        let place = workload.place(container).entry(item.field);
        let message = format!("{} is taken as the name of one program, which does not exist.", quoted(item.text.trim()));
        let finding = found.say(place.index(item.position), message, "Write each word as an item of its own.");
        let Some(Value::Array(list)) = container.value.get(item.field) else { continue };
        let (before, after) = list.split_at(item.position);
        let words = words.iter().map(|word| Value::from(word.as_str()));
        let list: Vec<_> = before.iter().cloned().chain(words).chain(after.iter().skip(1).cloned()).collect();
        finding.fix = Some(Fix::safe("Make each word an item", vec![Change::Set(place, list.into())]));
    }
}
