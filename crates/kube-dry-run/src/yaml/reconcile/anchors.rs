//! The nodes that have anchors, and what merge keys bring of them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::keys;
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

    /// The names of the entries that the merge keys among `entries` bring.
    pub(super) fn merged_names(&self, entries: &'a [Entry]) -> HashSet<Cow<'a, str>> {
        let mut names = HashSet::new();
        self.collect(entries, &mut names, &mut HashSet::new());
        names
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

    fn collect(&self, entries: &'a [Entry], names: &mut HashSet<Cow<'a, str>>, seen: &mut HashSet<usize>) {
        for node in sources(entries) {
            let source = self.resolve(node).filter(|source| seen.insert(source.span.start));
            if let Some(Node { kind: NodeKind::Mapping { entries, .. }, .. }) = source {
                names.extend(
                    entries.iter().filter(|entry| !keys::is_merge(&entry.key)).filter_map(|entry| keys::name(&entry.key)),
                );
                self.collect(entries, names, seen);
            }
        }
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
