//! Values of wrong types, and values out of their bounds.

mod list;
mod reason;

use serde_json::{Map, Value, json};

use super::Hint;
use super::choice;
use super::context::Context;
use super::field::scalar;
use super::neighbourhood;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::{listed, shown};
use crate::validate::NO_MATCH;
use crate::yaml::{self, Parsed};

/// What to do about a value of a wrong type.
pub(super) fn wrong_type(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let place = &finding.place;
    let value = context.value(place)?;
    let schema = context.schema(place)?;
    if let Some(hint) = block(place, schema, value).or_else(|| with_colon(place, schema, value)) {
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
        (Schema::Integer, Value::String(text)) => Some(number(text, finding)),
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
        (schema @ (Schema::Object(_) | Schema::Map(_)), value) => Some(object(finding, schema, value)),
        _ => None,
    }
}

/// A list or fields of which a `|` makes a text.
fn block(place: &Path, schema: &Schema, value: &Value) -> Option<Hint> {
    const MAX_BYTES: usize = 4_096;
    let is_structure = matches!(schema, Schema::List(_) | Schema::Map(_) | Schema::Object(_));
    let text = value.as_str().filter(|text| is_structure && text.contains('\n') && text.len() <= MAX_BYTES)?;
    let [read] = yaml::parse(text).ok()?.try_into().ok()?;
    let Parsed { value: meant, .. } = read;
    let fits = !meant.is_null() && neighbourhood::is_of(schema, &meant);
    let fix = Fix::guess("Read what the text says", vec![Change::Set(place.clone(), meant)]);
    fits.then(|| Hint::new("A `|` before these lines makes one text of them: remove it.").with_fix(fix))
}

/// An item with a `: ` in it, which makes a field and its value of it.
fn with_colon(place: &Path, schema: &Schema, value: &Value) -> Option<Hint> {
    let fields = value.as_object().filter(|fields| fields.len() == 1 && matches!(schema, Schema::Text))?;
    let (name, value) = fields.iter().next().filter(|_| matches!(place.last(), Some(Segment::Index(_))))?;
    let text = match value {
        Value::String(text) => format!("{name}: {text}"),
        Value::Number(_) | Value::Bool(_) => format!("{name}: {value}"),
        Value::Null => format!("{name}:"),
        _ => return None,
    };
    let fix = Fix::guess("Put the item in quotes", vec![Change::Set(place.clone(), text.into())]);
    Some(Hint::new("The `: ` in this item makes a field and its value of it: put the whole item in quotes.").with_fix(fix))
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
    let is_of = |name: &str| matches!(name, "runAsUser" | "runAsGroup" | "fsGroup");
    if text.parse::<i64>().is_err() && matches!(finding.place.last(), Some(Segment::Field(name)) if is_of(name)) {
        return Hint::new("Users and groups have numbers here: that of `root` is 0, for example.");
    }
    match text.trim().parse::<i64>() {
        Ok(_) => Hint::new("Quotes make it a string, and a number is wanted: leave them out."),
        Err(_) => Hint::new("Write digits only, without quotes and units."),
    }
}

/// What to do about `value` where an object is wanted.
fn object(finding: &Finding, schema: &Schema, value: &Value) -> Hint {
    let place = &finding.place;
    if let Some(hint) = wrapped(place, schema, value) {
        return hint;
    }
    let hint = match value {
        Value::Array(_) => Some(Hint::new(
            "This is one object, not a list: remove the `- ` in front of its fields, or the brackets around it in JSON.",
        )),
        Value::String(text) => joined(place, schema, text).or_else(|| reference(place, schema, text)),
        _ => None,
    };
    hint.or_else(|| list::described(place, value)).unwrap_or_else(|| fields(schema))
}

