//! Where the fields of a document stand in the text it was read from.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::without_quotes;
use crate::path::{Path, Segment};

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from one.
    pub line: usize,
    /// The column, counted in characters from one.
    pub column: usize,
}

/// The positions of all fields of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    root: Place,
}

/// A value of a text, from which one gets to those inside of it.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a>(&'a Place);

impl Located<'_> {
    /// The position of its key, or of the item if it is one of a list.
    #[must_use]
    pub fn key(self) -> Position {
        self.0.key
    }

    /// The entry `name` of an object, if the text itself has it.
    #[must_use]
    pub fn entry(self, name: &str) -> Option<Self> {
        self.0.entry(name).map(Self)
    }

    /// The item `index` of a list, if the text itself has it.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Self> {
        self.0.child(&Segment::Index(index)).map(Self)
    }
}

/// The position of one value and of what lies inside of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: Position,
    pub(super) value: Position,
    pub(super) inside: Inside,
}

/// The places inside of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Inside {
    #[default]
    Nothing,
    /// Of a number, a boolean or null without quotes: how it is written, unless JSON writes it so too.
    Unquoted(Option<Box<str>>),
    /// Sorted by name, each name once.
    Entries(Vec<(Box<str>, Place)>),
    Items(Vec<Place>),
    /// Nothing that the text has here: an alias or a merge key stands for what has this place.
    Elsewhere(Arc<Place>),
}

impl Place {
    /// A value without parts, and without a key of its own, at `position`.
    pub(super) fn leaf(position: Position) -> Self {
        Self { key: position, value: position, inside: Inside::Nothing }
    }

    /// The `value` at `position` that the text writes without quotes, as `text`.
    pub(super) fn unquoted(position: Position, text: &str, value: &Value) -> Self {
        let inside = match value {
            Value::String(_) => Inside::Nothing,
            _ => Inside::Unquoted((!is_written_so(text, value)).then(|| text.into())),
        };
        Self { key: position, value: position, inside }
    }

    /// An object at `position` with the places of its fields in the order of the text; of a repeated field the last counts.
    pub(super) fn object(position: Position, mut entries: Vec<(Box<str>, Self)>) -> Self {
        entries.reverse();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.dedup_by(|(a, _), (b, _)| a == b);
        Self { key: position, value: position, inside: Inside::Entries(entries) }
    }

    /// A list at `position` with the places of its items.
    pub(super) fn list(position: Position, items: Vec<Self>) -> Self {
        Self { key: position, value: position, inside: Inside::Items(items) }
    }

    /// What an alias or a merge key at `position` stands for, which is written at `target`.
    pub(super) fn elsewhere(position: Position, target: Arc<Self>) -> Self {
        let target = match &target.inside {
            Inside::Elsewhere(further) => Arc::clone(further),
            _ => target,
        };
        Self { key: position, value: position, inside: Inside::Elsewhere(target) }
    }

    /// Where the value is written, if not here.
    pub(super) fn written(&self) -> &Self {
        match &self.inside {
            Inside::Elsewhere(target) => target,
            _ => self,
        }
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Self> {
        let Inside::Entries(entries) = &self.inside else {
            return None;
        };
        let found = entries.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        entries.get(found).map(|(_, place)| place)
    }

    /// The places of the items of a list that an alias at `position` stands for.
    fn items_at(&self, position: Position) -> Vec<Self> {
        let Inside::Items(places) = &self.inside else { return Vec::new() };
        places.iter().map(|place| Self::elsewhere(position, Arc::new(place.clone()))).collect()
    }

    fn child(&self, segment: &Segment) -> Option<&Self> {
        match (segment, &self.inside) {
            (Segment::Index(index), Inside::Items(items)) => items.get(*index),
            (Segment::Index(index), _) => self.entry(&index.to_string()),
            (Segment::Field(name) | Segment::Key(name), _) => self.entry(name),
        }
    }
}

impl Positions {
    pub(super) fn new(root: Place) -> Self {
        Self { root }
    }

