//! Values of wrong types, and values out of their bounds.

mod list;

use serde_json::{Value, json};

use super::Hint;
use super::context::Context;
use super::field::scalar;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::shown;
use crate::validate::NO_MATCH;

/// What to do about a value of a wrong type.
pub(super) fn wrong_type(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let place = &finding.place;
    let value = context.value(place)?;
    match (context.schema(place)?, value) {
        (Schema::Text | Schema::TextOrInteger, Value::Bool(_) | Value::Number(_)) => Some(quotes(place, context)),
        (Schema::Text | Schema::TextOrInteger, _) => Some(Hint::new("One word or line belongs here: write it behind the colon.")),
        (Schema::Quantity, Value::String(_)) => Some(Hint::new(
            "A quantity is a number with a unit right behind it: `500m` of cpu is half of one, `64Mi` are 64 mebibytes. There is no `B`.",
        )),
        (Schema::Integer, Value::String(text)) => Some(number(text, finding)),
        (Schema::Boolean, _) => Some(Hint::new("Write `true` or `false`, without quotes.")),
        (Schema::Time, _) => Some(
            Hint::new("A server sets this: take it out.")
                .with_fix(Fix::guess("Take it out", vec![Change::Remove(place.clone())])),
        ),
        (Schema::List(item), value) => Some(list::wanted(finding, item, value)),
        (schema @ (Schema::Object(_) | Schema::Map(_)), value) => Some(object(finding, schema, value)),
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

fn number(text: &str, finding: &Finding) -> Hint {
    let is_mode = matches!(finding.place.last(), Some(Segment::Field(name)) if matches!(name.as_str(), "defaultMode" | "mode"));
    if is_mode {
        return Hint::new("A mode is a number: `0644`, with the zero and without quotes, or 420 in JSON.");
    }
    match text.trim().parse::<i64>() {
        Ok(_) => Hint::new("Quotes make it a string, and a number is wanted: leave them out."),
        Err(_) => Hint::new("Write digits only, without quotes and units."),
    }
}

/// What to do about `value` where an object is wanted.
fn object(finding: &Finding, schema: &Schema, value: &Value) -> Hint {
    let place = &finding.place;
    match value {
        Value::Array(_) => Hint::new("This is one object, not a list: take out the `- ` in front of its fields."),
        Value::String(text) => field_of(text, schema).map_or_else(
            || {
                list::described(place, value)
                    .unwrap_or_else(|| Hint::new("Fields belong here, each on its own line: write them below, indented by two."))
            },
            |(name, value)| {
                let words =
                    format!("A space is missing after the colon: write `{name}: {}`.", shown(text[name.len() + 1..].trim()));
                let object = json!({name: value});
                Hint::new(words).with_fix(Fix::guess("Put a space after the colon", vec![Change::Set(place.clone(), object)]))
            },
        ),
        value => list::described(place, value)
            .unwrap_or_else(|| Hint::new("Fields belong here, each on its own line: write them below, indented by two.")),
    }
}

/// The field and its value in `name:value`, if an object of this type has such a field.
fn field_of<'a>(text: &'a str, schema: &Schema) -> Option<(&'a str, Value)> {
    let (name, value) = text.split_once(':')?;
    let field = schema.field(name)?;
    Some((name, scalar(value, field)?))
}

/// What to do about a value that is out of its bounds, or does not go with another one.
pub(super) fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    const REASONS: [(&str, &str); 22] = [
        ("`selector` will be auto-generated", "A Job selects its Pods by itself: take the selector out."),
        ("must be between 1 and 65535, inclusive", "Ports have the numbers 1 to 65535."),
        ("must be greater than or equal to 0", "Write a number that is not negative."),
        ("must be greater than 0", "Write a number above zero."),
        ("must be greater than zero", "Write a number above zero."),
        ("must not contain '..'", "`..` would lead out of the volume: write the path without it."),
        ("must be a relative path", "Paths in a volume begin inside of it: leave out the `/` at the beginning."),
        ("must be an absolute path", "Write the whole path, from the `/` on."),
        (
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            "Write the number of an address, such as `10.9.8.7`, not a name.",
        ),
        ("subPathExpr and subPath are mutually exclusive", "Write one of the two: `subPathExpr` is for paths with variables."),
        (
            "may not be specified when `value` is not empty",
            "A variable has a `value` or takes it from somewhere: take out one of the two.",
        ),
        (
            "ShareProcessNamespace and HostPID cannot both be enabled",
            "The containers see each other's processes, or all of the node: take out one of the two.",
        ),
        (
            "must be a number between 0 and 0777 (octal), both inclusive",
            "Modes are octal and begin with a zero: `0644`, which is 420 in JSON.",
        ),
        (
            "effect must be 'NoExecute' when `tolerationSeconds` is set",
            "Only who would be evicted can stay for some seconds: write `effect: NoExecute`, or take `tolerationSeconds` out.",
        ),
        (
            "value must be empty when `operator` is 'Exists'",
            "`Exists` asks for the key alone: take the value out, or write `operator: Equal`.",
        ),
        (
            "must match `containerPort` when `hostNetwork` is true",
            "On the network of the node the two ports are one: write the same number, or take `hostPort` out.",
        ),
        ("may not have more than one field specified at a time", "Only one of them may be there: take out the others."),
        ("must be 1", "For this probe only 1 is possible: take it out, or write 1."),
        ("conflicting duplicate paths", "Two sources put a file at the same path: give one of them another."),
        (
            "must be one of the container or initContainer names in the pod template",
            "No container has this name: write that of one of them.",
        ),
        ("container not found", "No container has this name: write that of one of them."),
        ("not a valid selector operator", "Possible are `In`, `NotIn`, `Exists`, `DoesNotExist`, and `Gt` and `Lt` for nodes."),
    ];
    if finding.message.ends_with(NO_MATCH) {
        return Some(no_match(finding, context));
    }
    let (_, words) = REASONS.iter().find(|(reason, _)| finding.message.ends_with(reason))?;
    Some(Hint::new(*words))
}

