//! Which item of a list became which.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde_json::Value;

/// How many pairs of items are compared to find the longest common sequence; of longer lists, common items are found in one
/// pass, which may leave some out.
const MAX_COMPARISONS: usize = 10_000;

/// The fields that tell an item from its neighbours, the stronger ones first.
const NAMES: [&str; 5] = ["mountPath", "name", "key", "containerPort", "ip"];

/// The items of `old` that are still there in `new`, changed or not, with where they are; in the order of both lists. What has
/// moved past others is not among them.
pub(super) fn pairs(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(old.len().min(new.len()));
    between(old, new, (0, 0), &mut pairs, &[unchanged, same_name, same_place]);
    pairs
}

/// A way to find pairs in a part of both lists.
type Rule = fn(&[Value], &[Value]) -> Vec<(usize, usize)>;

/// Finds pairs with the first of the `rules`, and between those with the others. The lists begin at `origin` in the whole ones.
fn between(old: &[Value], new: &[Value], origin: (usize, usize), pairs: &mut Vec<(usize, usize)>, rules: &[Rule]) {
    let Some((rule, rest)) = rules.split_first() else { return };
    if old.is_empty() || new.is_empty() {
        return;
    }
    let (mut from, end) = ((0, 0), (old.len(), new.len()));
    for (i, j) in rule(old, new).into_iter().map(Some).chain([None]).map(|pair| pair.unwrap_or(end)) {
        between(&old[from.0..i], &new[from.1..j], (origin.0 + from.0, origin.1 + from.1), pairs, rest);
        if (i, j) != end {
            pairs.push((origin.0 + i, origin.1 + j));
        }
        from = (i + 1, j + 1);
    }
}

fn unchanged(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    common(old, new, |item| Some(item))
}

fn same_name(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    common(old, new, name)
}

/// Pairs what stands at the same place, if both lists have as many items there, or if the items resemble each other.
fn same_place(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let is_certain = old.len() == new.len();
    let pairs = (0..old.len().min(new.len())).map(|index| (index, index));
    let is_pair = |old: &Value, new: &Value| is_certain || is_similar(old, new) || is_word_of(new, old);
    pairs.filter(|(i, j)| is_same_type(&old[*i], &new[*j]) && is_pair(&old[*i], &new[*j])).collect()
}

fn is_same_type(old: &Value, new: &Value) -> bool {
    old.is_object() == new.is_object() && old.is_array() == new.is_array()
}

/// True of objects that have at least half of their entries in common.
pub(super) fn is_similar(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let common = old.iter().filter(|(key, value)| new.get(*key) == Some(value)).count();
            2 * common >= old.len().max(new.len())
        }
        _ => false,
    }
}

/// True if `item` is one of the words of `line`, which may have become an item each.
fn is_word_of(item: &Value, line: &Value) -> bool {
    item.as_str().zip(line.as_str()).is_some_and(|(item, line)| line.split_whitespace().any(|word| word == item))
}

/// What an item is called among its neighbours.
pub(super) fn name(item: &Value) -> Option<&Value> {
    let object = item.as_object()?;
    NAMES.iter().find_map(|name| object.get(*name)).filter(|value| !value.is_null())
}

/// The longest common sequence of both lists, or a shorter one of very long lists, by what `identity` makes of the items; those
/// without one have nothing in common.
fn common(old: &[Value], new: &[Value], identity: impl Fn(&Value) -> Option<&Value>) -> Vec<(usize, usize)> {
    let is_common = |i: usize, j: usize| identity(&old[i]).is_some_and(|known| identity(&new[j]) == Some(known));
    let shorter = old.len().min(new.len());
    let prefix = (0..shorter).take_while(|index| is_common(*index, *index)).count();
    let from_end = |index: usize| (old.len() - 1 - index, new.len() - 1 - index);
    let suffix = (0..shorter - prefix).map(from_end).take_while(|(i, j)| is_common(*i, *j)).count();

    let mut pairs: Vec<_> = (0..prefix).map(|index| (index, index)).collect();
    let (rows, columns) = (prefix..old.len() - suffix, prefix..new.len() - suffix);
    if !rows.is_empty() && !columns.is_empty() {
        let digest = |item: &Value| identity(item).map(digest);
        let (old, new): (Vec<_>, Vec<_>) = (old[rows].iter().map(digest).collect(), new[columns].iter().map(digest).collect());
        let is_short = old.len() * new.len() <= MAX_COMPARISONS;
        let middle = if is_short { longest(&old, &new) } else { first_come(&old, &new) };
        pairs.extend(middle.into_iter().map(|(i, j)| (prefix + i, prefix + j)));
    }
    pairs.extend((0..suffix).rev().map(from_end));
    pairs
}

