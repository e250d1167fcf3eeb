//! What the keys of an object mean, and which of its entries stay.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{align, place};
use crate::order::Order;
use crate::yaml::key;
use crate::yaml::node::{Entry, Node, NodeKind, ScalarStyle};
use crate::yaml::resolve::{self, Meaning};

/// How many items are looked at to find out whether a list holds what another one held.
const MAX_ITEMS_COMPARED: usize = 10;

/// What becomes of an entry of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fate<'a> {
    /// It stays, and its value becomes this one.
    Stays { name: &'a str, value: &'a Value },
    /// It stays under another name, and its value goes from the first to the second.
    IsRenamed { name: &'a str, values: (&'a Value, &'a Value) },
    /// It merges entries of other objects into this one, and goes on doing so.
    Merges,
    /// Another entry with the same key stands behind it and counts.
    IsHidden,
    /// It goes.
    Goes,
}

/// What becomes of the entries of an object, and what is added to it.
pub(super) struct Plan<'a> {
    /// For each entry of the text.
    pub(super) fates: Vec<Fate<'a>>,
    /// New entries, in the order in which people write them; with the index of the entry that they stand before.
    pub(super) added: Vec<(usize, &'a str, &'a Value)>,
}

/// The field that the key `node` names; none if it is not a plain name.
pub(super) fn name(node: &Node) -> Option<Cow<'_, str>> {
    let NodeKind::Scalar { style, text } = &node.kind else { return None };
    let is_text = *style != ScalarStyle::Plain || resolve::plain(text) == Meaning::Text;
    if is_text && node.tag().is_none() {
        return Some(text.into());
    }
    key::of_scalar(text.clone(), *style, node.tag()).ok().map(|key| key.text.into())
}

/// True of the key that merges other objects into the one that it stands in.
pub(super) fn is_merge(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar { style, text } if resolve::is_merge_key(text, *style, node.tag()))
}

/// What merge keys will bring into an object, by the names of the entries.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    pub(super) entries: HashMap<Cow<'a, str>, Brought<'a>>,
    /// True if what they bring goes.
    pub(super) is_lost: bool,
}

/// The value of an entry that a merge key brings.
#[derive(Clone, Copy, Debug)]
pub(super) enum Brought<'a> {
    /// That which it had.
    AsBefore,
    Changed(&'a Value),
}

/// What becomes of `entries`, which mean `old`, so that they mean `new`. Merge keys go, and what they brought is written out,
/// if something that they bring is not to be there; what they bring with another value is overridden.
///
/// None if a key is more than a name.
pub(super) fn plan<'a>(
    entries: &'a [Entry],
    (old, new): (&'a Map<String, Value>, &'a Map<String, Value>),
    order: &Order,
    merged: &Merged<'a>,
) -> Option<Plan<'a>> {
    let names = names(entries)?;
    let own: HashSet<&str> = names.iter().flatten().map(AsRef::as_ref).collect();
    let has_merges = names.iter().any(Option::is_none);
    let writes_out = has_merges && (merged.is_lost || merged.entries.keys().any(|name| !new.contains_key(name.as_ref())));
    let is_brought = |name: &str| match merged.entries.get(name) {
        _ if writes_out => false,
        Some(Brought::AsBefore) => old.get(name) == new.get(name),
        Some(Brought::Changed(value)) => Some(*value) == new.get(name),
        None => false,
    };
    let is_added = |name: &&str| !own.contains(name) && !is_brought(name);
    let mut added: Vec<&str> = new.keys().map(String::as_str).filter(is_added).collect();
    let mut fates = fates(&names, new, writes_out);
    rename(&mut fates, &names, (old, new), &mut added);
    let added = put_in_place(&fates, new, order, &added);
    Some(Plan { fates, added })
}

/// The names of `entries`; merge keys have none. None at all if a key is more than a name.
fn names(entries: &[Entry]) -> Option<Vec<Option<Cow<'_, str>>>> {
    entries.iter().map(|entry| if is_merge(&entry.key) { Some(None) } else { name(&entry.key).map(Some) }).collect()
}

