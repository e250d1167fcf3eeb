//! Changes of a document, as data: what a fix does.

use serde_json::{Map, Value};

use crate::path::{Path, Segment};

/// One change of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Puts a value at a path. Objects that are missing on the way are created; a list grows by one item at its end.
    Set(Path, Value),
    /// Takes away a field, a key of a map, or an item of a list.
    Remove(Path),
    /// Gives the field at a path another name; it keeps its place among its neighbours.
    Rename(Path, String),
    /// Takes the value at the first path away and puts it at the second.
    Move(Path, Path),
}

/// Why a change does not fit a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// There is nothing at that path.
    #[error("there is no {0} in this manifest")]
    Missing(Path),
    /// The way to that path leads through something that is neither an object nor a list with such an item.
    #[error("there is no place for {0} in this manifest")]
    NoPlace(Path),
    /// There is something at that path already.
    #[error("there is a {0} in this manifest already")]
    Occupied(Path),
}

impl Change {
    /// The field that is another one afterwards.
    #[must_use]
    pub fn place(&self) -> &Path {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Rename(path, _) | Self::Move(path, _) => path,
        }
    }

    /// Makes this change in `document`.
    ///
    /// # Errors
    /// Where the change does not fit `document`, which then stays as it was.
    pub fn apply(&self, document: &mut Value) -> Result<(), ChangeError> {
        match self {
            Self::Set(path, value) => set(document, path, value.clone()),
            Self::Remove(path) => take(document, path).map(|_| ()),
            Self::Rename(path, name) => rename(document, path, name),
            Self::Move(from, to) => relocate(document, from, to),
        }
    }

    /// True if nothing in `document` is of another type than what the change makes can stand in.
    pub(crate) fn has_place(&self, document: &Value) -> bool {
        match self {
            Self::Set(path, _) | Self::Move(_, path) => has_place(document, path),
            Self::Remove(_) | Self::Rename(..) => true,
        }
    }
}

fn set(document: &mut Value, path: &Path, value: Value) -> Result<(), ChangeError> {
    let no_place = || ChangeError::NoPlace(path.clone());
    if !has_place(document, path) {
        return Err(no_place());
    }
    let slot = path.segments().iter().try_fold(document, |around, segment| match segment {
        Segment::Field(name) | Segment::Key(name) => {
            if around.is_null() {
                *around = Value::Object(Map::new());
            }
            around.as_object_mut().map(|object| object.entry(name.as_str()).or_insert(Value::Null))
        }
        Segment::Index(index) => {
            if around.is_null() {
                *around = Value::Array(Vec::new());
            }
            let items = around.as_array_mut()?;
            if *index == items.len() {
                items.push(Value::Null);
            }
            items.get_mut(*index)
        }
    });
    *slot.ok_or_else(no_place)? = value;
    Ok(())
}

/// True if nothing on the way to `path` is of another type than the path wants.
fn has_place(document: &Value, path: &Path) -> bool {
    let mut around = Some(document).filter(|value| !value.is_null());
    for segment in path.segments() {
        around = match (around, segment) {
            (None, Segment::Index(index)) if *index > 0 => return false,
            (None, _) => None,
            (Some(Value::Object(object)), Segment::Field(name) | Segment::Key(name)) => object.get(name.as_str()),
            (Some(Value::Array(items)), Segment::Index(index)) if *index <= items.len() => items.get(*index),
            _ => return false,
        };
        around = around.filter(|value| !value.is_null());
    }
    true
}

fn take(document: &mut Value, path: &Path) -> Result<Value, ChangeError> {
    let missing = || ChangeError::Missing(path.clone());
    let (parent, last) = path.parent().zip(path.last()).ok_or_else(missing)?;
    match (parent.find_mut(document), last) {
        (Some(Value::Object(object)), Segment::Field(name) | Segment::Key(name)) => object.shift_remove(name.as_str()),
        (Some(Value::Array(items)), Segment::Index(index)) if *index < items.len() => Some(items.remove(*index)),
        _ => None,
    }
    .ok_or_else(missing)
}

