//! An amount of a resource is larger than any node has, so another unit is meant.

use crate::memory::MEBIBYTE;
use crate::rule::prelude::*;
use crate::unit::{as_written, rewritten};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("size-huge"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "An amount of a resource is larger than any node has, so another unit is meant.",
    page: include_str!("size_huge.md"),
    check,
};

/// A core in thousandths of one.
const CORE: i128 = 1_000;

/// A tebibyte in thousandths of a byte.
const TEBIBYTE: i128 = MEBIBYTE << 20;

/// What nodes have of a resource, in thousandths.
struct Resource {
    name: &'static str,
    /// No node has so much: Linux is built for up to 8,192 processors, and x86 for up to 64 TiB of memory.
    most: i128,
    /// Hardly a node has so much.
    plausible: i128,
}

/// As many cores belong to a large node, on which a process has as much memory for each of them at least.
const MANY_CORES: i128 = 100 * CORE;
const MEMORY_OF_CORE: i128 = 128 * MEBIBYTE;

const RESOURCES: [Resource; 3] = [
    Resource { name: "cpu", most: 8_192 * CORE, plausible: 500 * CORE },
    Resource { name: "memory", most: 64 * TEBIBYTE, plausible: 64 * TEBIBYTE },
    Resource { name: "ephemeral-storage", most: 1_024 * TEBIBYTE, plausible: 1_024 * TEBIBYTE },
];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (container, resources) in workload.resources() {
        for resource in &RESOURCES {
            say(resource, || workload.resources_place(container), resources, found);
        }
    }
}

/// Says of `resource` that too much of it is asked for in `resources`, which stand at `place`.
fn say(resource: &Resource, place: impl FnOnce() -> Path, resources: &Value, found: &mut Found<'_>) {
    let amounts = amounts_of(resource.name, resources);
    let is_huge = |written: &(&str, &Value)| {
        amount(written.1).is_some_and(|amount| amount >= resource.plausible || is_large_by_mistake(resource, amount, resources))
    };
    let huge: Vec<_> = amounts.iter().copied().filter(is_huge).collect();
    let Some((list, first)) = huge.first().copied() else { return };
    let place = place();
    // A request that is not there is the limit.
    let is_asked_for = list == "requests" || amounts.len() == 1;
    let is_certain = is_asked_for && amount(first).is_some_and(|amount| amount > resource.most);
    let what = quoted(&as_written(first));
    let message = match (is_asked_for, is_certain) {
        (true, true) => format!("No node has {what} of `{}`: the Pod stays `Pending`.", resource.name),
        (true, false) => format!("Hardly a node has {what} of `{}`: the Pod stays `Pending` where none has.", resource.name),
        (false, _) => format!("{what} of `{}` is more than nearly every node has, and so no limit.", resource.name),
    };
    let hint = match resource.name {
        "cpu" => "`cpu` counts cores, and `m` is a thousandth of one: `500m` is half a core.",
        _ => "Write the unit that is meant, such as `Mi`.",
    };
    let fix = (resource.name == "cpu").then(|| in_thousandths(&place, &huge, &amounts)).flatten();
    let finding = found.say(place.entry(list).entry(resource.name), message, hint);
    finding.fix = fix;
    if is_certain {
        finding.severity = Severity::Error;
    }
}

/// What is written of the resource `name`, with the list that it stands in.
fn amounts_of<'a>(name: &str, resources: &'a Value) -> Vec<(&'static str, &'a Value)> {
    ["requests", "limits"].into_iter().filter_map(|list| Some((list, resources.get(list)?.get(name)?))).collect()
}

/// True of as many cores as a large node has, without the memory that a process takes there.
fn is_large_by_mistake(resource: &Resource, cores: i128, resources: &Value) -> bool {
    let memory = || amounts_of("memory", resources).into_iter().filter_map(|(_, written)| amount(written)).max();
    resource.name == "cpu" && cores >= MANY_CORES && memory().unwrap_or_default() < cores / CORE * MEMORY_OF_CORE
}

/// Writes `m` in the place of a unit of bytes, or behind the number, if the request stays within the limit.
fn in_thousandths(place: &Path, huge: &[(&'static str, &Value)], amounts: &[(&'static str, &Value)]) -> Option<Fix> {
    let new = |list: &str| -> Option<Option<i128>> {
        let Some((_, written)) = amounts.iter().find(|(other, _)| *other == list) else { return Some(None) };
        let is_huge = huge.iter().any(|(other, _)| *other == list);
        Some(amount(&if is_huge { thousandths(written)?.into() } else { (*written).clone() }))
    };
    if let (Some(request), Some(limit)) = (new("requests")?, new("limits")?)
        && request > limit
    {
        return None;
    }
    let huge: Vec<_> = huge.iter().map(|(list, written)| (place.entry(*list).entry("cpu"), *written)).collect();
    rewritten(&huge, thousandths)
}

/// What is written with `m` as its unit, if it is a whole number.
fn thousandths(written: &Value) -> Option<String> {
    let text = as_written(written);
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| format!("{number}m"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(resources: Value) -> Vec<(String, Severity, String, Option<String>)> {
        let pod = json!({"containers": [{"name": "a", "image": "mine:1", "resources": resources}]});
        let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings.into_iter();
        let told = findings.filter(|finding| finding.rule == RULE.rule);
        told.map(|finding| (finding.field, finding.severity, finding.message, finding.fix.map(|fix| fix.title))).collect()
    }

    #[test]
    fn what_no_node_has_is_worse_than_what_hardly_one_has() {
        for (resources, list, severity, words, fix) in [
            (json!({"limits": {"cpu": "500Mi"}}), "limits", Severity::Error, "No node has `500Mi`", Some("Write 500m")),
            (json!({"requests": {"cpu": 1000}}), "requests", Severity::Warning, "Hardly a node has `1000`", Some("Write 1000m")),
            (
                json!({"requests": {"cpu": 100, "memory": "128Mi"}}),
                "requests",
                Severity::Warning,
                "Hardly a node has `100`",
                Some("Write 100m"),
            ),
            (
                json!({"limits": {"cpu": "2k"}, "requests": {"cpu": "1"}}),
                "limits",
                Severity::Warning,
                "`2k` of `cpu` is more than nearly every node has",
                None,
            ),
            (json!({"requests": {"memory": "100Ti"}}), "requests", Severity::Error, "No node has `100Ti` of `memory`", None),
        ] {
            let [(field, told, message, title)] = &said(resources.clone())[..] else { panic!("{resources}") };
            assert!(field.contains(list) && message.starts_with(words), "{field}: {message}");
            assert_eq!((*told, title.as_deref()), (severity, fix), "{resources}");
        }
    }

    #[test]
    fn what_a_large_node_has_is_left_alone() {
        for resources in [
            json!({"requests": {"cpu": "384", "memory": "24Ti"}, "limits": {"cpu": "448", "ephemeral-storage": "100Ti"}}),
            json!({"requests": {"cpu": 96}, "limits": {"memory": "64Mi"}}),
            json!({"requests": {"cpu": 128}, "limits": {"memory": "64Gi"}}),
            json!({"limits": {"cpu": "500m", "memory": "1000G", "nvidia.com/gpu": 1000}}),
            json!({"limits": {"cpu": "much"}}),
        ] {
            assert_eq!(said(resources), []);
        }
    }
}