    /// The positions of the `count` items of the list `field` of the document, each of a document for itself.
    pub(crate) fn into_items(self, field: &str, count: usize) -> Vec<Self> {
        let list = match self.root.inside {
            Inside::Entries(entries) => entries.into_iter().find(|(name, _)| &**name == field).map(|(_, place)| place),
            _ => None,
        };
        let (position, places) = match list.unwrap_or_default() {
            Place { inside: Inside::Items(places), value, .. } => (value, places),
            Place { inside: Inside::Elsewhere(list), value, .. } => (value, list.items_at(value)),
            place => (place.value, Vec::new()),
        };
        let elsewhere = std::iter::repeat_with(|| Place::leaf(position));
        places.into_iter().chain(elsewhere).take(count).map(Self::new).collect()
    }

    /// The whole document.
    #[must_use]
    pub fn root(&self) -> Located<'_> {
        Located(&self.root)
    }

    /// The position of the key of `field`, or of the item if `field` is one of a list; of the nearest ancestor that the
    /// text has if it lacks the field.
    #[must_use]
    pub fn key(&self, field: &Path) -> Position {
        self.nearest(field).key
    }

    /// The position of the value of `field`; of the key of the nearest ancestor that the text has if it lacks the field.
    /// The value behind an alias or a merge key is at the alias or the merge key.
    #[must_use]
    pub fn value(&self, field: &Path) -> Position {
        self.find(field).map_or_else(|| self.key(field), |place| place.value)
    }

    /// True if the text itself has `field`.
    #[must_use]
    pub fn contains(&self, field: &Path) -> bool {
        self.find(field).is_some()
    }

    /// How the text writes the `value` of `field`, if that is a number, a boolean or null and stands there without quotes:
    /// `y`, `0644`. Behind an alias or a merge key it stands where the anchor is. None where the text means another value.
    #[must_use]
    pub fn unquoted(&self, field: &Path, value: &Value) -> Option<Cow<'_, str>> {
        let place = field.segments().iter().try_fold(&self.root, |place, segment| place.written().child(segment))?;
        match &place.written().inside {
            Inside::Unquoted(Some(written)) => {
                without_quotes(written).is_some_and(|meant| meant == *value).then(|| written.as_ref().into())
            }
            Inside::Unquoted(None) => Some(value.to_string().into()),
            _ => None,
        }
    }

    fn find(&self, field: &Path) -> Option<&Place> {
        field.segments().iter().try_fold(&self.root, Place::child)
    }

    fn nearest(&self, field: &Path) -> &Place {
        let mut place = &self.root;
        for segment in field.segments() {
            match place.child(segment) {
                Some(child) => place = child,
                None => break,
            }
        }
        place
    }
}

/// True if JSON surely writes `value` as `text`; told without writing it.
fn is_written_so(text: &str, value: &Value) -> bool {
    match value {
        Value::Number(number) if !number.is_f64() => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            text == "0" || !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => matches!(text, "true" | "false" | "null"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn what_an_alias_stands_for_is_written_at_its_anchor() {
        let text = "a: &a {v: y, w: &w 0644, x: \"y\"}\nb: *a\nc: {<<: *a, w: 1}\nd: [*w, {<<: [*a, {u: off}]}]\ne: *w\nf: {<<: {v: y}}\n\
                    g: &g [*w, {<<: *a}]\nh: *g\n";
        let parsed = yaml::parse(text).unwrap().remove(0);
        let unquoted = |field: &str| {
            let field: Path = field.parse().unwrap();
            let value = field.find(&parsed.value).unwrap();
            parsed.positions.unquoted(&field, value).map(Cow::into_owned).unwrap_or_default()
        };
        for (field, written) in [
            ("a.v", "y"),
            ("b.v", "y"),
            ("b.w", "0644"),
            ("b.x", ""),
            ("c.v", "y"),
            ("c.w", "1"),
            ("d[0]", "0644"),
            ("d[1].u", "off"),
            ("d[1].w", "0644"),
            ("e", "0644"),
            ("f.v", "y"),
            ("h[0]", "0644"),
            ("h[1].v", "y"),
        ] {
            assert_eq!(unquoted(field), written, "{field}");
        }
        assert!(!parsed.positions.contains(&"b.v".parse().unwrap()), "the text itself has none");
    }
}
