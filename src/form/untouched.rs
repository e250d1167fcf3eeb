//! Which fields nobody has come to yet. What is missing there is something to do, and no mistake.

use serde_json::{Map, Value};

use crate::document::{Document, Path, Segment, is_given_name};

/// True of a field that is empty in an object in which nobody has filled in anything: what an edit has just added, or a document
/// at its beginning. A form that was sent does not tell who was where; what was filled in is all that can be known.
#[must_use]
pub fn is_untouched(document: &Document, field: &Path) -> bool {
    let (Some(parent), Some(Segment::Field(name))) = (field.parent(), field.last()) else { return false };
    if !document.get(field).is_none_or(is_blank) {
        return false;
    }
    match document.get(&parent) {
        None | Some(Value::Null) => true,
        Some(Value::Object(siblings)) => are_untouched(siblings, name.as_str(), &parent),
        Some(_) => false,
    }
}

/// True if the `siblings` of the field `name` in the object at `parent` are empty, or were given by the page itself.
fn are_untouched(siblings: &Map<String, Value>, name: &str, parent: &Path) -> bool {
    let list = parent.parent();
    let list = list.as_ref().and_then(Path::last);
    let is_container = matches!(list, Some(Segment::Field(list)) if ["containers", "initContainers"].contains(&list.as_str()));
    let is_given = |key: &str, value: &Value| {
        let text = value.as_str().unwrap_or_default();
        is_container && (key == "name" && is_given_name(text) || key == "restartPolicy" && text == "Always")
    };
    siblings.iter().all(|(key, value)| key == name || is_blank(value) || is_given(key, value))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn untouched(container: Value, field: &str) -> bool {
        let document = Document::try_from(json!({"kind": "Pod", "spec": {"containers": [container]}})).unwrap();
        is_untouched(&document, &field.parse().unwrap())
    }

    #[test]
    fn a_container_that_was_just_added_waits_for_its_image() {
        assert!(untouched(json!({"name": "app"}), "spec.containers[0].image"));
        assert!(untouched(json!({"name": "app-2", "image": ""}), "spec.containers[0].image"));
        assert!(!untouched(json!({"name": "web"}), "spec.containers[0].image"));
        assert!(!untouched(json!({"name": "app", "command": ["sh"]}), "spec.containers[0].image"));
        assert!(!untouched(json!({"name": "app", "image": "a b"}), "spec.containers[0].image"));
    }

    #[test]
    fn a_variable_waits_for_its_name_until_it_has_a_value() {
        let container = |variable: Value| json!({"name": "web", "image": "nginx", "env": [variable]});
        assert!(untouched(container(json!({"name": ""})), "spec.containers[0].env[0].name"));
        assert!(!untouched(container(json!({"name": "", "value": "x"})), "spec.containers[0].env[0].name"));
        let source = json!({"name": "X", "valueFrom": {"secretKeyRef": {"name": "", "key": ""}}});
        assert!(untouched(container(source), "spec.containers[0].env[0].valueFrom.secretKeyRef.key"));
    }

    #[test]
    fn a_document_at_its_beginning_waits_for_everything() {
        let document = Document::try_from(json!({"kind": "Pod", "metadata": {}, "spec": {"containers": []}})).unwrap();
        for field in ["metadata.name", "spec.containers"] {
            assert!(is_untouched(&document, &field.parse().unwrap()), "{field}");
        }
    }
}