/// Labels of the template that the selector does not match.
fn no_match(finding: &Finding, context: &Context<'_>) -> Hint {
    if let Some(cause) = &finding.caused_by {
        return Hint::new(format!("The selector is not right yet: once `{}` is mended, it can match.", shown(cause)));
    }
    let words = "A workload finds its Pods by their labels: those of the `template` must have all that stand in the `selector`.";
    Hint::new(words).with_fix(with_labels(context))
}

/// The fix that adds the labels of the selector to the template.
fn with_labels(context: &Context<'_>) -> Option<Fix> {
    const MAX_LABELS: usize = 16;
    let selected = Path::root().entry("spec").entry("selector").entry("matchLabels");
    let selected = context.value(&selected)?.as_object().filter(|labels| !labels.is_empty() && labels.len() <= MAX_LABELS)?;
    let labels = context.pod_spec().parent()?.entry("metadata").entry("labels");
    let changes = selected.iter().map(|(key, value)| Change::Set(labels.entry(key), value.clone())).collect();
    Some(Fix::guess("Give the template the labels of the selector", changes))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use crate::judge;
    use serde_json::json;

    #[test]
    fn wrong_types_are_explained() {
        let document = with_container(json!({
            "stdin": "yes", "env": [{"name": "A", "value": true}], "ports": [{"containerPort": "80"}, 8080, "containerPort:81", "8082:80"],
            "volumeMounts": {"name": "v", "mountPath": "/v"}, "resources": {"limits": {"memory": "64MB"}}, "securityContext": [],
            "command": "sleep 3600", "args": "a && b", "workingDir": {}, "lifecycle": "x",
        }));
        insta::assert_snapshot!(hints(&document).join("\n"), @"");
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
    fn the_template_gets_the_labels_of_the_selector() {
        let template = json!({"spec": {"containers": [{"name": "c", "image": "i"}]}});
        let document = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"app": "a"}}, "template": template}});
        assert_eq!(judge(&fixed(&document)).findings, []);
    }

    #[test]
    fn values_out_of_bounds_are_explained() {
        let mut told = hints(&with_container(json!({"ports": [{"containerPort": 0}, {"containerPort": 70000}]})));
        told.extend(hints(&pod(json!({"containers": [{"name": "c", "image": "i"}], "terminationGracePeriodSeconds": -1}))));
        insta::assert_snapshot!(told.join("\n"), @"");
    }
}
