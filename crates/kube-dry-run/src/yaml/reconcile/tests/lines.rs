//! Which lines of a text an edit concerns, found in another way than the one that is tested: from the edit itself.

use std::ops::Range;

use super::edits::Edit;
use crate::path::{Path, Segment};
use crate::yaml::blanks::skip;
use crate::yaml::node::{Entry, Layout, Node, NodeKind};
use crate::yaml::reconcile::keys;

/// The lines of `text` that `edit` may change or take away. All others must be there afterwards.
pub(super) struct Concerned<'t> {
    text: &'t str,
    root: &'t Node,
    lines: Vec<&'t str>,
    /// Where they begin.
    starts: Vec<usize>,
    is_marked: Vec<bool>,
}

/// A node with what is around it.
struct Found<'t> {
    node: &'t Node,
    /// Where its key begins, if it has one.
    key: Option<usize>,
    /// The object or list that it is in.
    around: &'t Node,
    index: usize,
}

/// The first of the lines of `old` that the edit does not concern and that `new` has lost, if one is.
pub(super) fn lost_line(old: &str, root: &Node, edit: &Edit, new: &str) -> Option<String> {
    let mut concerned = Concerned::new(old, root);
    concerned.by(edit);
    concerned.mark_aliases(root);
    let mut rest = new.lines();
    concerned
        .lines
        .iter()
        .zip(&concerned.is_marked)
        .filter(|(_, is_marked)| !**is_marked)
        .map(|(line, _)| *line)
        .find(|line| !rest.any(|other| other == *line))
        .map(str::to_owned)
}

impl<'t> Concerned<'t> {
    fn new(text: &'t str, root: &'t Node) -> Self {
        let lines: Vec<_> = text.lines().collect();
        let starts = text.split_inclusive('\n').scan(0, |end, line| Some(std::mem::replace(end, *end + line.len()))).collect();
        Self { text, root, starts, is_marked: vec![false; lines.len()], lines }
    }

    fn by(&mut self, edit: &Edit) {
        match edit {
            Edit::Set(path) => self.set(path),
            Edit::SetAll(paths) => paths.iter().for_each(|path| self.set(path)),
            Edit::Remove(path) => {
                self.removed(path);
                self.added(path);
            }
            // Of two items that change places, either may be the one that moves.
            Edit::Move(from, to) => {
                self.removed(from);
                self.added(from);
                self.first_of(&from.parent().unwrap());
                self.removed(to);
            }
            Edit::Add(path) => self.added(path),
            Edit::Transfer(from, to) => {
                self.removed(from);
                let list = from.parent().unwrap();
                if self.node(&list).is_some_and(|list| children(list).len() == 1) {
                    self.removed(&list);
                }
                self.added(to);
                self.added(&to.parent().unwrap());
            }
        }
    }

    fn set(&mut self, path: &Path) {
        if let Some(found) = self.find(path) {
            self.mark(self.start(&found)..found.node.span.end);
        }
    }

    fn removed(&mut self, path: &Path) {
        for found in self.find_all(path) {
            self.removed_part(path, &found);
        }
    }

    fn removed_part(&mut self, path: &Path, found: &Found<'t>) {
        let Found { node, around, index, .. } = *found;
        let start = self.start(found);
        let count = children(around).len();
        self.mark(start..node.span.end);
        if is_flow(around) || count == 1 {
            // The comma of a neighbor goes or comes; what has become empty stands on the line of its key.
            let before = index.checked_sub(1).map_or(around.span.start, |before| children(around)[before].0);
            self.mark(before..before);
            self.mark(around.start()..around.start());
            self.mark(around.span.end..around.span.end);
        }
        if count == 1 {
            self.mark_key_of(path);
            self.mark(around.span.clone());
        }
        let is_behind_dash = !self.text[self.line_start(start)..start].trim().is_empty();
        if is_behind_dash {
            self.mark(self.line_start(start)..start);
            if let Some((_, next)) = children(around).get(index + 1) {
                self.mark(*next..*next);
            }
        }
        self.mark_comments(start, node.span.end, std::ptr::eq(around, self.root) && index == 0);
    }

    /// A new part may come behind a dash, or need a comma or other brackets around it.
    fn added(&mut self, path: &Path) {
        let Some(parent) = path.parent() else { return };
        let Some(node) = self.node(&parent) else { return };
        let is_empty = children(node).is_empty();
        if is_flow(node) || is_empty {
            if let Some(found) = self.find(&parent) {
                let key = found.key.unwrap_or(node.start());
                self.mark(key..key);
            }
            for (end, start) in children(node) {
                self.mark(start..start);
                self.mark(end..end);
            }
            self.mark(node.start()..node.start());
            self.mark(node.span.end..node.span.end);
            if is_empty {
                self.mark(node.span.clone());
            }
        }
        self.first_of(&parent);
    }