fn rename(document: &mut Value, path: &Path, name: &str) -> Result<(), ChangeError> {
    let missing = || ChangeError::Missing(path.clone());
    let parent = path.parent().ok_or_else(missing)?;
    let Some(Segment::Field(old) | Segment::Key(old)) = path.last() else { return Err(missing()) };
    let object = parent.find_mut(document).and_then(Value::as_object_mut).ok_or_else(missing)?;
    if !object.contains_key(old.as_str()) {
        return Err(missing());
    }
    if old != name && object.contains_key(name) {
        return Err(ChangeError::Occupied(parent.entry(name)));
    }
    let renamed = |(key, value): (String, Value)| (if key == *old { name.to_owned() } else { key }, value);
    *object = std::mem::take(object).into_iter().map(renamed).collect();
    Ok(())
}

fn relocate(document: &mut Value, from: &Path, to: &Path) -> Result<(), ChangeError> {
    if to.find(document).is_some_and(|value| !value.is_null()) {
        return Err(ChangeError::Occupied(to.clone()));
    }
    let mut changed = document.clone();
    let value = take(&mut changed, from)?;
    set(&mut changed, to, value)?;
    *document = changed;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    fn changed(change: &Change, mut document: Value) -> Result<Value, ChangeError> {
        let before = document.clone();
        let result = change.apply(&mut document);
        assert!(result.is_ok() || document == before, "{change:?} failed halfway");
        result.map(|()| document)
    }

    #[test]
    fn a_value_is_set_and_what_is_missing_on_the_way_is_created() {
        for (at, before, after) in [
            ("a.b", json!({}), json!({"a": {"b": 1}})),
            ("a.b", json!({"a": null}), json!({"a": {"b": 1}})),
            ("a[0].b", json!({}), json!({"a": [{"b": 1}]})),
            ("a[1]", json!({"a": [0]}), json!({"a": [0, 1]})),
            ("a", json!({"a": {"b": 2}, "c": 3}), json!({"a": 1, "c": 3})),
        ] {
            assert_eq!(changed(&Change::Set(path(at), json!(1)), before), Ok(after), "{at}");
        }
        for (at, before) in
            [("a.b", json!({"a": "x"})), ("a[1]", json!({})), ("a[2]", json!({"a": [0]})), ("a[0]", json!({"a": {}}))]
        {
            assert_eq!(changed(&Change::Set(path(at), json!(1)), before), Err(ChangeError::NoPlace(path(at))), "{at}");
        }
    }

    #[test]
    fn a_field_or_an_item_is_removed() {
        let document = json!({"a": [0, 1], "metadata": {"labels": {"x/y": ""}}});
        let removed = |at: &str| changed(&Change::Remove(path(at)), document.clone());
        assert_eq!(removed("a[0]").unwrap()["a"], json!([1]));
        assert_eq!(removed("metadata.labels[x/y]").unwrap()["metadata"], json!({"labels": {}}));
        assert_eq!(removed("a[2]"), Err(ChangeError::Missing(path("a[2]"))));
        assert_eq!(removed(""), Err(ChangeError::Missing(path(""))));
    }

    #[test]
    fn a_renamed_field_keeps_its_place() {
        let document = json!({"a": {"x": 1, "imag": 2, "y": 3}});
        let renamed = changed(&Change::Rename(path("a.imag"), "image".to_owned()), document.clone()).unwrap();
        assert_eq!(renamed.to_string(), r#"{"a":{"x":1,"image":2,"y":3}}"#);
        let taken = changed(&Change::Rename(path("a.imag"), "y".to_owned()), document.clone());
        assert_eq!(taken, Err(ChangeError::Occupied(path("a.y"))));
        let missing = changed(&Change::Rename(path("a.z"), "y".to_owned()), document);
        assert_eq!(missing, Err(ChangeError::Missing(path("a.z"))));
    }

    #[test]
    fn a_value_moves_where_there_is_a_place_for_it() {
        let document = json!({"spec": {"containers": [{"name": "a"}], "volumeMounts": []}});
        let to = |target: &str| changed(&Change::Move(path("spec.volumeMounts"), path(target)), document.clone());
        assert_eq!(
            to("spec.containers[0].volumeMounts"),
            Ok(json!({"spec": {"containers": [{"name": "a", "volumeMounts": []}]}}))
        );
        assert_eq!(to("spec.containers"), Err(ChangeError::Occupied(path("spec.containers"))));
        assert_eq!(to("spec.containers[0].name.x"), Err(ChangeError::NoPlace(path("spec.containers[0].name.x"))));
    }
}
