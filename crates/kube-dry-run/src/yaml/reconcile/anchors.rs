//! The nodes that have anchors, and what merge keys bring of them.

use std::collections::{HashMap, HashSet};

use super::keys::{self, Brought, Merged};
use crate::yaml::node::{Entry, Node, NodeKind};

/// The nodes of a document that have anchors.
#[derive(Default)]
pub(super) struct Anchors<'a> {
    /// By their names; in the order of the text, as an anchor may stand twice.
    nodes: HashMap<&'a str, Vec<&'a Node>>,
}

impl<'a> Anchors<'a> {
    /// The anchors of the document `root`.
    pub(super) fn of(root: &'a Node) -> Self {
        let mut anchors = Self::default();
        anchors.visit(root);
        anchors
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// True if a node has the anchor `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.nodes.contains_key(name)
    }

    /// What the merge keys among `entries` bring if no anchor changes.
    pub(super) fn merged(&self, entries: &'a [Entry]) -> Merged<'a> {
        let mut merged = Merged::default();
        self.collect(entries, &mut merged, &mut HashSet::new());
        merged
    }

    /// Enters what the object behind `source` brings.
    pub(super) fn bring(&self, source: &'a Node, merged: &mut Merged<'a>, seen: &mut HashSet<usize>) {
        let Some(Node { kind: NodeKind::Mapping { entries, .. }, span, .. }) = self.resolve(source) else { return };
        if seen.insert(span.start) {
            let own = entries.iter().filter(|entry| !keys::is_merge(&entry.key)).filter_map(|entry| keys::name(&entry.key));
            merged.entries.extend(own.map(|name| (name, Brought::AsBefore)));
            self.collect(entries, merged, seen);
        }
    }

    fn visit(&mut self, node: &'a Node) {
        if let Some(name) = node.anchor() {
            self.nodes.entry(name).or_default().push(node);
        }
        match &node.kind {
            NodeKind::Sequence { items, .. } => items.iter().for_each(|item| self.visit(item)),
            NodeKind::Mapping { entries, .. } => {
                for Entry { key, value } in entries {
                    self.visit(key);
                    self.visit(value);
                }
            }
            _ => {}
        }
    }

    fn collect(&self, entries: &'a [Entry], merged: &mut Merged<'a>, seen: &mut HashSet<usize>) {
        sources(entries).for_each(|source| self.bring(source, merged, seen));
    }

    /// The node that stands behind `node`, if that is an alias.
    fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        let NodeKind::Alias(name) = &node.kind else { return Some(node) };
        let nodes = self.nodes.get(name.as_str())?;
        nodes[..nodes.partition_point(|anchored| anchored.span.start < node.span.start)].last().copied()
    }
}

/// The objects that the merge keys among `entries` bring, or their aliases.
pub(super) fn sources(entries: &[Entry]) -> impl Iterator<Item = &Node> {
    entries.iter().filter(|entry| keys::is_merge(&entry.key)).flat_map(|entry| match &entry.value.kind {
        NodeKind::Sequence { items, .. } => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    })
}
