//! Quantities: thousandths of a byte, requests above limits, and what is no resource.

use serde_json::Value;

use super::Hint;
use super::context::Context;
use super::name::quoted;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::shown::shown;
use crate::spelling;

/// What to do about a quantity that the API server refuses.
pub(super) fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let message = finding.message.as_str();
    if let Some((_, limit)) = message.rsplit_once(": must be less than or equal to ") {
        return above_limit(limit, finding, context);
    }
    if let Some((_, limit)) = message.rsplit_once(": must be equal to ") {
        return unequal(limit, finding, context);
    }
    if message.ends_with("must be a standard resource for containers")
        || message.ends_with("must be a standard resource type or fully qualified")
    {
        return Some(no_resource(finding, context));
    }
    let is_quantity = |segment: &Segment| matches!(segment, Segment::Field(name) if matches!(name.as_str(), "limits" | "requests" | "sizeLimit"));
    let is_of_quantity = finding.place.segments().iter().any(is_quantity);
    if is_of_quantity && message.ends_with("must be greater than or equal to 0") {
        return Some(Hint::new("Nobody can use less than nothing: write a quantity without the `-`."));
    }
    (is_of_quantity && message.ends_with("must be an integer"))
        .then(|| Hint::new("This is counted in whole pieces: write a whole number."))
}

/// What to do about `memory: 128m`.
pub(super) fn fractional(finding: &Finding, context: &Context<'_>) -> Hint {
    let Some((written, thousandths)) =
        quoted(&finding.message).and_then(|written| Some((written.clone(), thousandths(&written)?)))
    else {
        return Hint::new("There are no parts of a byte: write whole bytes, or a size such as `128Mi`.");
    };
    let mebibytes = format!("{thousandths}Mi");
    let is_there = context.string(&finding.place).is_some_and(|there| there.trim() == written);
    let change = Change::Set(finding.place.clone(), mebibytes.as_str().into());
    let fix = is_there.then(|| Fix::guess(format!("Write {mebibytes}"), vec![change]));
    let bytes = f64::from(thousandths) / 1000.0;
    let words = format!("`m` means a thousandth, so `{written}` is {bytes} bytes: write `{mebibytes}` for mebibytes.");
    Hint::new(words).with_fix(fix)
}

/// The number before an `m`.
fn thousandths(written: &str) -> Option<u32> {
    written.strip_suffix('m')?.parse().ok()
}

/// The parts of `memory limit of 512Mi`.
fn limit_parts(limit: &str) -> Option<(&str, &str)> {
    limit.split_once(" limit of ").or_else(|| limit.split_once(" limit"))
}

fn above_limit(limit: &str, finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let (name, most) = limit_parts(limit)?;
    let asked = requested(finding, name, context).or_else(|| quoted(&finding.message))?;
    let words = format!(
        "The container asks for {} of {} at least and may use {} at most. Lower the request, or raise the limit.",
        shown(&asked),
        shown(name),
        shown(most)
    );
    Some(Hint::new(words).with_fix(raised(finding, name, context)))
}

