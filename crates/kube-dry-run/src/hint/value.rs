//! Values of wrong types, and values out of their bounds.

mod joined;
mod list;
mod number;
mod object;
mod reason;
mod selector;
mod sign;

use serde_json::Value;

use super::Hint;
use super::choice;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::Path;
use crate::schema::Schema;
use crate::shown::shown;
use crate::validate::NO_MATCH;

/// What to do about a value of a wrong type.
pub(super) fn wrong_type(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let place = &finding.place;
    let value = context.value(place)?;
    let schema = context.schema(place)?;
    if let Some(hint) = sign::block(place, schema, value).or_else(|| sign::with_colon(place, schema, value)) {
        return Some(hint);
    }
    if let Some(hint) = choice::of_boolean(finding, context) {
        return Some(hint);
    }
    match (schema, value) {
        (Schema::Text | Schema::TextOrInteger, Value::Bool(_) | Value::Number(_)) => Some(quotes(place, context)),
        (Schema::Text | Schema::TextOrInteger, _) => Some(Hint::new("One word or line belongs here: write it behind the colon.")),
        (Schema::Quantity, _) => Some(Hint::new(
            "A quantity is a number with a unit right behind it: `500m` of cpu is half of one, `64Mi` are 64 mebibytes. There is no `B`.",
        )),
        (Schema::Integer, Value::String(text)) => Some(number::wanted(text, finding)),
        (Schema::Integer, Value::Number(number)) if number.is_f64() => {
            Some(Hint::new("Write a whole number, without a fraction."))
        }
        (Schema::Integer, Value::Number(_)) => {
            Some(Hint::new("This number is too large or too small: write one within these bounds."))
        }
        (Schema::Integer, _) => Some(Hint::new("Write digits only, without quotes and units.")),
        (Schema::Boolean, _) => Some(Hint::new("Write `true` or `false`, without quotes.")),
        (Schema::Time, _) => Some(
            Hint::new("A server sets this: remove it.").with_fix(Fix::guess("Remove it", vec![Change::Remove(place.clone())])),
        ),
        (Schema::List(item), value) => Some(list::wanted(finding, item, value)),
        (schema @ (Schema::Object(_) | Schema::Map(_)), value) => Some(object::wanted(finding, schema, value)),
        _ => None,
    }
}

/// A number or a boolean where a string is wanted.
fn quotes(place: &Path, context: &Context<'_>) -> Hint {
    match context.unquoted(place) {
        Some(written) if context.value(place).is_some_and(Value::is_boolean) && !matches!(written.as_str(), "true" | "false") => {
            let written = shown(&written).into_owned();
            Hint::new(format!("Kubernetes' YAML reads `{written}` as true or false. Quotes make it a string."))
        }
        _ => Hint::new("Quotes make it a string."),
    }
}

/// What to do about a value that is out of its bounds, or does not go with another one.
pub(super) fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    if finding.message.ends_with(NO_MATCH) {
        return Some(selector::no_match(finding, context));
    }
    if finding.message.ends_with("must be a number between 0 and 0777 (octal), both inclusive") {
        return Some(number::mode(finding, context));
    }
    reason::words(&finding.message).map(Hint::new)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hints, pod, with_container};
    use serde_json::json;

    #[test]
    fn wrong_types_are_explained() {
        let document = with_container(json!({
            "stdin": "yes", "env": [{"name": "A", "value": true}], "ports": [{"containerPort": "80"}, 8080, "containerPort:81", "8082:80"],
            "volumeMounts": {"name": "v", "mountPath": "/v"}, "resources": {"limits": {"memory": "64MB"}}, "securityContext": [],
            "command": "sleep 3600", "args": "a && b", "workingDir": {}, "lifecycle": "x",
        }));
        insta::assert_snapshot!(hints(&document).join("\n"), @r#"
        Write `true` or `false`, without quotes. [Write true]
        Quotes make it a string. [Write "true"]
        Quotes make it a string, and a number is wanted: leave them out. [Write 80]
        Each port is an item with a `containerPort`: `- containerPort: 80`, for example. [Write containerPort: 8080]
        A space is missing after the colon: write `containerPort: 81`. [Put a space after the colon]
        Each port is an item with a `containerPort`: `- containerPort: 80`, for example. [Write containerPort: 80]
        `volumeMounts` is a list: put `- ` before the first field of each item, or brackets around it in JSON. [Make it a list of one item]
        A quantity is a number with a unit right behind it: `500m` of cpu is half of one, `64Mi` are 64 mebibytes. There is no `B`. [Write 64M]
        This is one object, not a list: remove the `- ` in front of its fields, or the brackets around it in JSON. [Make it an object instead of a list]
        `command` is a list, and each word an item of it: `command: [sleep, "3600"]`, for example. [Make it a list of its words]
        `args` is a list, and no shell reads it. A line for a shell is the third item after `sh` and `-c`. [Make it a list of one item]
        One word or line belongs here: write it behind the colon.
        Fields belong here, each on its own line and indented by two: `postStart`, `preStop` or `stopSignal`.
        "#);
    }

    #[test]
    fn a_variable_of_yaml_is_explained() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: i, env: [{name: A, value: NO}]}]}\n";
        let parsed = crate::yaml::parse(text).unwrap().remove(0);
        let found = crate::judge_parsed(&parsed).findings.remove(0);
        assert_eq!(found.hint.unwrap(), "Kubernetes' YAML reads `NO` as true or false. Quotes make it a string.");
        assert_eq!(found.fix.unwrap().title, "Write \"NO\"");
    }

    #[test]
    fn values_out_of_bounds_are_explained() {
        let mut told = hints(&with_container(json!({"ports": [{"containerPort": 0}, {"containerPort": 70000}]})));
        told.extend(hints(&pod(json!({"containers": [{"name": "c", "image": "i"}], "terminationGracePeriodSeconds": -1}))));
        insta::assert_snapshot!(told.join("\n"), @r"
        Say which port the container listens at: `containerPort: 80`, for example.
        Ports have the numbers 1 to 65535.
        ");
    }
}
