//! Objects and lists that are laid out by columns: their parts stay, go, or are put in on lines of their own.

use serde_json::Value;

use super::align;
use super::editor::{Dash, Editor, Slot, Step, Values};
use super::keys::{self, Fate};
use super::parts::{self, Parts};
use super::render::Renderer;
use super::replace::Reuse;
use crate::order::Order;
use crate::yaml::node::{Entry, Node};
use crate::yaml::style::{Example, column, quotes};

impl<'a> Editor<'a> {
    /// Brings the object `node` from the first of two `values` to the second.
    pub(super) fn block_object(
        &mut self,
        slot: Slot,
        node: &'a Node,
        entries: &'a [Entry],
        values: Values<'a>,
        order: &'static Order,
    ) {
        let (Value::Object(old), Value::Object(new)) = values else { return };
        let merged = self.survey.merged(entries);
        let plan = keys::plan(entries, (old, new), order, &merged);
        let (Some(plan), Some(parts)) = (plan, parts::entries(self.lines, node, entries)) else {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        };
        let goes: Vec<bool> = plan.fates.iter().map(|fate| *fate == Fate::Goes).collect();
        if goes.iter().all(|goes| *goes) {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        }
        let column = column(node);
        for (entry, fate) in entries.iter().zip(&plan.fates) {
            match *fate {
                Fate::Stays { name, value } => self.entry(entry, name, (old.get(name).unwrap_or(value), value), column, order),
                Fate::IsRenamed { name, values } => {
                    let key = Renderer::new(&self.style, entry.key.span.start).key(name, quotes(&entry.key), false);
                    self.splices.replace(entry.key.span.clone(), key);
                    self.entry(entry, name, values, column, order);
                }
                Fate::Merges | Fate::IsHidden | Fate::Goes => {}
            }
        }
        let mut added = Vec::with_capacity(plan.added.len());
        for (index, name, value) in plan.added {
            let at = entries.get(index).map_or(node.span.end, |next| next.key.span.start);
            added.push((index, self.new_entry(node, (name, value), at, order)));
        }
        let parts = Parts::new(self.lines, parts, column, matches!(slot, Slot::Root));
        self.arrange(&parts, &goes, added, column);
    }

    /// The text of an entry that comes into the object `node` at `at`.
    fn new_entry(&mut self, node: &'a Node, (name, value): (&'a str, &'a Value), at: usize, order: &'static Order) -> String {
        let moves = self.inside(Step::Entry(name), |editor| editor.moves_in(value, order.of_field(name)));
        let mut renderer = Renderer::new(&self.style, at).with(&moves);
        renderer.entry(name, value, column(node), order, Some(node));
        renderer.finish()
    }

    fn entry(&mut self, entry: &'a Entry, name: &'a str, values: Values<'a>, column: usize, order: &'static Order) {
        self.inside(Step::Entry(name), |editor| match parts::colon(editor.lines, entry) {
            Some(after) => editor.value(Slot::Key { after, column }, &entry.value, values, order.of_field(name)),
            None if values.0 == values.1 => {}
            None => {
                let mut renderer = Renderer::new(&editor.style, entry.key.span.end);
                renderer.behind_key(values.1, column, order.of_field(name), None);
                let text = format!("{}{}:{}", editor.style.line_break, " ".repeat(column), renderer.finish());
                editor.splices.insert(editor.lines.end_of(entry.key.span.end), text);
            }
        });
    }

