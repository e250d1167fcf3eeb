//! The walk along a document and its two trees, which gathers the changes of the text.

use std::ops::Range;

use serde_json::Value;

use super::lines::TextLines;
use super::replace::Reuse;
use super::splices::Splices;
use super::survey::Survey;
use super::verify::is_same;
use crate::order::Order;
use crate::path::Segment;
use crate::yaml::node::{Layout, Node, NodeKind};
use crate::yaml::style::Style;

/// What is to be done: the text of `root` means `old`, and is to mean `new`.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) lines: TextLines<'a>,
    pub(super) root: &'a Node,
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    pub(super) order: &'static Order,
    /// The block that is to be laid out anew.
    pub(super) anew: Option<&'a [Segment]>,
}

/// Gathers the changes that a task takes.
pub(super) struct Editor<'a> {
    pub(super) task: Task<'a>,
    pub(super) lines: TextLines<'a>,
    pub(super) style: Style<'a>,
    pub(super) splices: Splices,
    pub(super) survey: Survey<'a>,
    trail: Vec<Step<'a>>,
    is_stuck: bool,
}

/// What a part of the document means before and after.
pub(super) type Values<'a> = (&'a Value, &'a Value);

/// A step from an object or a list to a part of it, in the new tree.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Entry(&'a str),
    Item(usize),
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// It is the document.
    Root,
    /// Behind the colon, which ends at `after`, of a key at `column`.
    Key { after: usize, column: usize },
    /// Behind a dash, which ends at `after`.
    Dash { after: usize, dash: Dash },
    /// In brackets or braces; maybe as the value of a key, which begins and ends there.
    Flow { key: Option<(usize, usize)> },
}

impl Slot {
    /// The column of the key or the dash.
    pub(super) fn column(self) -> usize {
        match self {
            Self::Key { column, .. } => column,
            Self::Dash { dash, .. } => dash.column,
            Self::Root | Self::Flow { .. } => 0,
        }
    }
}

/// How the dashes of a list stand.
#[derive(Clone, Copy)]
pub(super) struct Dash {
    /// The column of the dashes.
    pub(super) column: usize,
    /// How many blanks follow them.
    pub(super) gap: usize,
}

impl Dash {
    /// The column at which the items begin.
    pub(super) fn content_column(self) -> usize {
        self.column + 1 + self.gap
    }
}

impl<'a> Editor<'a> {
    /// The changes of the text; none if it is beyond what is done part by part.
    pub(super) fn changes(task: Task<'a>) -> Option<Splices> {
        let mut editor = Self {
            lines: task.lines,
            style: Style::new(task.lines.text, task.root),
            splices: Splices::default(),
            survey: Survey::new(task),
            trail: Vec::new(),
            is_stuck: false,
            task,
        };
        editor.value(Slot::Root, task.root, (task.old, task.new), task.order);
        (!editor.is_stuck).then_some(editor.splices)
    }

    /// Brings the text of `node` from the first of two `values` to the second.
    pub(super) fn value(&mut self, slot: Slot, node: &'a Node, values: Values<'a>, order: &'static Order) {
        let (old, new) = values;
        if self.is_to_be_anew() {
            self.replace(slot, node, new, order, Reuse::Nothing);
            return;
        }
        let is_unchanged = is_same(old, new);
        if is_unchanged && !self.survey.has_changed_anchors() && !self.leads_to_anew() {
            return;
        }
        match (&node.kind, old, new) {
            (NodeKind::Alias(name), _, _) if self.survey.alias_stays(name, old, new) => {}
            (NodeKind::Mapping { layout: Layout::Block, entries }, Value::Object(_), Value::Object(map)) if !map.is_empty() => {
                self.block_object(slot, node, entries, values, order);
            }
            (NodeKind::Mapping { entries, .. }, Value::Object(_), Value::Object(map)) if !map.is_empty() => {
                self.flow_object(slot, node, entries, values, order);
            }
            (NodeKind::Sequence { layout: Layout::Block, items }, Value::Array(_), Value::Array(list)) if !list.is_empty() => {
                self.block_list(slot, node, items, values, order);
            }
            (NodeKind::Sequence { items, .. }, Value::Array(_), Value::Array(list)) if !list.is_empty() => {
                self.flow_list(slot, node, items, values, order);
            }
            (NodeKind::Alias(_), _, _) => self.replace(slot, node, new, order, Reuse::Nothing),
            _ if is_unchanged => {}
            _ => self.replace(slot, node, new, order, Reuse::Style),
        }
    }

    /// Does `work` in the part that `step` leads to.
    pub(super) fn inside<T>(&mut self, step: Step<'a>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.trail.push(step);
        let done = work(self);
        self.trail.pop();
        done
    }

    /// The text of `range` after the changes that `work` makes in it.
    pub(super) fn changed(&mut self, range: Range<usize>, work: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.splices);
        work(self);
        let inner = std::mem::replace(&mut self.splices, outer);
        inner.apply(self.lines.text, range).unwrap_or_else(|| {
            self.give_up();
            String::new()
        })
    }

    /// The name of the entry at hand, if it is one of an object.
    pub(super) fn last_name(&self) -> Option<&'a str> {
        match self.trail.last() {
            Some(Step::Entry(name)) => Some(name),
            _ => None,
        }
    }

    /// Says that this text is beyond what is done part by part.
    pub(super) fn give_up(&mut self) {
        self.is_stuck = true;
    }

    /// True if the node at hand is the one to be laid out anew.
    fn is_to_be_anew(&self) -> bool {
        self.task.anew.is_some_and(|anew| anew.len() == self.trail.len()) && self.leads_to_anew()
    }

    /// True if the node to be laid out anew is in the one at hand.
    fn leads_to_anew(&self) -> bool {
        let is_step = |(step, segment): (&Step<'_>, &Segment)| match (step, segment) {
            (Step::Entry(name), Segment::Field(field) | Segment::Key(field)) => name == field,
            (Step::Item(index), Segment::Index(wanted)) => index == wanted,
            _ => false,
        };
        self.task.anew.is_some_and(|anew| anew.len() >= self.trail.len() && self.trail.iter().zip(anew).all(is_step))
    }
}