/// A value that is meant for a field inside of the object, or nothing where the object has to be empty.
fn wrapped(place: &Path, schema: &Schema, value: &Value) -> Option<Hint> {
    let Some(Segment::Field(name)) = place.last() else { return None };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let is_simple = |text: &str| !text.is_empty() && !text.contains(['"', '\'', '$', '|', '&', ';', '<', '>', '(', '\n', ':']);
    let items = match value {
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => value.clone(),
        Value::String(text) if is_simple(text) => json!(words(text)),
        _ => Value::Null,
    };
    let is_truth = value.is_boolean() || value.as_array().is_some_and(Vec::is_empty);
    let (meant, shown) = match name.as_str() {
        "emptyDir" if is_truth || value.is_string() => (json!({}), "emptyDir: {}".to_owned()),
        "exec" if !items.is_null() => (json!({"command": items}), format!("command: {}", shown(&items.to_string()))),
        "preStop" | "postStart" if !items.is_null() => {
            (json!({"exec": {"command": items}}), format!("exec: {{command: {}}}", shown(&items.to_string())))
        }
        "capabilities" if value.is_array() && !items.is_null() => {
            (json!({"add": items}), format!("add: {}", shown(&items.to_string())))
        }
        "tcpSocket" if value.is_number() => (json!({"port": value}), format!("port: {value}")),
        _ => return None,
    };
    meant.as_object()?.keys().all(|field| schema.field(field).is_some()).then_some(())?;
    let words = match name.as_str() {
        "emptyDir" => format!("An emptyDir has no value, only fields that may be left out: write `{shown}`."),
        name => format!("`{name}` has fields: write `{shown}` in it."),
    };
    let fix = Fix::guess(format!("Write {shown}"), vec![Change::Set(place.clone(), meant)]);
    Some(Hint::new(words).with_fix(fix))
}

/// `name:value`, where the space is missing.
fn joined(place: &Path, schema: &Schema, text: &str) -> Option<Hint> {
    if let Some(hint) = all_joined(place, schema, text) {
        return Some(hint);
    }
    let (name, value) = field_of(text, schema)?;
    let words = format!("A space is missing after the colon: write `{name}: {}`.", shown(text[name.len() + 1..].trim()));
    let object = json!({name: value});
    Some(Hint::new(words).with_fix(Fix::guess("Put a space after the colon", vec![Change::Set(place.clone(), object)])))
}

/// `name:value` several times, which is one string to YAML although each stands on a line of its own.
fn all_joined(place: &Path, schema: &Schema, text: &str) -> Option<Hint> {
    const MAX_BYTES: usize = 1_024;
    let mut parts = Some(text).filter(|text| text.len() <= MAX_BYTES)?.split_whitespace().peekable();
    let (first, _) = parts.peek()?.split_once(':')?;
    let fields: Option<Vec<_>> = parts.clone().map(|part| field_of(part, schema)).collect();
    let fields = fields.filter(|fields| fields.len() > 1)?;
    let object: Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let words = format!(
        "A space is missing after each colon: write `{}`, and the others like it.",
        shown(&parts.next()?.replacen(':', ": ", 1))
    );
    let fix = Fix::guess("Put a space after each colon", vec![Change::Set(place.clone(), object.into())]);
    (!first.is_empty()).then(|| Hint::new(words).with_fix(fix))
}

/// The name of what is meant, where a field around it is missing.
fn reference(place: &Path, schema: &Schema, text: &str) -> Option<Hint> {
    const FIELDS: [(&str, &str); 8] = [
        ("configMap", "name"),
        ("secret", "secretName"),
        ("persistentVolumeClaim", "claimName"),
        ("hostPath", "path"),
        ("configMapRef", "name"),
        ("secretRef", "name"),
        ("image", "reference"),
        ("fieldRef", "fieldPath"),
    ];
    let Some(Segment::Field(name)) = place.last() else { return None };
    let (_, field) = FIELDS.iter().find(|(owner, field)| owner == name && schema.field(field).is_some())?;
    let fix = Fix::guess(format!("Write {field}: {}", shown(text)), vec![Change::Set(place.clone(), json!({*field: text}))]);
    let words = format!("Fields belong here: write `{field}: {}` on the next line, indented by two.", shown(text));
    Some(Hint::new(words).with_fix((!text.is_empty()).then_some(fix)))
}

/// Which fields belong in an object.
fn fields(schema: &Schema) -> Hint {
    let names = schema.fields().iter().map(|(name, _)| *name);
    Hint::new(match names.len() {
        0 => "Keys belong here, each on its own line: write `key: value` below, indented by two.".to_owned(),
        1..=8 => format!("Fields belong here, each on its own line and indented by two: {}.", listed(names, "or")),
        _ => "Fields belong here, each on its own line: write them below, indented by two.".to_owned(),
    })
}