    /// The first part of a collection, if it stands behind a dash, makes room for another one.
    fn first_of(&mut self, path: &Path) {
        let Some(node) = self.node(path) else { return };
        let start = node.span.start;
        if !self.text[self.line_start(start)..start].trim().is_empty() {
            self.mark(start..start);
        }
    }

    /// What stands behind an alias may have to be written out, whatever changes.
    fn mark_aliases(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Alias(_) => self.mark(node.span.clone()),
            NodeKind::Scalar { .. } => {}
            NodeKind::Sequence { items, .. } => items.iter().for_each(|item| self.mark_aliases(item)),
            NodeKind::Mapping { entries, .. } => {
                for (index, Entry { key, value }) in entries.iter().enumerate() {
                    self.mark_aliases(value);
                    if keys::is_merge(key) {
                        let next = entries.get(index + 1).map_or(value.span.end, |next| next.key.start());
                        self.mark(key.start()..next);
                    }
                }
            }
        }
    }

    fn mark_key_of(&mut self, path: &Path) {
        if let Some(found) = path.parent().and_then(|parent| self.find(&parent)) {
            let start = self.start(&found);
            self.mark(start..start);
        }
    }

    /// The comments directly above, at the same column, and those directly below that are indented deeper.
    fn mark_comments(&mut self, start: usize, end: usize, is_first_of_all: bool) {
        let column = |line: &str| line.len() - line.trim_start().len();
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        let (first, last) = (self.line(start), self.line(end));
        let own = start - self.line_start(start);
        for index in (0..first).rev() {
            if is_first_of_all || !is_comment(self.lines[index]) || column(self.lines[index]) != own {
                break;
            }
            self.is_marked[index] = true;
        }
        for index in last + 1..self.lines.len() {
            if !is_comment(self.lines[index]) || column(self.lines[index]) <= own {
                break;
            }
            self.is_marked[index] = true;
        }
    }

    fn mark(&mut self, range: Range<usize>) {
        let (first, last) = (self.line(range.start), self.line(range.end));
        self.is_marked[first..=last.min(self.lines.len() - 1)].fill(true);
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the key, the dash or the value itself begins.
    fn start(&self, found: &Found<'_>) -> usize {
        match (found.key, &found.around.kind) {
            (Some(key), _) => key,
            (None, NodeKind::Sequence { layout: Layout::Block, .. }) => {
                let from = found.index.checked_sub(1).map_or(found.around.span.start, |before| children(found.around)[before].0);
                self.text.len() - skip(&self.text[from..]).len()
            }
            _ => found.node.start(),
        }
    }

    fn node(&self, path: &Path) -> Option<&'t Node> {
        if path.is_root() { Some(self.root) } else { self.find(path).map(|found| found.node) }
    }

    fn find(&self, path: &Path) -> Option<Found<'t>> {
        self.find_all(path).pop()
    }

    /// What stands at `path`; more than one part if a key is there twice.
    fn find_all(&self, path: &Path) -> Vec<Found<'t>> {
        let parent = path.parent().and_then(|parent| Some((self.node(&parent)?, path.last()?)));
        match parent {
            Some((around, Segment::Index(index))) if matches!(around.kind, NodeKind::Sequence { .. }) => {
                let NodeKind::Sequence { items, .. } = &around.kind else { return Vec::new() };
                items.get(*index).map(|node| Found { node, key: None, around, index: *index }).into_iter().collect()
            }
            Some((Node { kind: NodeKind::Mapping { entries, .. }, .. }, segment)) => {
                let around = parent.map(|(around, _)| around).unwrap();
                let wanted = match segment {
                    Segment::Field(name) | Segment::Key(name) => name.to_string(),
                    Segment::Index(index) => index.to_string(),
                };
                let is_it = |entry: &Entry| keys::name(&entry.key).is_some_and(|name| name == wanted.as_str());
                let found = |(index, entry): (usize, &'t Entry)| Found {
                    node: &entry.value,
                    key: Some(entry.key.start()),
                    around,
                    index,
                };
                entries.iter().enumerate().filter(|(_, entry)| is_it(entry)).map(found).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn is_flow(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Sequence { layout, .. } | NodeKind::Mapping { layout, .. } => *layout != Layout::Block,
        _ => true,
    }
}

/// Where the parts of a collection end and begin.
fn children(node: &Node) -> Vec<(usize, usize)> {
    match &node.kind {
        NodeKind::Sequence { items, .. } => items.iter().map(|item| (item.span.end, item.start())).collect(),
        NodeKind::Mapping { entries, .. } => entries.iter().map(|entry| (entry.value.span.end, entry.key.start())).collect(),
        _ => Vec::new(),
    }
}
