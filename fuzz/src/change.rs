//! A text that follows its tree.

use kube_dry_run::yaml::{self, Parsed};
use serde_json::Value;

/// Makes every document of `text` mean what each of the others means, and what it means itself with a part less, twice or at
/// another place: the new text means that, and the other documents mean what they meant.
pub fn reconcile(text: &str) {
    let read: Vec<_> = yaml::documents(text).collect();
    for (index, document) in read.iter().enumerate() {
        let Ok(document) = document else { continue };
        let others = read.iter().take(MAX_DOCUMENTS).flatten().map(|other| other.value.clone());
        for new in others.chain(changes(&document.value)) {
            check_change(text, &read, index, document, &new);
        }
    }
}

/// How many documents of a text are tried as the meaning of each.
const MAX_DOCUMENTS: usize = 8;

/// How many parts of a document are changed.
const MAX_PARTS: usize = 16;

type Read = Vec<Result<Parsed, yaml::SyntaxError>>;

fn check_change(text: &str, read: &Read, index: usize, document: &Parsed, new: &Value) {
    let Ok(done) = yaml::reconcile(text, document, new) else {
        assert!(!new.is_object(), "nothing means {new}");
        return;
    };
    assert_eq!(&done.document.value, new);
    let again: Read = yaml::documents(&done.text).collect();
    assert_eq!(again.len(), read.len(), "{:?}", done.text);
    for (other, (before, after)) in read.iter().zip(&again).enumerate() {
        match (before, after) {
            (Ok(before), Ok(after)) => assert_eq!(&after.value, if other == index { new } else { &before.value }),
            _ => assert!(before.is_err() && after.is_err(), "{:?}", done.text),
        }
    }
}

/// What `value` is with one of its parts, or of theirs, less or twice, or with its parts the other way round.
fn changes(value: &Value) -> Vec<Value> {
    let mut changes = Vec::new();
    match value {
        Value::Object(map) => {
            for (name, part) in map.iter().take(MAX_PARTS) {
                let mut less = map.clone();
                less.shift_remove(name);
                changes.push(Value::Object(less));
                changes.extend(inner_changes(part).into_iter().map(|part| {
                    let mut map = map.clone();
                    map[name] = part;
                    Value::Object(map)
                }));
            }
        }
        Value::Array(items) => {
            changes.push(items.iter().rev().cloned().collect());
            for (index, part) in items.iter().enumerate().take(MAX_PARTS) {
                let (mut less, mut twice) = (items.clone(), items.clone());
                less.remove(index);
                twice.insert(index, part.clone());
                changes.extend([Value::Array(less), Value::Array(twice)]);
            }
        }
        scalar => changes.push(Value::String(format!("{scalar}\n"))),
    }
    changes
}

fn inner_changes(part: &Value) -> Vec<Value> {
    let mut inner = changes(part);
    inner.truncate(MAX_PARTS);
    inner
}
