//! What becomes of the parts of a document that others depend on: anchors, whose aliases stand elsewhere, and items that leave
//! their list and may turn up in another one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::align;
use super::anchors::{self, Anchors};
use super::editor::{Task, Values};
use super::keys::{self, Brought, Fate, Merged};
use super::parts;
use super::verify::is_same;
use crate::order::Order;
use crate::yaml::node::{Entry, Layout, Node, NodeKind};

/// How many items with the same value or name are looked at.
const MAX_CANDIDATES: usize = 8;

/// The fates of anchors and items, found out when they are asked for.
pub(super) struct Survey<'a> {
    task: Task<'a>,
    anchors: Rc<Anchors<'a>>,
    findings: Option<Findings<'a>>,
}

/// An item that left its list.
#[derive(Clone, Copy)]
pub(super) struct Removed<'a> {
    pub(super) item: &'a Node,
    pub(super) value: &'a Value,
    /// The list that it was in.
    pub(super) list: &'a Node,
    /// Where its dash stands.
    pub(super) dash: usize,
}

#[derive(Default)]
struct Findings<'a> {
    /// By the names of the anchors.
    fates: HashMap<&'a str, AnchorFate<'a>>,
    has_changed_anchors: bool,
    removed: Vec<Option<Removed<'a>>>,
    /// Their indices, by the digests of their values.
    by_value: HashMap<u64, Vec<usize>>,
    /// The same, by the digests of their names.
    by_name: HashMap<u64, Vec<usize>>,
}

/// What becomes of the value that an anchor names.
#[derive(Clone, Copy)]
struct AnchorFate<'a> {
    /// What it will be; none if it goes.
    value: Option<&'a Value>,
    is_changed: bool,
    /// Another value has the same anchor.
    is_ambiguous: bool,
}

impl<'a> Survey<'a> {
    pub(super) fn new(task: Task<'a>) -> Self {
        let may_have_anchors = task.lines.text[task.root.start()..].contains('&');
        let anchors = if may_have_anchors { Anchors::of(task.root) } else { Anchors::default() };
        Self { task, anchors: Rc::new(anchors), findings: None }
    }

    /// The survey of `item`, which moves as a whole: the anchors in it stay for its own aliases.
    pub(super) fn of_item(&self, item: &'a Node, (old, new): Values<'a>, order: &'static Order) -> Self {
        let task = Task { root: item, old, new, order, ..self.task };
        let mut findings = Findings::default();
        if let Some(Findings { fates, has_changed_anchors, .. }) = &self.findings {
            findings.fates.clone_from(fates);
            findings.has_changed_anchors = *has_changed_anchors;
        }
        let own = Anchors::of(item);
        findings.fates.retain(|name, _| !own.has(name));
        Walk { task, anchors: &self.anchors, findings: &mut findings }.stays(item, (old, new), order);
        Self { task, anchors: Rc::clone(&self.anchors), findings: Some(findings) }
    }

    /// True if a value that an anchor names changes or goes.
    pub(super) fn has_changed_anchors(&mut self) -> bool {
        !self.anchors.is_empty() && self.findings().has_changed_anchors
    }

    /// True if the alias `name`, which meant `old`, will mean `new`.
    pub(super) fn alias_stays(&mut self, name: &str, old: &Value, new: &Value) -> bool {
        match self.findings().fates.get(name) {
            Some(fate) if !fate.is_ambiguous => fate.value.is_some_and(|value| is_same(value, new)),
            Some(fate) => !fate.is_changed && is_same(old, new),
            None => is_same(old, new),
        }
    }

    /// What the merge keys among `entries` will bring.
    pub(super) fn merged(&mut self, entries: &'a [Entry]) -> Merged<'a> {
        if !self.has_changed_anchors() {
            return self.anchors.merged(entries);
        }
        self.findings();
        let (mut merged, mut seen) = (Merged::default(), HashSet::new());
        for source in anchors::sources(entries) {
            match self.fate_of(source) {
                Some(AnchorFate { is_changed: true, is_ambiguous: false, value: Some(Value::Object(map)) }) => {
                    merged.entries.extend(map.iter().map(|(name, value)| (name.into(), Brought::Changed(value))));
                }
                Some(AnchorFate { is_changed: true, .. }) => merged.is_lost = true,
                _ => self.anchors.bring(source, &mut merged, &mut seen),
            }
        }
        merged
    }

    fn fate_of(&self, node: &Node) -> Option<&AnchorFate<'a>> {
        let NodeKind::Alias(name) = &node.kind else { return None };
        self.findings.as_ref()?.fates.get(name.as_str())
    }

    /// The item that left a list and turns up as `new`, unchanged, or under the same name with little changed. Each is given
    /// once. A scalar can only turn up in its own `list`.
    pub(super) fn take_removed(&mut self, new: &'a Value, list: Option<&'a Node>) -> Option<Removed<'a>> {
        let Findings { removed, by_value, by_name, .. } = self.findings();
        let mut take = |candidates: &[usize], is_it: &dyn Fn(&Removed<'a>) -> bool| {
            let is_there = |index: &&usize| removed[**index].as_ref().is_some_and(is_it);
            let index = candidates.iter().rev().take(MAX_CANDIDATES).find(is_there)?;
            removed[*index].take()
        };
        let is_here = |removed: &Removed<'a>| is_collection(new) || list.is_some_and(|list| std::ptr::eq(removed.list, list));
        let exact = by_value.get(&align::digest(new)).map(Vec::as_slice).unwrap_or_default();
        if let Some(found) = take(exact, &|removed| removed.value == new && is_here(removed)) {
            return Some(found);
        }
        let named = by_name.get(&align::digest(align::name(new)?))?;
        take(named, &|removed| align::is_similar(removed.value, new))
    }

    fn findings(&mut self) -> &mut Findings<'a> {
        self.findings.get_or_insert_with(|| {
            let mut findings = Findings::default();
            let Task { root, old, new, order, .. } = self.task;
            Walk { task: self.task, anchors: &self.anchors, findings: &mut findings }.stays(root, (old, new), order);
            findings
        })
    }
}