/// The field and its value in `name:value`, if an object of this type has such a field.
fn field_of<'a>(text: &'a str, schema: &Schema) -> Option<(&'a str, Value)> {
    let (name, value) = text.split_once(':')?;
    let field = schema.field(name)?;
    Some((name, scalar(value, field)?))
}

/// What to do about a value that is out of its bounds, or does not go with another one.
pub(super) fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    if finding.message.ends_with(NO_MATCH) {
        return Some(no_match(finding, context));
    }
    if finding.message.ends_with("must be a number between 0 and 0777 (octal), both inclusive") {
        return Some(mode(finding, context));
    }
    reason::words(&finding.message).map(Hint::new)
}

/// A mode above the largest one, of which the digits may be meant as octal.
fn mode(finding: &Finding, context: &Context<'_>) -> Hint {
    let digits = context.value(&finding.place).and_then(Value::as_u64).map(|mode| mode.to_string()).unwrap_or_default();
    match u16::from_str_radix(&digits, 8).ok().filter(|_| digits.len() == 3) {
        Some(mode) => {
            let words =
                format!("`{digits}` is read as a decimal number, and modes are octal: write `0{digits}`, or `{mode}` in JSON.");
            let changes = vec![Change::Set(finding.place.clone(), mode.into())];
            Hint::new(words).with_fix(Fix::safe(format!("Write {mode}, which is 0{digits}"), changes))
        }
        None => Hint::new("Modes are octal and begin with a zero: `0644`, which is 420 in JSON."),
    }
}

/// Labels of the template that the selector does not match.
fn no_match(finding: &Finding, context: &Context<'_>) -> Hint {
    if let Some(cause) = &finding.caused_by {
        return Hint::new(format!("This only follows: it is settled once `{}` is right and matches.", shown(cause)));
    }
    let words = "A workload finds its Pods by their labels: those of the `template` must have all that stand in the `selector`.";
    Hint::new(words).with_fix(with_labels(context))
}