/// Stands for an item where many are compared. Two items with the same one are most certainly equal, and if not, are treated
/// as one that has changed.
type Digest = Option<u64>;

pub(super) fn digest(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The longest sequence of pairs of equal items, both ascending.
fn longest(old: &[Digest], new: &[Digest]) -> Vec<(usize, usize)> {
    let is_common = |i: usize, j: usize| old[i].is_some() && old[i] == new[j];
    let mut lengths = vec![0_u32; (old.len() + 1) * (new.len() + 1)];
    let at = |i: usize, j: usize| i * (new.len() + 1) + j;
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[at(i, j)] =
                if is_common(i, j) { lengths[at(i + 1, j + 1)] + 1 } else { lengths[at(i + 1, j)].max(lengths[at(i, j + 1)]) };
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < old.len() && j < new.len() {
        if is_common(i, j) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[at(i + 1, j)] >= lengths[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Pairs each new item with the first equal one that stands behind the pair before.
fn first_come(old: &[Digest], new: &[Digest]) -> Vec<(usize, usize)> {
    let mut places: HashMap<Digest, Vec<usize>> = HashMap::with_capacity(old.len());
    for (i, item) in old.iter().enumerate().rev() {
        places.entry(*item).or_default().push(i);
    }
    let (mut pairs, mut next) = (Vec::new(), 0);
    for (j, item) in new.iter().enumerate().filter(|(_, item)| item.is_some()) {
        let Some(rest) = places.get_mut(item) else { continue };
        while let Some(i) = rest.pop() {
            if i >= next {
                pairs.push((i, j));
                next = i + 1;
                break;
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paired(old: &Value, new: &Value) -> Vec<(usize, usize)> {
        pairs(old.as_array().unwrap(), new.as_array().unwrap())
    }

    #[test]
    fn what_stays_is_found() {
        for (old, new, expected) in [
            (json!([1, 2, 3]), json!([1, 3]), vec![(0, 0), (2, 1)]),
            (json!([1, 2]), json!([0, 1, 5, 2, 6]), vec![(0, 1), (1, 3)]),
            (json!([1, 2]), json!([1, 3]), vec![(0, 0), (1, 1)]),
            (json!([1, {"a": 1}]), json!([{"b": 1}, 1]), vec![(0, 1)]),
            (json!(["a", "b", "c"]), json!(["c", "a", "b"]), vec![(0, 1), (1, 2)]),
            (json!([]), json!([1]), vec![]),
            (json!(["sh", "sleep 5"]), json!(["sh", "sleep", "5"]), vec![(0, 0), (1, 1)]),
            (json!(["asleep"]), json!(["sleep", "5"]), vec![]),
        ] {
            assert_eq!(paired(&old, &new), expected, "{old} {new}");
        }
    }

    #[test]
    fn changed_items_are_known_by_their_names() {
        let old = json!([{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]);
        assert_eq!(paired(&old, &json!([{"name": "b", "image": "z"}])), [(1, 0)]);
        assert_eq!(paired(&old, &json!([{"name": "a", "image": "x"}, {"name": "c", "image": "y"}])), [(0, 0), (1, 1)]);
        assert_eq!(paired(&old, &json!([{"name": "new"}, {"name": "a"}, {"name": "b"}])), [(0, 1), (1, 2)]);
        let mounts = json!([{"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/b"}]);
        assert_eq!(paired(&mounts, &json!([{"name": "w", "mountPath": "/b"}])), [(1, 0)]);
    }

    #[test]
    fn long_lists_are_compared_in_one_pass() {
        let old: Vec<Value> = (0..20_000).map(|number| json!(number)).collect();
        let mut new: Vec<Value> = old.iter().skip(1).step_by(2).cloned().collect();
        new.push(json!(-1));
        let found = pairs(&old, &new);
        assert_eq!((found.len(), found[0], found[9_999]), (10_000, (1, 0), (19_999, 9_999)));
        let reversed: Vec<Value> = old.iter().rev().cloned().collect();
        assert!(!pairs(&old, &reversed).is_empty());
    }
}
