//! A variable refers to one that is defined after it.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("env-reference-order"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A variable refers to one that is defined after it.",
    page: include_str!("env_reference_order.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| refers(container)) {
        let variables: Vec<_> = list(container.value, "env").take(MAX_VARIABLES).map(|(_, variable)| variable).collect();
        let mut defined: HashMap<&str, usize> = HashMap::new();
        for (index, variable) in variables.iter().enumerate() {
            defined.entry(text(variable, "name").unwrap_or_default()).or_insert(index);
        }
        for (index, variable) in variables.iter().enumerate() {
            let names = references(text(variable, "value").unwrap_or_default());
            let defined_later = names.filter_map(|name| Some((name, *defined.get(name)?))).filter(|(_, later)| *later > index);
            let Some((name, later)) = defined_later.take(MAX_NAMES).find(|(name, _)| !may_be_from_elsewhere(container, name))
            else {
                continue;
            };
            let place = workload.place(container).entry("env");
            let name = quoted(name);
            let message = format!("{name} is defined further down, so `$(…)` stays as it stands.");
            let finding = found.say(place.index(index).entry("value"), message, format!("Move {name} before it."));
            finding.fix = moved(&variables, index, later)
                .map(|list| Fix::safe("Move the variable behind it", vec![Change::Set(place, list)]));
        }
    }
}

/// True if a variable refers to another one.
fn refers(container: &Container<'_>) -> bool {
    let mut values = list(container.value, "env").filter_map(|(_, variable)| text(variable, "value"));
    values.any(|value| value.contains("$("))
}

/// True if `envFrom`, which is read before `env`, may bring a variable of this name: it puts its `prefix` before each of its own.
fn may_be_from_elsewhere(container: &Container<'_>, name: &str) -> bool {
    let mut sources = list(container.value, "envFrom").take(MAX_SOURCES).map(|(_, source)| source);
    sources.any(|source| name.starts_with(text(source, "prefix").unwrap_or_default()))
}

/// How many variables of a container, names in a value, and sources of other variables are looked at.
const MAX_VARIABLES: usize = 500;
const MAX_NAMES: usize = 16;
const MAX_SOURCES: usize = 16;

/// The names in `$(NAME)`; a doubled `$` stands for one of them and refers to nothing.
///
/// Follows `third_party/forked/golang/expansion/expand.go` (v1.35, `Expand`).
fn references(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = value;
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once('$')?;
            let Some(inside) = behind.strip_prefix('(') else {
                rest = behind.strip_prefix('$').unwrap_or(behind);
                continue;
            };
            let (name, behind) = inside.split_once(')')?;
            rest = behind;
            return Some(name);
        }
    })
}

/// The list with the variable at `index` behind the one at `later`, if none between them refers to it.
fn moved(variables: &[&Value], index: usize, later: usize) -> Option<Value> {
    let name = text(variables[index], "name")?;
    let between = &variables[index + 1..=later];
    if between.iter().any(|variable| references(text(variable, "value").unwrap_or_default()).any(|other| other == name)) {
        return None;
    }
    let order = variables[..index].iter().chain(between).chain([&variables[index]]).chain(&variables[later + 1..]);
    Some(order.map(|variable| (*variable).clone()).collect())
}
