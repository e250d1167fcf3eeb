//! From the nodes of a document to the tree that they mean.
//!
//! Follows `decoder.unmarshal` of `go.yaml.in/yaml/v2` (`decode.go`) and `convertToJSONableObject` of `sigs.k8s.io/yaml`, as
//! Kubernetes v1.35 vendors them.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::anchors::Anchors;
use super::budget::Budget;
use super::duplicates::{DuplicateKey, Duplicates, Repeated, Step};
use super::key::{self, Key};
use super::node::{Entry, Node, NodeKind, ScalarStyle};
use super::positions::{Inside, Place};
use super::{MAX_DEPTH, Position, SyntaxError, resolve};

/// Builds one document.
pub(super) struct Builder<'b> {
    budget: &'b mut Budget,
    anchors: Anchors,
    duplicates: Duplicates,
}

/// A value with the places of everything in it.
type Built = (Value, Place);

/// An object that is being built.
struct Object {
    map: Map<String, Value>,
    places: Vec<(Box<str>, Place)>,
    /// The keys that a merge key has set, and nothing else yet.
    merged: HashSet<String>,
}

impl Object {
    /// An object with room for so many `entries`, and no more.
    fn of(entries: usize) -> Self {
        Self { map: Map::with_capacity(entries), places: Vec::with_capacity(entries), merged: HashSet::new() }
    }
}

impl<'b> Builder<'b> {
    /// A builder that draws on the `budget` of the whole text. Without aliases in its document it keeps no anchors.
    pub(super) fn new(budget: &'b mut Budget, has_aliases: bool) -> Self {
        budget.begin_document();
        Self { budget, anchors: Anchors::new(has_aliases), duplicates: Duplicates::default() }
    }

    /// The value of the document `root`.
    ///
    /// # Errors
    /// What JSON cannot express, and aliases without end.
    pub(super) fn document(&mut self, root: Node) -> Result<Built, SyntaxError> {
        self.node(root, 0)
    }

    /// The keys that stand twice in the document, and how many more there are than are kept.
    pub(super) fn into_duplicates(self) -> (Vec<DuplicateKey>, usize) {
        self.duplicates.into_keys()
    }

    /// The value of `node`, which stands inside of `depth` objects and lists.
    fn node(&mut self, node: Node, depth: usize) -> Result<Built, SyntaxError> {
        let at = node.at;
        self.budget.take_value(at)?;
        let steps = self.anchors.step();
        let (anchor, tag) = node.properties.map_or((None, None), |properties| (properties.anchor, properties.tag));
        let opened = anchor.map(|name| self.anchors.open(name));
        let built = match node.kind {
            NodeKind::Alias(name) => self.anchors.copy(&name, depth, self.budget, at)?,
            NodeKind::Scalar { style, text } => scalar(text, style, tag.as_deref(), place_of(at, node.span.is_empty()))?,
            NodeKind::Sequence { items, .. } => self.list(items, at, deeper(depth, at)?)?,
            NodeKind::Mapping { entries, .. } => self.object(entries, at, deeper(depth, at)?)?,
        };
        if let Some(opened) = opened {
            self.anchors.close(opened, (&built.0, &built.1), steps, self.budget, at)?;
        }
        Ok(built)
    }

    fn list(&mut self, nodes: Vec<Node>, at: Position, depth: usize) -> Result<Built, SyntaxError> {
        let (mut items, mut places) = (Vec::with_capacity(nodes.len()), Vec::with_capacity(nodes.len()));
        for node in nodes {
            let known = self.duplicates.len();
            let (value, place) = self.node(node, depth)?;
            self.duplicates.enter(known, || Step::Index(items.len()), self.budget);
            items.push(value);
            places.push(place);
        }
        Ok((Value::Array(items), Place::list(at, places)))
    }

    fn object(&mut self, entries: Vec<Entry>, at: Position, depth: usize) -> Result<Built, SyntaxError> {
        let mut object = Object::of(entries.len());
        for Entry { key, value } in entries {
            if is_merge_key(&key) {
                self.merge(&mut object, value, key.at, depth)?;
            } else {
                self.entry(&mut object, key, value, depth)?;
            }
        }
        Ok((Value::Object(object.map), Place::object(at, object.places)))
    }