fn fates<'a>(names: &[Option<Cow<'a, str>>], new: &'a Map<String, Value>, writes_out: bool) -> Vec<Fate<'a>> {
    let mut seen = HashSet::new();
    let fate = |name: &Option<Cow<'a, str>>| match name {
        None if writes_out => Fate::Goes,
        None => Fate::Merges,
        Some(name) => match new.get_key_value(name.as_ref()) {
            None => Fate::Goes,
            Some((name, _)) if !seen.insert(name) => Fate::IsHidden,
            Some((name, value)) => Fate::Stays { name, value },
        },
    };
    let mut fates: Vec<_> = names.iter().rev().map(fate).collect();
    fates.reverse();
    fates
}

/// Gives an entry that goes the name of one that is `added` with the same value in its place, or of the only one that is added
/// if it holds what this one held.
fn rename<'a>(
    fates: &mut [Fate<'a>],
    names: &[Option<Cow<'a, str>>],
    (old, new): (&'a Map<String, Value>, &'a Map<String, Value>),
    added: &mut Vec<&'a str>,
) {
    if added.is_empty() || !fates.contains(&Fate::Goes) {
        return;
    }
    let is_added: HashSet<&str> = added.iter().copied().collect();
    let in_place = old.iter().zip(new).filter(|((_, before), (_, value))| old.len() == new.len() && before == value);
    let mut successors: HashMap<&str, (&'a str, &'a Value)> = in_place
        .filter(|(_, (name, _))| is_added.contains(name.as_str()))
        .map(|((before, _), (name, value))| (before.as_str(), (name.as_str(), value)))
        .collect();
    let mut gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    if let ([name], Some((before, value)), None) = (added.as_slice(), gone.next(), gone.next())
        && let Some((name, after)) = new.get_key_value(*name)
        && holds_the_same(value, after)
    {
        successors.insert(before, (name, after));
    }
    let mut done = HashSet::new();
    for (fate, name) in fates.iter_mut().zip(names) {
        let successor = name.as_ref().and_then(|name| old.get_key_value(name.as_ref()).zip(successors.get(name.as_ref())));
        if let (Fate::Goes, Some(((_, before), (name, value)))) = (&fate, successor) {
            *fate = Fate::IsRenamed { name, values: (before, value) };
            done.insert(*name);
        }
    }
    added.retain(|name| !done.contains(name));
}

/// True of lists of which one holds nearly the first item of the other.
fn holds_the_same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => {
            let is_held = |item: &Value| new.iter().take(MAX_ITEMS_COMPARED).any(|other| align::is_similar(item, other));
            old.first().is_some_and(is_held)
        }
        _ => false,
    }
}

/// The `added` entries with the indices of the entries that they stand before. None stands before a merge key, which would
/// override it.
fn put_in_place<'a>(
    fates: &[Fate<'a>],
    new: &'a Map<String, Value>,
    order: &Order,
    added: &[&'a str],
) -> Vec<(usize, &'a str, &'a Value)> {
    if added.is_empty() {
        return Vec::new();
    }
    let arranged = order.entries(new);
    let ranks: HashMap<&str, usize> = arranged.iter().enumerate().map(|(rank, (name, _))| (*name, rank)).collect();
    let rank = |name: &str| ranks.get(name).copied();
    let kept: Vec<(usize, usize)> = fates
        .iter()
        .enumerate()
        .filter_map(|(index, fate)| match fate {
            Fate::Stays { name, .. } | Fate::IsRenamed { name, .. } => Some((index, rank(name)?)),
            _ => None,
        })
        .collect();
    let is_added: HashSet<&str> = added.iter().copied().collect();
    let added: Vec<_> = arranged.into_iter().filter(|(name, _)| is_added.contains(name)).collect();
    let kept_ranks: Vec<usize> = kept.iter().map(|(_, rank)| *rank).collect();
    let added_ranks: Vec<usize> = added.iter().filter_map(|(name, _)| rank(name)).collect();
    let behind_merges = fates.iter().rposition(|fate| *fate == Fate::Merges).map_or(0, |index| index + 1);
    let index = |place: usize| match place.checked_sub(1) {
        Some(before) => kept[before].0 + 1,
        None => kept.first().map_or(0, |(first, _)| *first),
    };
    let places = place::places(&kept_ranks, &added_ranks).into_iter().map(|place| index(place).max(behind_merges));
    let mut added: Vec<_> = places.zip(added).map(|(index, (name, value))| (index, name, value)).collect();
    added.sort_by_key(|(index, _, _)| *index);
    added
}
