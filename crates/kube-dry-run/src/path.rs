//! The Kubernetes field path, the one identifier that form, findings, YAML lines and edits share.
//!
//! Written as `k8s.io/apimachinery/pkg/util/validation/field.Path` writes it: `spec.containers[0].image` for the field of
//! an object and the item of a list, `resources.limits[memory]` for the key of a map.

mod parse;
mod segment;

use std::borrow::Borrow;
use std::fmt;

use compact_str::CompactString;
use serde_json::Value;

pub use self::parse::ParsePathError;
pub use self::segment::Segment;

/// Where a value stands in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Segment>);

/// A map or a set by paths can be asked for the beginning of one.
impl Borrow<[Segment]> for Path {
    fn borrow(&self) -> &[Segment] {
        &self.0
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Self(segments)
    }
}

impl Path {
    /// The document itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The steps from the root of the document.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// True of the document itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry `name` of the object or map at this path: a [`Segment::Key`] below the maps of the Kubernetes API and for
    /// names that a dot would tear apart, a [`Segment::Field`] everywhere else.
    #[must_use]
    pub fn entry(&self, name: impl Into<CompactString>) -> Self {
        self.then(Segment::entry(self.0.last(), name.into()))
    }

    /// The item `index` of the list at this path.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    /// Goes on to the entry `name` of the object or map at this path; see [`entry`](Self::entry).
    pub fn enter(&mut self, name: impl Into<CompactString>) {
        self.0.push(Segment::entry(self.0.last(), name.into()));
    }

    /// Goes on to the item `index` of the list at this path.
    pub fn enter_item(&mut self, index: usize) {
        self.0.push(Segment::Index(index));
    }

    /// Goes back to what holds the value at this path.
    pub fn leave(&mut self) {
        self.0.pop();
    }

    /// This path with the steps of `rest` after it.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        rest.0.iter().fold(self.clone(), |path, segment| match segment {
            Segment::Field(name) => path.entry(name.clone()),
            other => path.then(other.clone()),
        })
    }

    /// The path of what holds this value; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The last step; `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<&Segment> {
        self.0.last()
    }

    /// The name of the field or the key that this path leads to; `None` of an item, and at the root.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.last()?.name()
    }

    /// The name of the list of which this is an item.
    pub(crate) fn list_of_item(&self) -> Option<&str> {
        match self.segments() {
            [.., Segment::Field(list), Segment::Index(_)] => Some(list.as_str()),
            _ => None,
        }
    }

    /// True if this is `ancestor` or lies inside of it.
    #[must_use]
    pub fn starts_with(&self, ancestor: &Self) -> bool {
        self.0.starts_with(&ancestor.0)
    }

    /// The index of the item of the list at this path that `inside` is, or lies inside of.
    pub(crate) fn index_below(&self, inside: &Self) -> Option<usize> {
        match inside.0.get(self.0.len()) {
            Some(Segment::Index(index)) if inside.starts_with(self) => Some(*index),
            _ => None,
        }
    }

    /// This path with `to` in place of `from`, if it begins with that.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Self {
        match self.0.strip_prefix(from.0.as_slice()) {
            Some(rest) => Self(to.0.iter().chain(rest).cloned().collect()),
            None => self.clone(),
        }
    }

    /// The value at this path in `root`, if there is one.
    #[must_use]
    pub fn find<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(root, |value, segment| segment.find(value))
    }

    /// The value at this path in `root`, to be changed, if there is one.
    #[must_use]
    pub fn find_mut<'a>(&self, root: &'a mut Value) -> Option<&'a mut Value> {
        self.0.iter().try_fold(root, |value, segment| match segment {
            Segment::Field(name) | Segment::Key(name) => value.get_mut(name.as_str()),
            Segment::Index(index) => value.get_mut(*index),
        })
    }

    /// This path as `Display` writes it, without its detours.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(16 * self.0.len());
        for segment in &self.0 {
            match segment {
                Segment::Field(name) if text.is_empty() => text.push_str(name),
                Segment::Field(name) => text.extend([".", name]),
                Segment::Key(name) => text.extend(["[", name, "]"]),
                Segment::Index(index) => text.extend(["[", itoa::Buffer::new().format(*index), "]"]),
            }
        }
        text
    }

    /// This path and one step more, which is taken as it is.
    #[must_use]
    pub fn then(&self, segment: Segment) -> Self {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Self(segments)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_and_keys_have_names() {
        let name = |text: &str| text.parse::<Path>().unwrap().name().map(str::to_owned);
        assert_eq!((name("a.b").as_deref(), name("limits[cpu]").as_deref()), (Some("b"), Some("cpu")));
        assert_eq!((name("a[0]"), name("")), (None, None));
    }

    #[test]
    fn a_part_of_a_path_can_be_exchanged() {
        let path = |text: &str| text.parse::<Path>().unwrap();
        assert_eq!(path("a.b[3].c").moved(&path("a.b[3]"), &path("x[0]")), path("x[0].c"));
        assert_eq!(path("a.b").moved(&path("b"), &path("x")), path("a.b"));
        assert_eq!(path("a.b").index_below(&path("a.b[3].c")), Some(3));
        assert_eq!((path("a").index_below(&path("a.b[3]")), path("x").index_below(&path("a[1]"))), (None, None));
    }

    #[test]
    fn finds_values_in_objects_lists_and_maps() {
        let value = json!({"metadata": {"labels": {"a.b/c": "x", "0": "zero"}}, "spec": {"containers": [{"name": "web"}]}});
        let find = |text: &str| text.parse::<Path>().unwrap().find(&value).cloned();
        assert_eq!(find("metadata.labels[a.b/c]"), Some(json!("x")));
        assert_eq!(find("metadata.labels[0]"), Some(json!("zero")));
        assert_eq!(find("spec.containers[0].name"), Some(json!("web")));
        assert_eq!(find("spec.containers[1].name"), None);
    }
}