/// The fix that adds the labels of the selector to the template.
fn with_labels(context: &Context<'_>) -> Option<Fix> {
    const MAX_LABELS: usize = 16;
    let selector = context.value(&Path::root().entry("spec").entry("selector"))?.as_object()?;
    let selected = selector.get("matchLabels")?.as_object()?;
    if selector.len() > 1 || selected.is_empty() || selected.len() > MAX_LABELS {
        return None;
    }
    let labels = context.pod_spec().parent()?.entry("metadata").entry("labels");
    let missing = selected.iter().filter(|(key, value)| context.value(&labels.entry(key.as_str())) != Some(value));
    let changes: Vec<_> = missing.map(|(key, value)| Change::Set(labels.entry(key), value.clone())).collect();
    (!changes.is_empty()).then(|| Fix::guess("Give the template the labels of the selector", changes))
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
    fn a_mode_is_octal() {
        let volume = |mode: u64| {
            pod(json!({"containers": [{"name": "c", "image": "i"}],
                "volumes": [{"name": "v", "configMap": {"name": "m", "defaultMode": mode}}]}))
        };
        assert_eq!(
            hints(&volume(755)),
            [
                "`755` is read as a decimal number, and modes are octal: write `0755`, or `493` in JSON. [Write 493, which is 0755]"
            ]
        );
        assert_eq!(judge(&fixed(&volume(755))).findings, []);
        for mode in [999, 1000, 780] {
            assert_eq!(hints(&volume(mode)), ["Modes are octal and begin with a zero: `0644`, which is 420 in JSON."]);
        }
    }

    #[test]
    fn values_are_put_into_the_field_that_they_are_meant_for() {
        let document = with_container(json!({
            "lifecycle": {"preStop": ["sleep", "3"]}, "livenessProbe": {"exec": "cat /tmp/x"}, "readinessProbe": {"tcpSocket": 80},
            "securityContext": {"capabilities": ["NET_ADMIN"], "runAsUser": "root"},
            "env": [{"name": "A", "valueFrom": {"fieldRef": "status.podIP"}}],
        }));
        insta::assert_snapshot!(hints(&document).join("\n"), @r#"
        `preStop` has fields: write `exec: {command: ["sleep","3"]}` in it. [Write exec: {command: ["sleep","3"]}]
        `exec` has fields: write `command: ["cat","/tmp/x"]` in it. [Write command: ["cat","/tmp/x"]]
        `tcpSocket` has fields: write `port: 80` in it. [Write port: 80]
        `capabilities` has fields: write `add: ["NET_ADMIN"]` in it. [Write add: ["NET_ADMIN"]]
        Users and groups have numbers here: that of `root` is 0, for example.
        Fields belong here: write `fieldPath: status.podIP` on the next line, indented by two. [Write fieldPath: status.podIP]
        "#);
        let probe = fixed(&with_container(json!({"livenessProbe": {"exec": "cat /tmp/x"}})));
        assert_eq!(probe["spec"]["containers"][0]["livenessProbe"], json!({"exec": {"command": ["cat", "/tmp/x"]}}));
        for value in [json!(true), json!([]), json!("")] {
            let volume = pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": [{"name": "v", "emptyDir": value}]}));
            assert_eq!(fixed(&volume)["spec"]["volumes"], json!([{"name": "v", "emptyDir": {}}]));
        }
    }

    #[test]
    fn a_text_is_read_as_what_it_was_meant_for() {
        let document =
            with_container(json!({"volumeMounts": "- name: v\n  mountPath: /v\n", "securityContext": "runAsUser: 1\n",
            "command": ["sh", "-c", {"echo state": "ok > /v/s"}], "args": [{"echo \"a": "b\""}, {"done": null}]}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        A `|` before these lines makes one text of them: remove it. [Read what the text says]
        A `|` before these lines makes one text of them: remove it. [Read what the text says]
        The `: ` in this item makes a field and its value of it: put the whole item in quotes. [Put the item in quotes]
        The `: ` in this item makes a field and its value of it: put the whole item in quotes. [Put the item in quotes]
        The `: ` in this item makes a field and its value of it: put the whole item in quotes. [Put the item in quotes]
        ");
        let item = |item| fixed(&with_container(json!({"args": [item]})))["spec"]["containers"][0]["args"][0].clone();
        assert_eq!(item(json!({"echo \"a": "b\""})), "echo \"a: b\"");
        assert_eq!(item(json!({"done": null})), "done:");
        let mounts = fixed(&with_container(json!({"volumeMounts": "- name: v\n  mountPath: /v\n"})));
        assert_eq!(mounts["spec"]["containers"][0]["volumeMounts"], json!([{"name": "v", "mountPath": "/v"}]));
        let others = with_container(json!({"args": [{"a": "b", "c": "d"}, {"a": {}}], "volumeMounts": "a\nb"}));
        assert!(!hints(&others).iter().any(|hint| hint.contains("quotes") || hint.contains("makes one text")));
    }

    #[test]
    fn fields_without_spaces_are_taken_apart() {
        let mount = |text: &str| with_container(json!({"volumeMounts": [text]}));
        assert_eq!(
            hints(&mount("name:v mountPath:/v"))[0],
            "A space is missing after each colon: write `name: v`, and the others like it. [Put a space after each colon]"
        );
        let of = |text: &str| fixed(&mount(text))["spec"]["containers"][0]["volumeMounts"][0].clone();
        assert_eq!(of("name:v mountPath:/v readOnly:true"), json!({"name": "v", "mountPath": "/v", "readOnly": true}));
        assert_eq!(of("v:/html:ro"), json!({"name": "v", "mountPath": "/html", "readOnly": true}));
        assert_eq!(of("v:/html"), json!({"name": "v", "mountPath": "/html"}));
        assert_eq!(judge(&mount("./v:/html")).findings[0].fix, None);
        let volume = pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": ["v"]}));
        assert_eq!(fixed(&volume)["spec"]["volumes"], json!([{"name": "v", "emptyDir": {}}]));
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
        insta::assert_snapshot!(told.join("\n"), @r"
        Say which port the container listens at: `containerPort: 80`, for example.
        Ports have the numbers 1 to 65535.
        ");
    }
}
