//! Values where an object is wanted.

use serde_json::{Value, json};

use super::joined::joined;
use super::list;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::hint::Hint;
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::{listed, shown};

/// What to do about `value` where an object with the fields of `schema` is wanted.
pub(super) fn wanted(finding: &Finding, schema: &Schema, value: &Value) -> Hint {
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

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod, with_container};
    use serde_json::json;

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
}
