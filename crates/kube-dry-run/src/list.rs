//! Lists of objects, which kubectl takes apart and sends item by item.
//!
//! Follows `unstructuredJSONScheme.decodeToList` of `k8s.io/apimachinery/pkg/apis/meta/v1/unstructured` and `FlattenListVisitor` of
//! `k8s.io/cli-runtime/pkg/resource` (v1.35).

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::path::Segment;
use crate::yaml::{self, Parsed, SyntaxError};

const ITEMS: &str = "items";

/// The longest `kind` and `apiVersion` of a list; each of its items may get them.
const MAX_NAME_LENGTH: usize = 512;

/// The objects of `text` that kubectl sends, one after the other: its documents, and in the place of a list its items. An item
/// without `kind` and `apiVersion` gets those that a list such as `PodList` has for its items.
///
/// A list whose `items` are no list of objects comes as it is, and so does one in which nothing but the list itself has a
/// mistake, such as a repeated field.
pub fn objects(text: &str) -> impl Iterator<Item = Result<Parsed, SyntaxError>> {
    yaml::documents(text).flat_map(|document| match document {
        Ok(parsed) => take_apart(parsed).into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    })
}

/// The items of `document` if it is a list, and the items of those that are lists behind them; else the document.
fn take_apart(document: Parsed) -> Vec<Parsed> {
    let mut objects = Vec::new();
    let mut open = VecDeque::from([document]);
    while let Some(document) = open.pop_front() {
        if is_list(&document.value) {
            open.extend(items(document));
        } else {
            objects.push(document);
        }
    }
    objects
}

fn is_list(document: &Value) -> bool {
    let of_objects = |items: &Value| match items {
        Value::Null => true,
        Value::Array(items) => items.iter().all(|item| item.is_object() || item.is_null()),
        _ => false,
    };
    let is_short = |field: &str| text(document, field).len() <= MAX_NAME_LENGTH;
    text(document, "kind").ends_with("List")
        && is_short("kind")
        && is_short("apiVersion")
        && document.get(ITEMS).is_some_and(of_objects)
}

/// The items of the list `document`. What is said of the list itself is said of its first item.
fn items(document: Parsed) -> Vec<Parsed> {
    let Parsed { mut value, positions, duplicates, further_duplicates, unread, origin } = document;
    let item_kind = text(&value, "kind").strip_suffix("List").unwrap_or_default().to_owned();
    let version = text(&value, "apiVersion").to_owned();
    let Some(Value::Array(values)) = value.get_mut(ITEMS).map(Value::take) else { return Vec::new() };
    let places = positions.into_items(ITEMS, values.len());
    let mut items: Vec<_> = values
        .into_iter()
        .zip(places)
        .map(|(value, positions)| {
            let value = with_kind(value, &item_kind, &version);
            Parsed { value, positions, duplicates: Vec::new(), further_duplicates: 0, unread: None, origin: origin.of_item() }
        })
        .collect();
    for mut duplicate in duplicates {
        let at = match duplicate.path.segments() {
            [Segment::Field(field), Segment::Index(index), rest @ ..] if field == ITEMS => Some((*index, rest.to_vec())),
            _ => None,
        };
        let (index, path) = at.unwrap_or_else(|| (0, duplicate.path.segments().to_vec()));
        duplicate.path = path.into();
        if let Some(item) = items.get_mut(index) {
            item.duplicates.push(duplicate);
        }
    }
    if let Some(item) = items.first_mut() {
        item.further_duplicates = further_duplicates;
        item.unread = unread;
    }
    items
}

/// The item `value`, of that kind and version if it says neither.
fn with_kind(value: Value, kind: &str, version: &str) -> Value {
    let mut value = if value.is_null() { Value::Object(Map::new()) } else { value };
    let is_silent = text(&value, "kind").is_empty() && text(&value, "apiVersion").is_empty();
    if let Some(object) = value.as_object_mut().filter(|_| is_silent && !kind.is_empty()) {
        object.insert("kind".to_owned(), kind.into());
        object.insert("apiVersion".to_owned(), version.into());
    }
    value
}

fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Vec<Parsed> {
        objects(text).map(Result::unwrap).collect()
    }

    fn values(text: &str) -> Vec<Value> {
        read(text).into_iter().map(|object| object.value).collect()
    }

    #[test]
    fn a_list_is_taken_item_by_item() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- {kind: a}\n- {kind: List, items: [{kind: b}]}\n- {kind: c}\n- null\n---\nd: e\n";
        let expected = [json!({"kind": "a"}), json!({"kind": "c"}), json!({}), json!({"kind": "b"}), json!({"d": "e"})];
        assert_eq!(values(text), expected);
        assert_eq!(values("kind: List\nitems: []\n"), Vec::<Value>::new());
        assert_eq!(values("kind: List\nitems:\n"), Vec::<Value>::new());
    }

    #[test]
    fn a_list_of_a_kind_tells_its_items_what_they_are() {
        let pod = json!({"metadata": {}, "kind": "Pod", "apiVersion": "v1"});
        assert_eq!(values("apiVersion: v1\nkind: PodList\nitems: [{metadata: {}}, {kind: Job}]"), [pod, json!({"kind": "Job"})]);
    }

    #[test]
    fn what_is_no_list_stays_whole() {
        for text in ["kind: List", "kind: List\nitems: 1", "kind: PodList\nitems: [1]", "kind: Pod\nitems: []", "items: []"] {
            assert_eq!(values(text).len(), 1, "{text}");
            assert_eq!(values(text), yaml::parse(text).unwrap().into_iter().map(|one| one.value).collect::<Vec<_>>());
        }
    }

    #[test]
    fn items_keep_their_places() {
        let text = "kind: List\nkind: List\nitems:\n- a: 1\n- spec:\n    b: 2\n    b: 3\n";
        let read = read(text);
        let key = |item: usize, field: &str| read[item].positions.key(&field.parse().unwrap());
        assert_eq!((key(0, "a").line, key(1, "spec.b").line, key(1, "").line), (4, 7, 5));
        assert_eq!(read[0].duplicates[0].path.to_string(), "kind");
        assert_eq!((read[1].duplicates[0].path.to_string().as_str(), read[1].duplicates[0].first.line), ("spec.b", 6));
        let through_alias = "a: &a [{b: 1}]\nkind: List\nitems: *a\n";
        assert_eq!(objects(through_alias).next().unwrap().unwrap().positions.key(&"b".parse().unwrap()).line, 3);
    }
}