    /// Brings the list `node` from the first of two `values` to the second.
    pub(super) fn block_list(
        &mut self,
        slot: Slot,
        node: &'a Node,
        items: &'a [Node],
        values: Values<'a>,
        order: &'static Order,
    ) {
        let (Value::Array(old), Value::Array(new)) = values else { return };
        let pairs = align::pairs(old, new);
        let parts = parts::items(self.lines, node, items).filter(|parts| parts.len() == old.len());
        let Some(parts) = parts.filter(|_| !pairs.is_empty()) else {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        };
        let column = column(node);
        let lines = self.lines;
        let dash = |index: usize| Dash { column, gap: lines.gap(parts[index].start + 1, items[index].start()) };
        let (mut goes, mut added) = (vec![true; old.len()], Vec::new());
        let (mut place, mut next, mut last) = (pairs[0].0, 0, None);
        for (i, j) in pairs {
            let dash = dash(i);
            let neighbor = last.unwrap_or(i);
            for (index, item) in new.iter().enumerate().take(j).skip(next) {
                added.push((place, self.new_item(node, (index, item), dash, &items[neighbor], order)));
            }
            let slot = Slot::Dash { after: parts[i].start + 1, dash };
            self.inside(Step::Item(j), |editor| editor.value(slot, &items[i], (&old[i], &new[j]), order));
            (goes[i], place, next, last) = (false, i + 1, j + 1, Some(i));
        }
        let last = last.unwrap_or(0);
        let dash = dash(last);
        for (index, item) in new.iter().enumerate().skip(next) {
            added.push((place, self.new_item(node, (index, item), dash, &items[last], order)));
        }
        let parts = Parts::new(self.lines, parts, column, matches!(slot, Slot::Root));
        self.arrange(&parts, &goes, added, column);
    }

    /// The text of `item`, which comes into the `list` beside `neighbor`.
    fn new_item(
        &mut self,
        list: &'a Node,
        (index, item): (usize, &'a Value),
        dash: Dash,
        neighbor: &'a Node,
        order: &'static Order,
    ) -> String {
        let moves = self.inside(Step::Item(index), |editor| editor.moves_into(list, item, order));
        let mut renderer = Renderer::new(&self.style, neighbor.span.start).with(&moves);
        renderer.item(item, dash, order, Some(Example::without_key(neighbor)));
        renderer.finish()
    }

    /// Takes away the parts that go, and puts each of those `added` before the part with its index.
    fn arrange(&mut self, parts: &Parts<'a>, goes: &[bool], added: Vec<(usize, String)>, column: usize) {
        let first = goes.iter().position(|goes| !goes).unwrap_or(0);
        let (front, rest): (Vec<_>, Vec<_>) = added.into_iter().partition(|(index, _)| *index <= first);
        let front: Vec<String> = front.into_iter().map(|(_, text)| text).collect();
        let is_inline = !self.lines.is_first(parts.start(0));
        if is_inline {
            self.arrange_behind_dash(parts, first, front, column);
        } else {
            self.put_lines(parts.top(first), front, column);
        }
        let going = goes.iter().enumerate().filter(|(index, goes)| **goes && !(is_inline && *index < first));
        for (index, _) in going {
            self.splices.remove(parts.top(index)..parts.bottom(index));
        }
        for (index, text) in rest {
            self.put_lines(parts.bottom(index - 1), vec![text], column);
        }
    }

    /// The same for the parts before the `first` one that stays, where the first of all stands behind the dash of a list.
    fn arrange_behind_dash(&mut self, parts: &Parts<'a>, first: usize, front: Vec<String>, column: usize) {
        let start = parts.start(0);
        let new_line = format!("{}{}", self.style.line_break, " ".repeat(column));
        if first == 0 {
            self.splices.insert(start, front.into_iter().map(|text| text + &new_line).collect::<String>());
            return;
        }
        let end = parts.end(first - 1);
        if !front.is_empty() {
            self.splices.replace(start..end, front.join(&new_line));
        } else if self.lines.skip(end) == self.lines.skip_blanks(end) {
            self.splices.remove(start..parts.start(first));
        } else {
            let before = self.lines.text[..start].trim_end_matches(' ');
            self.splices.remove(before.len()..end);
        }
    }

    /// Puts lines in at `at`, where a line begins.
    fn put_lines(&mut self, at: usize, texts: Vec<String>, column: usize) {
        let indentation = " ".repeat(column);
        let lines = texts.iter().flat_map(|text| [indentation.as_str(), text.as_str(), self.style.line_break]);
        self.splices.insert(at, lines.collect::<String>());
    }
}
