//! The edits that know only trees: put, take, swap.

use serde_json::{Map, Value};

use super::EditError;
use crate::document::{Path, Segment};

/// Fields that say nothing when they are empty, and go with the last thing in them.
const GO_WHEN_EMPTY: [&str; 12] = [
    "annotations",
    "args",
    "command",
    "env",
    "initContainers",
    "labels",
    "limits",
    "ports",
    "requests",
    "resources",
    "volumeMounts",
    "volumes",
];

/// Where an item moves in its list.
#[derive(Clone, Copy)]
pub(super) enum Direction {
    /// Towards the first item.
    Up,
    /// Towards the last item.
    Down,
}

/// Puts `value` at `path`; missing objects and lists on the way are created, a list grows by one item at the most. An error
/// leaves `root` as it was.
pub(super) fn set(root: &mut Value, path: &Path, value: Value) -> Result<(), EditError> {
    check_way(root, path)?;
    let place = path.segments().iter().fold(root, step);
    *place = value;
    Ok(())
}

/// Makes sure that everything on the way to `path` is of the right kind, or missing.
fn check_way(root: &Value, path: &Path) -> Result<(), EditError> {
    let mut here = root;
    for (count, segment) in path.segments().iter().enumerate() {
        let walked = || Path::from(path.segments()[..count].to_vec());
        here = match (segment, here) {
            (Segment::Field(name) | Segment::Key(name), Value::Object(object)) => {
                object.get(name.as_str()).unwrap_or(&Value::Null)
            }
            (Segment::Field(_) | Segment::Key(_) | Segment::Index(0), Value::Null) => &Value::Null,
            (Segment::Index(index), Value::Array(items)) if *index <= items.len() => items.get(*index).unwrap_or(&Value::Null),
            (Segment::Index(index), Value::Null | Value::Array(_)) => {
                let list = walked();
                return Err(EditError::BeyondEnd { length: length(root, &list), path: list, index: *index });
            }
            (Segment::Index(_), _) => return Err(EditError::NotAList(walked())),
            (Segment::Field(_) | Segment::Key(_), _) => return Err(EditError::NotAnObject(walked())),
        };
    }
    Ok(())
}

/// Goes one step down and creates what is missing; the way has been checked.
fn step<'a>(here: &'a mut Value, segment: &Segment) -> &'a mut Value {
    match segment {
        Segment::Field(name) | Segment::Key(name) => {
            if !here.is_object() {
                *here = Value::Object(Map::new());
            }
            &mut here[name.as_str()]
        }
        Segment::Index(index) => {
            if here.is_null() {
                *here = Value::Array(Vec::new());
            }
            if let Value::Array(items) = here
                && *index == items.len()
            {
                items.push(Value::Null);
            }
            &mut here[*index]
        }
    }
}

/// Takes the value at `path` away, and then whatever has become empty around it and says nothing when it is empty.
pub(super) fn take(root: &mut Value, path: &Path) -> Result<Value, EditError> {
    let missing = || EditError::Missing(path.clone());
    let (parent, last) = path.parent().zip(path.last()).ok_or_else(missing)?;
    let taken = match (parent.find_mut(root).ok_or_else(missing)?, last) {
        (Value::Object(object), Segment::Field(name) | Segment::Key(name)) => object.shift_remove(name.as_str()),
        (Value::Array(items), Segment::Index(index)) if *index < items.len() => Some(items.remove(*index)),
        _ => None,
    };
    let taken = taken.ok_or_else(missing)?;
    prune(root, &parent);
    Ok(taken)
}

/// Takes the object or list at `path` away if it is empty and says nothing then.
fn prune(root: &mut Value, path: &Path) {
    let Some(Segment::Field(name)) = path.last() else { return };
    let empty = path.find(root).is_some_and(|value| match value {
        Value::Object(object) => object.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    });
    if empty && GO_WHEN_EMPTY.contains(&name.as_str()) {
        // What is pruned was found a line above, so there is nothing to report.
        let _ = take(root, path);
    }
}

/// Puts `value` into the list at `path` before the item `index`; creates the list where there is none.
pub(super) fn insert(root: &mut Value, path: &Path, index: usize, value: Value) -> Result<(), EditError> {
    if path.find(root).is_none_or(Value::is_null) {
        set(root, path, Value::Array(Vec::new()))?;
    }
    let list = list_mut(root, path)?;
    let length = list.len();
    if index > length {
        return Err(EditError::BeyondEnd { path: path.clone(), length, index });
    }
    list.insert(index, value);
    Ok(())
}

/// Swaps an item with its neighbour and tells its new path; at the end of the list it stays where it is.
pub(super) fn shift(root: &mut Value, path: &Path, direction: Direction) -> Result<Path, EditError> {
    let (list_path, index) = item(path)?;
    let list = list_mut(root, &list_path)?;
    if index >= list.len() {
        return Err(EditError::Missing(path.clone()));
    }
    let target = match direction {
        Direction::Up => index.saturating_sub(1),
        Direction::Down => (index + 1).min(list.len() - 1),
    };
    list.swap(index, target);
    Ok(list_path.index(target))
}

/// The list that the item at `path` belongs to, and its index there.
pub(super) fn item(path: &Path) -> Result<(Path, usize), EditError> {
    match (path.parent(), path.last()) {
        (Some(list), Some(Segment::Index(index))) => Ok((list, *index)),
        _ => Err(EditError::Missing(path.clone())),
    }
}

/// How many items the list at `path` has; none where there is no list.
pub(super) fn length(root: &Value, path: &Path) -> usize {
    path.find(root).and_then(Value::as_array).map_or(0, Vec::len)
}

fn list_mut<'a>(root: &'a mut Value, path: &Path) -> Result<&'a mut Vec<Value>, EditError> {
    path.find_mut(root).and_then(Value::as_array_mut).ok_or_else(|| EditError::NotAList(path.clone()))
}
