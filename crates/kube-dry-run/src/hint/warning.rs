//! Warnings of the API server about what it accepts.

use serde_json::Value;

use super::Hint;
use super::context::Context;
use super::duplicate::item;
use super::quantity;
use crate::change::Change;
use crate::finding::{Finding, Fix};

/// How many variables before one are compared with it.
const MAX_COMPARED: usize = 64;

/// Parts of warnings, and what they mean.
const REASONS: [(&str, &str); 13] = [
    (
        "in the Pod's hostname",
        "The Pod works, and other programs may stumble over its host name: a name without dots and of at most 63 characters is safe.",
    ),
    (
        "in Pod names and hostnames",
        "The Pods work, and other programs may stumble over their host names: a name without dots is safe.",
    ),
    ("duplicate port name", "A Service that names this port reaches one of the two: give each a name of its own."),
    ("duplicate port definition", "The same port is listed twice: remove one of the two."),
    ("overlapping paths", "Two files of the volume have the same path, and one hides the other: give one of them another path."),
    ("overlapping port definition", "Two containers have the same port, and only one of them can listen at it: change one."),
    (
        "a null labelSelector results in matching no pod",
        "Without a selector this is about no Pod: add a `labelSelector`, or remove this.",
    ),
    ("invalid empty name", "Write the name, or remove the item."),
    ("and disabled by default in", "This does not work any more by default: the message says what takes its place."),
    ("has no sources provided", "The volume stays empty: add `sources`, or remove it."),
    ("hostIP set without hostPort", "`hostIP` means nothing without a `hostPort`: add that, or remove it."),
    ("deprecated since", "This still works. The message says what to write instead."),
    ("non-functional in", "This does nothing any more. The message says what to write instead."),
];

/// What a warning means.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    if finding.message.contains(": fractional byte value ") {
        return Some(quantity::fractional(finding, context));
    }
    if finding.message.contains(": hides previous definition of ") {
        return Some(hidden(finding, context));
    }
    let (_, words) = REASONS.iter().find(|(reason, _)| finding.message.contains(reason))?;
    Some(Hint::new(*words))
}

/// A variable that is set a second time.
fn hidden(finding: &Finding, context: &Context<'_>) -> Hint {
    let hint = Hint::new("The variable is set twice, and the container gets the second value: remove one of the two.");
    let Some((list, index)) = item(&finding.place) else { return hint };
    let items = context.value(&list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (before, variable) = (&items[..index.min(items.len())], items.get(index));
    let has_its_name = |one: &&Value| variable.is_some_and(|variable| one.get("name") == variable.get("name"));
    let is_repeated = before.iter().rev().take(MAX_COMPARED).find(has_its_name).is_some_and(|last| Some(last) == variable);
    let fix = Fix::safe("Remove the second of the two", vec![Change::Remove(list.index(index))]);
    hint.with_fix(is_repeated.then_some(fix))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hints, with_container};
    use serde_json::json;

    #[test]
    fn warnings_are_explained() {
        let variable = |value: &str| json!({"name": "A", "value": value});
        let ports = json!([{"name": "p", "containerPort": 80}, {"name": "p", "containerPort": 81}]);
        let document = with_container(json!({"env": [variable("a"), variable("b"), variable("a")], "ports": ports,
            "resources": {"limits": {"memory": "128m"}}}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        The same port is listed twice: remove one of the two.
        `m` means a thousandth, so `128m` is 0.128 bytes: write `128Mi` for mebibytes. [Write 128Mi]
        `m` means a thousandth, so `128m` is 0.128 bytes: write `128Mi` for mebibytes.
        The variable is set twice, and the container gets the second value: remove one of the two.
        The variable is set twice, and the container gets the second value: remove one of the two.
        A Service that names this port reaches one of the two: give each a name of its own.
        ");
    }
}
