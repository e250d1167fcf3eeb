//! Values of which a sign of YAML made something else: a `|` a text of fields, a `: ` a field of a text.

use serde_json::Value;

use crate::change::Change;
use crate::finding::Fix;
use crate::hint::{Hint, neighbourhood};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::yaml::{self, Parsed};

/// A list or fields of which a `|` makes a text.
pub(super) fn block(place: &Path, schema: &Schema, value: &Value) -> Option<Hint> {
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
pub(super) fn with_colon(place: &Path, schema: &Schema, value: &Value) -> Option<Hint> {
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

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, with_container};
    use serde_json::json;

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
}
