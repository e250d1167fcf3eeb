//! What becomes of texts.

mod at_random;
mod edits;
mod hostile;
mod lines;
mod nasty;
mod parts;
mod random;
mod styles;

use serde_json::Value;

use super::{Reconciled, reconcile};
use crate::yaml::{documents, parse};

/// The first document of `text` after `edit`.
fn reconciled(text: &str, edit: impl Fn(&mut Value)) -> Reconciled {
    let document = documents(text).next().unwrap().unwrap();
    let mut new = document.value.clone();
    edit(&mut new);
    let reconciled = reconcile(text, &document, &new).unwrap();
    assert_eq!(parse(&reconciled.text).unwrap()[0].value, new, "{}", reconciled.text);
    reconciled
}

/// The text after `edit`, for which no block may be laid out anew.
fn edited(text: &str, edit: impl Fn(&mut Value)) -> String {
    let reconciled = reconciled(text, edit);
    assert_eq!(reconciled.anew.map(|path| path.to_string()), None, "{}", reconciled.text);
    reconciled.text
}

fn remove(object: &mut Value, name: &str) {
    object.as_object_mut().unwrap().shift_remove(name);
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().unwrap()
}