    fn entry(&mut self, object: &mut Object, key: Node, value: Node, depth: usize) -> Result<(), SyntaxError> {
        let (at, line) = (key.at, value.line());
        let key = self.key(key, depth)?;
        let known = self.duplicates.len();
        let (value, mut place) = self.node(value, depth)?;
        self.duplicates.enter(known, || Step::Entry(key.text.clone()), self.budget);
        place.key = at;
        let is_new = !object.map.contains_key(&key.text) || object.merged.remove(&key.text);
        if !is_new {
            let repeated = Repeated { position: at, line, is_merged: false };
            self.duplicates.add(&key, repeated, object.places.as_slice(), self.budget);
        }
        object.places.push((key.text.as_str().into(), place));
        object.map.insert(key.text, value);
        Ok(())
    }

    fn key(&mut self, node: Node, depth: usize) -> Result<Key, SyntaxError> {
        let at = node.at;
        let refused = |message| SyntaxError::new(at, message);
        if node.anchor().is_some() {
            self.node(node.clone(), depth)?;
        }
        self.anchors.step();
        let tag = node.tag().map(str::to_owned);
        match node.kind {
            NodeKind::Scalar { style, text } => key::of_scalar(text, style, tag.as_deref()).map_err(refused),
            _ => key::of_value(self.node(node, depth)?.0).map_err(refused),
        }
    }

    /// Enters the fields of the value of a merge key, of several objects those of the first at last. They take the place of
    /// fields that stand before the merge key, as in `go.yaml.in/yaml/v2`, which is told as a duplicate; a field that stands
    /// behind the merge key overrides what was merged, which is what merging is for.
    fn merge(&mut self, object: &mut Object, value: Node, at: Position, depth: usize) -> Result<(), SyntaxError> {
        let is_list = matches!(value.kind, NodeKind::Sequence { .. });
        let line = value.line();
        let sources: Vec<Built> = match self.node(value, depth)? {
            (Value::Array(items), Place { inside: Inside::Items(places), .. }) if is_list => {
                items.into_iter().zip(places).collect()
            }
            built => vec![built],
        };
        for (source, place) in sources.into_iter().rev() {
            let Value::Object(fields) = source else {
                return Err(SyntaxError::new(at, "a merge key `<<` needs an object, or a list of objects, to merge"));
            };
            for (name, value) in fields {
                let written = place.written().entry(&name).cloned();
                let place = written.map_or_else(|| Place::leaf(at), |written| Place::elsewhere(at, Arc::new(written)));
                self.merge_field(object, name, (value, place), Repeated { position: at, line, is_merged: true });
            }
        }
        Ok(())
    }

    fn merge_field(&mut self, object: &mut Object, name: String, (value, place): Built, repeated: Repeated) {
        let is_written = object.map.contains_key(&name) && !object.merged.contains(&name);
        if is_written {
            self.duplicates.add(&Key::of_text(name.clone()), repeated, object.places.as_slice(), self.budget);
        }
        object.merged.insert(name.clone());
        object.places.push((name.as_str().into(), place));
        object.map.insert(name, value);
    }
}

/// The value of a scalar at `at`.
fn scalar(text: String, style: ScalarStyle, tag: Option<&str>, at: Position) -> Result<Built, SyntaxError> {
    let refused = |message| SyntaxError::new(at, message);
    let text = resolve::decoded(text, tag).map_err(refused)?;
    let meaning = resolve::meaning(&text, style, tag).map_err(refused)?;
    let Some(value) = resolve::value(meaning, &text).map_err(refused)? else {
        return Ok((Value::String(text), Place::leaf(at)));
    };
    let is_plain = style == ScalarStyle::Plain && tag.is_none();
    let place = if is_plain { Place::unquoted(at, &text, &value) } else { Place::leaf(at) };
    Ok((value, place))
}

/// The place of a scalar. One that is left out stands behind its `:` or `-`, which can be shown.
fn place_of(at: Position, is_left_out: bool) -> Position {
    let column = at.column - usize::from(is_left_out && at.column > 1);
    Position { column, ..at }
}

fn is_merge_key(key: &Node) -> bool {
    matches!(&key.kind, NodeKind::Scalar { style, text } if resolve::is_merge_key(text, *style, key.tag()))
}

fn deeper(depth: usize, at: Position) -> Result<usize, SyntaxError> {
    if depth < MAX_DEPTH { Ok(depth + 1) } else { Err(SyntaxError::too_deep(at)) }
}
