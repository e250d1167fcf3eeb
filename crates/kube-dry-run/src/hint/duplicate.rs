//! What stands twice in a list.

use serde_json::Value;

use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};

/// How many items before one are compared with it.
const MAX_COMPARED: usize = 64;

/// What to do about a value that a list may have only once.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Hint {
    let Some((list, index)) = item(&finding.place) else {
        return Hint::new("The same value may stand here only once: remove one.");
    };
    let words = match name_of(&list) {
        "containers" | "initContainers" | "ephemeralContainers" => {
            "No two containers of a Pod have the same name, init containers included: give one of them another."
        }
        "volumes" => "No two volumes of a Pod have the same name: give one of them another, or remove it.",
        "ports" => "The same port is listed twice: remove one of the two.",
        "env" => "The same variable is set twice: remove one of the two.",
        _ => "This list may have the same value only once: remove one of the two, or change it.",
    };
    let fix = renamed(&list, finding, context).or_else(|| repeated(&list, index, context));
    Hint::new(words).with_fix(fix)
}

/// What to do about a mount at a path that another one has.
pub(super) fn must_be_unique(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    if !finding.message.ends_with(": must be unique") {
        return None;
    }
    let Some((list, index)) = item(&finding.place) else { return Some(Hint::new("This may stand here only once.")) };
    let words = match name_of(&list) {
        "volumeMounts" | "volumeDevices" => {
            "A container shows one volume at a path: give one of the two mounts another path, or remove it."
        }
        _ => "This may stand in the list only once: change one of the two, or remove it.",
    };
    Some(Hint::new(words).with_fix(repeated(&list, index, context)))
}

/// The innermost list that `place` is in, and which item of it.
pub(super) fn item(place: &Path) -> Option<(Path, usize)> {
    let segments = place.segments();
    segments.iter().enumerate().rev().find_map(|(at, segment)| match segment {
        Segment::Index(index) => Some((segments[..at].to_vec().into(), *index)),
        _ => None,
    })
}

fn name_of(list: &Path) -> &str {
    match list.last() {
        Some(Segment::Field(name)) => name,
        _ => "",
    }
}

/// The fix that takes out an item that is the same as one before it.
fn repeated(list: &Path, index: usize, context: &Context<'_>) -> Option<Fix> {
    let items = context.value(list)?.as_array()?;
    let item = items.get(index)?;
    let before = &items[index.saturating_sub(MAX_COMPARED)..index];
    before.contains(item).then(|| Fix::safe("Remove the second of the two", vec![Change::Remove(list.index(index))]))
}

/// The fix that gives a container another name.
fn renamed(list: &Path, finding: &Finding, context: &Context<'_>) -> Option<Fix> {
    let is_container = name_of(list).ends_with("ontainers");
    let name = context.string(&finding.place).filter(|_| is_container)?;
    let names = &context.names().containers;
    let free = (2..100).map(|number| format!("{name}-{number}")).find(|free| !names.contains(free.as_str()))?;
    let is_right = crate::names::dns_label(&free).is_empty();
    is_right.then(|| Fix::guess(format!("Rename it to {free}"), vec![Change::Set(finding.place.clone(), Value::from(free))]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod};
    use crate::judge;
    use serde_json::{Value, json};

    fn containers(names: &[&str]) -> Vec<Value> {
        names.iter().map(|name| json!({"name": name, "image": format!("image-of-{}", names.len())})).collect()
    }

    #[test]
    fn what_stands_twice_is_taken_out_or_renamed() {
        let mount = |name: &str| json!({"name": name, "mountPath": "/v"});
        let mounted = |mounts: Value| {
            let volumes = json!([{"name": "v", "emptyDir": {}}, {"name": "w", "emptyDir": {}}]);
            pod(json!({"containers": [{"name": "c", "image": "i", "volumeMounts": mounts}], "volumes": volumes}))
        };
        let volumes = |medium: &str| json!([{"name": "v", "emptyDir": {}}, {"name": "v", "emptyDir": {"medium": medium}}]);
        let mut web = containers(&["web", "web"]);
        web[1]["image"] = json!("other");
        let documents = [
            pod(json!({"containers": web})),
            pod(json!({"containers": containers(&["c"]), "volumes": volumes("Memory")})),
            mounted(json!([mount("v"), mount("v")])),
            mounted(json!([mount("v"), mount("w")])),
        ];
        insta::assert_snapshot!(documents.iter().flat_map(hints).collect::<Vec<_>>().join("\n"), @r"
        No two containers of a Pod have the same name, init containers included: give one of them another. [Rename it to web-2]
        No two volumes of a Pod have the same name: give one of them another, or remove it.
        A container shows one volume at a path: give one of the two mounts another path, or remove it. [Remove the second of the two]
        A container shows one volume at a path: give one of the two mounts another path, or remove it.
        ");
        for document in [&documents[0], &documents[2]] {
            assert_eq!(judge(&fixed(document)).findings, []);
        }
        assert_eq!(fixed(&documents[0])["spec"]["containers"][1]["name"], "web-2");
    }
}
