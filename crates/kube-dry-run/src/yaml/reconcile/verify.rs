//! Whether a text means what it is to mean.

use serde_json::{Map, Value};

use crate::path::Path;

/// True if Kubernetes takes both values for the same: a number has many spellings, and the entries of an object no order.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => has_same_names(one, other) && unequal_entry(one, other).is_none(),
        _ => one == other,
    }
}

/// The innermost value in which all differences between both values lie.
pub(super) fn difference(one: &Value, other: &Value) -> Path {
    let mut path = Path::root();
    let (mut one, mut other) = (one, other);
    while let Some((step, inner)) = only_difference(&path, one, other) {
        path = step;
        (one, other) = inner;
    }
    path
}

type Pair<'v> = (&'v Value, &'v Value);

/// The part in which both values differ, if they do so in one part only.
fn only_difference<'v>(path: &Path, one: &'v Value, other: &'v Value) -> Option<(Path, Pair<'v>)> {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut unequal = one.iter().zip(other).enumerate().filter(|(_, (one, other))| !is_same(one, other));
            let (index, pair) = unequal.next()?;
            unequal.next().is_none().then(|| (path.index(index), pair))
        }
        (Value::Object(one), Value::Object(other)) if has_same_names(one, other) => {
            let mut unequal = one.iter().filter_map(|(name, value)| other.get(name).map(|other| (name, (value, other))));
            let mut unequal = unequal.by_ref().filter(|(_, (one, other))| !is_same(one, other));
            let (name, pair) = unequal.next()?;
            unequal.next().is_none().then(|| (path.entry(name), pair))
        }
        _ => None,
    }
}

fn has_same_names(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.len() == other.len() && one.keys().all(|name| other.contains_key(name))
}

fn unequal_entry<'v>(one: &'v Map<String, Value>, other: &Map<String, Value>) -> Option<&'v String> {
    one.iter().find(|(name, value)| !other.get(*name).is_some_and(|other| is_same(value, other))).map(|(name, _)| name)
}

/// How many objects and lists stand inside each other in `value`.
pub(super) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_have_many_spellings() {
        assert!(is_same(&json!([1, {"a": 2.0}]), &json!([1.0, {"a": 2}])));
        assert!(!is_same(&json!(u64::MAX), &json!(u64::MAX - 1)));
        assert!(!is_same(&json!({"a": 1}), &json!({"b": 1})));
        assert!(!is_same(&json!("1"), &json!(1)));
    }

    #[test]
    fn differences_have_a_common_place() {
        for (one, other, place) in [
            (json!({"a": [1, {"b": 2, "c": 3}]}), json!({"a": [1, {"b": 2, "c": 4}]}), "a[1].c"),
            (json!({"a": [1, {"b": 2, "c": 3}]}), json!({"a": [1, {"b": 1, "c": 4}]}), "a[1]"),
            (json!({"a": [1]}), json!({"a": [1, 2]}), "a"),
            (json!({"a": {"b": 1}}), json!({"a": {"c": 1}}), "a"),
            (json!(1), json!(2), ""),
            (json!([1, 2]), json!([1, 2]), ""),
        ] {
            assert_eq!(difference(&one, &other).to_string(), place);
        }
    }
}
