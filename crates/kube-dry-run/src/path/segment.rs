//! The steps of a path.

use compact_str::CompactString;
use serde_json::Value;

use crate::entry::entry;

/// One step of a [`Path`](super::Path).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// A field of an object: `.image`.
    Field(CompactString),
    /// A key of a map: `[memory]`.
    Key(CompactString),
    /// An item of a list, counted from zero: `[0]`.
    Index(usize),
}

impl Segment {
    /// The step to the entry `name` of the object or map behind `parent`, the step before; see [`Path::entry`](super::Path::entry).
    pub(crate) fn entry(parent: Option<&Self>, name: CompactString) -> Self {
        let in_map = matches!(parent, Some(Self::Field(field)) if is_map(field));
        let plain = !name.is_empty() && !name.bytes().any(|byte| matches!(byte, b'.' | b'[' | b']'));
        if in_map || !plain { Self::Key(name) } else { Self::Field(name) }
    }

    /// The name of a field or a key; `None` of an item.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Field(name) | Self::Key(name) => Some(name),
            Self::Index(_) => None,
        }
    }

    /// What this step leads to from `value`, if there is something.
    pub(crate) fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match self {
            Self::Field(name) | Self::Key(name) => entry(value, name),
            Self::Index(index) => value.get(*index).or_else(|| value.get(index.to_string())),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::is_map;
    use crate::kinds::KINDS;
    use crate::schema::Schema;

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
}