/// The walk that finds out; it goes the way of [`super::editor::Editor`].
struct Walk<'a, 'f> {
    task: Task<'a>,
    anchors: &'f Anchors<'a>,
    findings: &'f mut Findings<'a>,
}

impl<'a> Walk<'a, '_> {
    fn stays(&mut self, node: &'a Node, (old, new): Values<'a>, order: &'static Order) {
        self.note_anchor(node, old, Some(new));
        if self.anchors.is_empty() && is_same(old, new) {
            return;
        }
        match (&node.kind, old, new) {
            (NodeKind::Mapping { entries, .. }, Value::Object(old), Value::Object(new)) => {
                let Some(plan) = keys::plan(entries, (old, new), order, &self.anchors.merged(entries)) else { return };
                for (entry, fate) in entries.iter().zip(plan.fates) {
                    match fate {
                        Fate::Stays { name, value } => {
                            let before = old.get(name).unwrap_or(value);
                            self.stays(&entry.value, (before, value), order.of_field(name));
                        }
                        Fate::IsRenamed { name, values } => self.stays(&entry.value, values, order.of_field(name)),
                        Fate::Goes => self.entry_goes(entry, old),
                        Fate::Merges | Fate::IsHidden => {}
                    }
                }
            }
            (NodeKind::Sequence { layout, items }, Value::Array(before), Value::Array(after)) => {
                let mut next = 0;
                for (i, j) in align::pairs(before, after) {
                    self.items_go(node, *layout, next..i, before);
                    if let Some(item) = items.get(i) {
                        self.stays(item, (&before[i], &after[j]), order);
                    }
                    next = i + 1;
                }
                self.items_go(node, *layout, next..before.len(), before);
            }
            _ => self.parts_go(node, old),
        }
    }

    fn parts_go(&mut self, node: &'a Node, old: &'a Value) {
        match (&node.kind, old) {
            (NodeKind::Mapping { entries, .. }, Value::Object(old)) => {
                for entry in entries {
                    self.entry_goes(entry, old);
                }
            }
            (NodeKind::Sequence { layout, .. }, Value::Array(old)) => self.items_go(node, *layout, 0..old.len(), old),
            _ => {}
        }
    }

    fn entry_goes(&mut self, entry: &'a Entry, old: &'a Map<String, Value>) {
        if keys::is_merge(&entry.key) {
            return self.anchors_go(&entry.value);
        }
        if let Some(value) = keys::name(&entry.key).and_then(|name| old.get(name.as_ref())) {
            self.note_anchor(&entry.value, value, None);
            self.parts_go(&entry.value, value);
        }
    }

    /// Notes that the anchors in what a merge key brought are gone. No values of the tree belong to them.
    fn anchors_go(&mut self, node: &'a Node) {
        self.note_anchor(node, &Value::Null, None);
        match &node.kind {
            NodeKind::Sequence { items, .. } => items.iter().for_each(|item| self.anchors_go(item)),
            NodeKind::Mapping { entries, .. } => entries.iter().for_each(|entry| self.anchors_go(&entry.value)),
            _ => {}
        }
    }

    fn items_go(&mut self, list: &'a Node, layout: Layout, range: Range<usize>, old: &'a [Value]) {
        let NodeKind::Sequence { items, .. } = &list.kind else { return };
        if range.is_empty() || items.len() != old.len() {
            return;
        }
        let dashes = if layout == Layout::Block { parts::dashes(self.task.lines, list, items) } else { None };
        for index in range {
            let (item, value) = (&items[index], &old[index]);
            self.note_anchor(item, value, None);
            if !self.anchors.is_empty() {
                self.parts_go(item, value);
            }
            if let Some(dashes) = &dashes {
                self.note_removed(Removed { item, value, list, dash: dashes[index] });
            }
        }
    }

    fn note_removed(&mut self, removed: Removed<'a>) {
        let index = self.findings.removed.len();
        self.findings.by_value.entry(align::digest(removed.value)).or_default().push(index);
        if let Some(name) = align::name(removed.value) {
            self.findings.by_name.entry(align::digest(name)).or_default().push(index);
        }
        self.findings.removed.push(Some(removed));
    }

    fn note_anchor(&mut self, node: &'a Node, old: &Value, new: Option<&'a Value>) {
        let Some(name) = node.anchor() else { return };
        let is_changed = new.is_none_or(|new| !is_same(old, new));
        self.findings.has_changed_anchors |= is_changed;
        self.findings
            .fates
            .entry(name)
            .and_modify(|fate| {
                fate.is_ambiguous = true;
                fate.is_changed |= is_changed;
            })
            .or_insert(AnchorFate { value: new, is_changed, is_ambiguous: false });
    }
}

fn is_collection(value: &Value) -> bool {
    value.is_object() || value.is_array()
}
