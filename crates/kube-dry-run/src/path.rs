//! The Kubernetes field path, the one identifier that form, findings, YAML lines and edits share.
//!
//! Written as `k8s.io/apimachinery/pkg/util/validation/field.Path` writes it: `spec.containers[0].image` for the field of
//! an object and the item of a list, `resources.limits[memory]` for the key of a map.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde_json::Value;

use crate::entry::entry;

/// True of the fields of Kubernetes objects that are maps with free keys; their entries are written in brackets.
fn is_map(field: &str) -> bool {
    matches!(
        field,
        "allocatedResourceStatuses"
            | "allocatedResources"
            | "annotations"
            | "binaryData"
            | "capacity"
            | "data"
            | "hard"
            | "labels"
            | "limits"
            | "matchLabels"
            | "nodeSelector"
            | "options"
            | "overhead"
            | "parameters"
            | "requests"
            | "stringData"
            | "userAnnotations"
            | "volumeAttributes"
    )
}

/// How many steps a path may have that is read from text. It bounds how deep an edit can make a document, which every
/// recursive walk relies on; links and YAML carry documents of at most 127 levels.
const MAX_STEPS: usize = 128;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// A field of an object: `.image`.
    Field(CompactString),
    /// A key of a map: `[memory]`.
    Key(CompactString),
    /// An item of a list, counted from zero: `[0]`.
    Index(usize),
}

/// Where a value stands in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Segment>);

/// Why a text is not a field path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParsePathError {
    /// A `[` without its `]`.
    #[error("`[` without `]` in the field path `{0}`")]
    Unclosed(String),
    /// A field without a name, as in `spec..containers`.
    #[error("a field without a name in the field path `{0}`")]
    EmptyField(String),
    /// More steps than any document is deep.
    #[error("a field path of more than {MAX_STEPS} steps")]
    TooLong,
}

impl Segment {
    /// The step to the entry `name` of the object or map behind `parent`, the step before; see [`Path::entry`].
    pub(crate) fn entry(parent: Option<&Self>, name: CompactString) -> Self {
        let in_map = matches!(parent, Some(Self::Field(field)) if is_map(field));
        let plain = !name.is_empty() && !name.bytes().any(|byte| matches!(byte, b'.' | b'[' | b']'));
        if in_map || !plain { Self::Key(name) } else { Self::Field(name) }
    }
}

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

    /// The name of the list of which this is an item.
    #[must_use]
    pub fn list_of_item(&self) -> Option<&str> {
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
    #[must_use]
    pub fn index_below(&self, inside: &Self) -> Option<usize> {
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
        self.0.iter().try_fold(root, |value, segment| match segment {
            Segment::Field(name) | Segment::Key(name) => entry(value, name),
            Segment::Index(index) => value.get(*index).or_else(|| value.get(index.to_string())),
        })
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

impl FromStr for Path {
    type Err = ParsePathError;

    /// Reads what `Display` writes. A bracket that holds a decimal number is an index; `limits.memory` is read as
    /// `limits[memory]`. A key ends at the first `]` that a `.`, a `[` or the end follows.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut path = Self::root();
        let mut rest = text;
        while !rest.is_empty() {
            if path.0.len() == MAX_STEPS {
                return Err(ParsePathError::TooLong);
            }
            if let Some(inner) = rest.strip_prefix('[') {
                let end = key_end(inner).ok_or_else(|| ParsePathError::Unclosed(text.to_owned()))?;
                path.0.push(bracketed(&inner[..end]));
                rest = &inner[end + 1..];
            } else {
                let name_start = if path.is_root() { rest } else { rest.strip_prefix('.').unwrap_or(rest) };
                let end = name_start.find(['.', '[']).unwrap_or(name_start.len());
                if end == 0 {
                    return Err(ParsePathError::EmptyField(text.to_owned()));
                }
                path.0.push(Segment::entry(path.0.last(), name_start[..end].into()));
                rest = &name_start[end..];
            }
        }
        Ok(path)
    }
}

fn key_end(inner: &str) -> Option<usize> {
    inner.match_indices(']').map(|(at, _)| at).find(|at| {
        let after = &inner[at + 1..];
        after.is_empty() || after.starts_with(['.', '['])
    })
}

fn bracketed(inner: &str) -> Segment {
    let decimal = inner.bytes().all(|byte| byte.is_ascii_digit());
    match inner.parse() {
        Ok(index) if decimal => Segment::Index(index),
        _ => Segment::Key(inner.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::kinds::KINDS;
    use crate::schema::Schema;
    use serde_json::json;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "",
            "spec",
            "spec.containers[0].image",
            "spec.containers[0].resources.limits[memory]",
            "metadata.labels[app.kubernetes.io/name]",
            "spec.template.spec.volumes[12].emptyDir.sizeLimit",
        ] {
            assert_eq!(text.parse::<Path>().map(|path| path.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_path_is_no_deeper_than_documents() {
        let path = |steps: usize| vec!["a"; steps].join(".").parse::<Path>();
        assert_eq!(path(MAX_STEPS).map(|path| path.segments().len()), Ok(MAX_STEPS));
        assert_eq!(path(MAX_STEPS + 1), Err(ParsePathError::TooLong));
        assert_eq!("[0]".repeat(1_000_000).parse::<Path>(), Err(ParsePathError::TooLong));
    }

    #[test]
    fn a_map_entry_may_be_written_with_a_dot() {
        let dotted: Path = "spec.containers[0].resources.limits.memory".parse().unwrap();
        assert_eq!(dotted.to_string(), "spec.containers[0].resources.limits[memory]");
    }

    /// The names of fields inside of `schema` that are maps.
    fn maps(schema: &Schema, found: &mut BTreeSet<&'static str>) {
        match schema {
            Schema::List(inside) | Schema::Map(inside) => maps(inside, found),
            Schema::Object(fields) => fields.iter().for_each(|(name, schema)| {
                found.extend(matches!(schema, Schema::Map(_)).then_some(*name));
                maps(schema, found);
            }),
            _ => {}
        }
    }

    #[test]
    fn the_maps_are_those_of_the_api() {
        let mut known = BTreeSet::new();
        for kind in &KINDS {
            maps(&kind.schema, &mut known);
        }
        // Of most kinds it is an object.
        known.remove("selector");
        // Other objects that somebody may ask for the fields of: a ConfigMap, a Secret, a quota, a storage class.
        known.extend(["binaryData", "data", "hard", "parameters", "stringData"]);
        assert_eq!(known.into_iter().filter(|map| !is_map(map)).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn refuses_what_is_no_path() {
        assert_eq!("spec[0".parse::<Path>(), Err(ParsePathError::Unclosed("spec[0".into())));
        assert_eq!("spec..name".parse::<Path>(), Err(ParsePathError::EmptyField("spec..name".into())));
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