/// The request for `name` as the document has it.
fn requested(finding: &Finding, name: &str, context: &Context<'_>) -> Option<String> {
    match context.value(&requests(finding)?.entry(name))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The map of requests that `finding` is about.
fn requests(finding: &Finding) -> Option<Path> {
    let segments = finding.place.segments();
    let at = segments.iter().position(|segment| matches!(segment, Segment::Field(name) if name == "requests"))?;
    Some(segments[..=at].to_vec().into())
}

fn raised(finding: &Finding, name: &str, context: &Context<'_>) -> Option<Fix> {
    let requests = requests(finding)?;
    let asked = context.value(&requests.entry(name))?;
    let limit = requests.parent()?.entry("limits").entry(name);
    context.value(&limit)?;
    let shown = asked.as_str().map_or_else(|| asked.to_string(), |text| shown(text).into_owned());
    Some(Fix::guess(format!("Raise the limit to {shown}"), vec![Change::Set(limit, asked.clone())]))
}

fn unequal(limit: &str, finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let (name, _) = limit_parts(limit)?;
    let requests = requests(finding)?;
    let limit = context.value(&requests.parent()?.entry("limits").entry(name));
    let fix = limit
        .filter(|_| context.value(&requests).is_some())
        .map(|limit| Fix::guess("Make the request equal to the limit", vec![Change::Set(requests.entry(name), limit.clone())]));
    let words =
        format!("Of {} a container gets exactly what it asks for: write the same in `requests` and `limits`.", shown(name));
    Some(Hint::new(words).with_fix(fix))
}

fn no_resource(finding: &Finding, context: &Context<'_>) -> Hint {
    const RESOURCES: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    let words = "The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as \
                 `nvidia.com/gpu`.";
    let Some(Segment::Key(name) | Segment::Field(name)) = finding.place.last() else { return Hint::new(words) };
    let map = finding.place.parent().and_then(|map| context.value(&map)).and_then(Value::as_object);
    let is_free = |known: &&str| map.is_some_and(|map| map.contains_key(name.as_str()) && !map.contains_key(*known));
    let other = match name.to_ascii_lowercase().as_str() {
        "storage" | "ephemeralstorage" | "ephemeral_storage" | "disk" => Some("ephemeral-storage"),
        "mem" | "ram" => Some("memory"),
        _ => spelling::meant_by(name, RESOURCES.into_iter()),
    };
    let fix = other
        .filter(is_free)
        .map(|known| Fix::guess(format!("Rename it to {known}"), vec![Change::Rename(finding.place.clone(), known.to_owned())]));
    Hint::new(words).with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, with_container};
    use crate::judge;
    use serde_json::{Value, json};

    fn with(requests: Value, limits: Value) -> Value {
        with_container(json!({"resources": {"requests": requests, "limits": limits}}))
    }

    #[test]
    fn quantities_are_explained() {
        let told: Vec<_> = [
            with(json!({}), json!({"memory": "128m"})),
            with(json!({}), json!({"memory": "1500.5"})),
            with(json!({"memory": "1Gi"}), json!({"memory": "512Mi"})),
            with(json!({"cpu": 2}), json!({"cpu": "500m"})),
            with(json!({"nvidia.com/gpu": 1}), json!({"nvidia.com/gpu": 2})),
            with(json!({}), json!({"mem": "1Gi"})),
            with(json!({}), json!({"CPU": "1"})),
            with(json!({}), json!({"memory": "-1Gi"})),
        ]
        .iter()
        .flat_map(hints)
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        `m` means a thousandth, so `128m` is 0.128 bytes: write `128Mi` for mebibytes. [Write 128Mi]
        `m` means a thousandth, so `128m` is 0.128 bytes: write `128Mi` for mebibytes.
        `m` means a thousandth, so `1500500m` is 1500.5 bytes: write `1500500Mi` for mebibytes.
        `m` means a thousandth, so `1500500m` is 1500.5 bytes: write `1500500Mi` for mebibytes.
        The container asks for 1Gi of memory at least and may use 512Mi at most. Lower the request, or raise the limit. [Raise the limit to 1Gi]
        The container asks for 2 of cpu at least and may use 500m at most. Lower the request, or raise the limit. [Raise the limit to 2]
        Of nvidia.com/gpu a container gets exactly what it asks for: write the same in `requests` and `limits`. [Make the request equal to the limit]
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`. [Rename it to memory]
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`. [Rename it to memory]
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`.
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`.
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`. [Rename it to cpu]
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`. [Rename it to cpu]
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`.
        The resources of a container are `cpu`, `memory` and `ephemeral-storage`; others have a domain in their names, such as `nvidia.com/gpu`.
        Nobody can use less than nothing: write a quantity without the `-`.
        Nobody can use less than nothing: write a quantity without the `-`.
        ");
    }

    #[test]
    fn what_is_fixed_is_accepted() {
        for document in [
            with(json!({}), json!({"memory": "128m"})),
            with(json!({"memory": "1Gi"}), json!({"memory": "512Mi"})),
            with(json!({"cpu": 2}), json!({"cpu": "500m"})),
            with(json!({"nvidia.com/gpu": 1}), json!({"nvidia.com/gpu": 2})),
            with(json!({}), json!({"mem": "1Gi"})),
        ] {
            assert_eq!(judge(&fixed(&document)).findings, []);
        }
    }
}
