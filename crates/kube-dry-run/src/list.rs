//! Lists of objects, which kubectl takes apart and sends item by item.
//!
//! Follows `unstructuredJSONScheme.decodeToList` of `k8s.io/apimachinery/pkg/apis/meta/v1/unstructured` and `FlattenListVisitor` of
//! `k8s.io/cli-runtime/pkg/resource` (v1.35).

use std::collections::{HashMap, VecDeque};
use std::iter::Zip;
use std::sync::Arc;
use std::vec::IntoIter;

use serde_json::{Map, Value};

use crate::path::{Path, Segment};
use crate::yaml::{self, DuplicateKey, Origin, Parsed, Position, Positions, SyntaxError};

const ITEMS: &str = "items";

/// How long the kind and the version of a list may be, which each of its items gets: no server has a longer name for either.
const MAX_NAME: usize = 253;

/// The objects of `text` that kubectl sends, one after the other: its documents, and in the place of a list its items. An item
/// without `kind` and `apiVersion` gets those that a list such as `PodList` has for its items.
///
/// A list whose `items` are no list of objects comes as it is, and so does one in which nothing but the list itself has a
/// mistake, such as a repeated field.
pub fn objects(text: &str) -> impl Iterator<Item = Result<Parsed, SyntaxError>> {
    taken_apart(text, |_| None).map(|object| object.map(|object| object.parsed))
}

/// The objects of `text` as [`objects`] reads them, each with the list that it is an item of, so that the list can be changed.
pub fn objects_in_place(text: &str) -> impl Iterator<Item = Result<Object, SyntaxError>> {
    taken_apart(text, |list| Some(Arc::new(list.clone())))
}

/// An object of a text.
#[derive(Clone, Debug)]
pub struct Object {
    /// The object, with its places in the text.
    pub parsed: Parsed,
    /// The document that it is an item of, and where it stands there; none if it is a document of its own.
    pub list: Option<(Arc<Parsed>, Path)>,
}

/// The objects of `text`; `keep` is what is kept of a document that is a list.
fn taken_apart(text: &str, keep: impl Fn(&Parsed) -> Option<Arc<Parsed>>) -> impl Iterator<Item = Result<Object, SyntaxError>> {
    let mut documents = yaml::documents(text);
    let mut open: VecDeque<Items> = VecDeque::new();
    std::iter::from_fn(move || {
        loop {
            let next = match open.front_mut() {
                Some(items) => items.next().map(Ok),
                None => Some(documents.next()?.map(|parsed| Object { parsed, list: None })),
            };
            match next {
                None => _ = open.pop_front(),
                Some(Ok(Object { parsed, list })) if is_list(&parsed.value) => {
                    let list = list.or_else(|| Some((keep(&parsed)?, Path::root())));
                    open.push_back(Items::of(parsed, list));
                }
                other => return other,
            }
        }
    })
}

fn is_list(document: &Value) -> bool {
    let of_objects = |items: &Value| match items {
        Value::Null => true,
        Value::Array(items) => items.iter().all(|item| item.is_object() || item.is_null()),
        _ => false,
    };
    let is_name = |field: &str| text(document, field).len() <= MAX_NAME;
    let is_of_list = text(document, "kind").ends_with("List") && is_name("kind") && is_name("apiVersion");
    is_of_list && document.get(ITEMS).is_some_and(of_objects)
}

/// The items of a list that are still to come. What is said of the list itself is said of its first item.
struct Items {
    values: Zip<IntoIter<Value>, IntoIter<Positions>>,
    index: usize,
    /// What the items are that do not say so.
    kind: String,
    version: Option<Value>,
    duplicates: HashMap<usize, Vec<DuplicateKey>>,
    further_duplicates: usize,
    unread: Option<Position>,
    origin: Origin,
    /// The document in which the list stands, and where, if that is kept.
    list: Option<(Arc<Parsed>, Path)>,
}

impl Items {
    fn of(list: Parsed, place: Option<(Arc<Parsed>, Path)>) -> Self {
        let Parsed { mut value, positions, duplicates, further_duplicates, unread, origin } = list;
        let kind = text(&value, "kind").strip_suffix("List").unwrap_or_default().to_owned();
        let version = value.get("apiVersion").filter(|version| !version.is_array() && !version.is_object()).cloned();
        let values = match value.get_mut(ITEMS).map(Value::take) {
            Some(Value::Array(values)) => values,
            _ => Vec::new(),
        };
        let places = positions.into_items(ITEMS, values.len());
        Self {
            values: values.into_iter().zip(places),
            index: 0,
            kind,
            version,
            duplicates: by_item(duplicates),
            further_duplicates,
            unread,
            origin: origin.of_item(),
            list: place,
        }
    }

    /// The item `value`, of the list's kind and version if it says neither.
    fn with_kind(&self, value: Value) -> Value {
        let mut value = if value.is_null() { Value::Object(Map::new()) } else { value };
        let is_silent = text(&value, "kind").is_empty() && text(&value, "apiVersion").is_empty();
        if let Some(object) = value.as_object_mut().filter(|_| is_silent && !self.kind.is_empty()) {
            object.insert("kind".to_owned(), self.kind.as_str().into());
            object.extend(self.version.clone().map(|version| ("apiVersion".to_owned(), version)));
        }
        value
    }
}

impl Iterator for Items {
    type Item = Object;

    fn next(&mut self) -> Option<Object> {
        let (value, positions) = self.values.next()?;
        let parsed = Parsed {
            value: self.with_kind(value),
            positions,
            duplicates: self.duplicates.remove(&self.index).unwrap_or_default(),
            further_duplicates: std::mem::take(&mut self.further_duplicates),
            unread: self.unread.take(),
            origin: self.origin.clone(),
        };
        let list = self.list.as_ref().map(|(list, path)| (Arc::clone(list), path.entry(ITEMS).index(self.index)));
        self.index += 1;
        Some(Object { parsed, list })
    }
}

/// The repeated fields of a list by the item that they stand in, their paths from there.
fn by_item(duplicates: Vec<DuplicateKey>) -> HashMap<usize, Vec<DuplicateKey>> {
    let mut by_item: HashMap<_, Vec<_>> = HashMap::new();
    for duplicate in duplicates {
        let (index, path) = match duplicate.path.segments() {
            [Segment::Field(field), Segment::Index(index), rest @ ..] if field == ITEMS => (*index, rest.to_vec()),
            whole => (0, whole.to_vec()),
        };
        by_item.entry(index).or_default().push(DuplicateKey { path: path.into(), ..duplicate });
    }
    by_item
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

    #[test]
    fn items_know_their_list() {
        let text = "kind: List\nitems:\n- {kind: a}\n- {kind: List, items: [{kind: b}]}\n---\nkind: c\n";
        let objects: Vec<_> = objects_in_place(text).map(Result::unwrap).collect();
        let places: Vec<_> = objects.iter().map(|object| object.list.as_ref().map(|(_, path)| path.to_string())).collect();
        assert_eq!(places, [Some("items[0]".to_owned()), Some("items[1].items[0]".to_owned()), None]);
        for Object { parsed, list } in &objects {
            assert!(list.as_ref().is_none_or(|(list, path)| path.find(&list.value) == Some(&parsed.value)));
        }
    }

    #[test]
    fn names_that_no_server_has_are_not_passed_on() {
        let long = "x".repeat(1 << 20);
        for text in
            [format!("kind: {long}List\nitems: [{{}}, {{}}]\n"), format!("kind: PodList\napiVersion: {long}\nitems: [{{}}]\n")]
        {
            assert_eq!(values(&text).len(), 1);
        }
    }
}
