//! Objects in braces and lists in brackets. As long as all their parts stay, only these change. Else the text between the
//! brackets is put together anew of the parts that stay, with the blanks and comments around each, and of new ones.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::align;
use super::editor::{Editor, Slot, Step, Values};
use super::keys::{self, Fate};
use super::lines::TextLines;
use super::parts::Part;
use super::render::Renderer;
use super::replace::Reuse;
use crate::order::Order;
use crate::yaml::blanks::is_blank;
use crate::yaml::line_breaks::is_line_break;
use crate::yaml::node::{Entry, Layout, Node, NodeKind};
use crate::yaml::style::{Example, quotes};

/// The text of a collection in brackets, in pieces.
struct Pieces<'t> {
    elements: Vec<Element<'t>>,
    /// What stands behind the last element, before the bracket that closes.
    closing: &'t str,
    has_last_comma: bool,
}

/// One part of a collection in brackets, with what is around it.
struct Element<'t> {
    /// Blanks and comments before it.
    lead: &'t str,
    part: Part,
    /// Blanks and comments between it and its comma.
    gap: &'t str,
    /// The comment behind it, or behind its comma.
    comment: &'t str,
}

/// A part of the new text of a collection.
enum Piece {
    /// An element that stays, with its new text.
    Old(usize, String),
    New(String),
}

impl<'a> Editor<'a> {
    /// Brings the object `node` from the first of two `values` to the second.
    pub(super) fn flow_object(
        &mut self,
        slot: Slot,
        node: &'a Node,
        entries: &'a [Entry],
        values: Values<'a>,
        order: &'static Order,
    ) {
        let (Value::Object(old), Value::Object(new)) = values else { return };
        let merged = self.survey.merged(entries);
        let Some(plan) = keys::plan(entries, (old, new), order, &merged) else {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        };
        let is_kept = |fate: &Fate<'_>| *fate != Fate::Goes;
        if plan.added.is_empty() && plan.fates.iter().all(is_kept) {
            for (entry, fate) in entries.iter().zip(&plan.fates) {
                self.flow_entry(entry, fate, old, order);
            }
            return;
        }
        let starts = entries.iter().map(|entry| (entry_start(self.lines, entry), entry.value.span.end));
        let pieces = pieces(self.lines, node, starts).filter(|_| plan.fates.iter().any(is_kept));
        let Some(pieces) = pieces else { return self.replace(slot, node, values.1, order, Reuse::Style) };
        let indentation = pieces.indentation();
        let mut added = plan.added.iter().peekable();
        let mut parts = Vec::new();
        for (index, (entry, fate)) in entries.iter().zip(&plan.fates).enumerate() {
            while let Some((_, name, value)) = added.next_if(|(before, _, _)| *before <= index) {
                parts.push(Piece::New(self.new_flow_entry(node, name, value, order, indentation)));
            }
            if is_kept(fate) {
                let part = pieces.elements[index].part;
                let text = self.changed(part.start..part.end, |editor| editor.flow_entry(entry, fate, old, order));
                parts.push(Piece::Old(index, text));
            }
        }
        parts.extend(added.map(|(_, name, value)| Piece::New(self.new_flow_entry(node, name, value, order, indentation))));
        self.splices.replace(node.span.start + 1..node.span.end - 1, pieces.join(parts, self.style.is_compact()));
    }

    /// Brings the list `node` from the first of two `values` to the second.
    pub(super) fn flow_list(&mut self, slot: Slot, node: &'a Node, items: &'a [Node], values: Values<'a>, order: &'static Order) {
        let (Value::Array(old), Value::Array(new)) = values else { return };
        let pairs = align::pairs(old, new);
        if items.len() != old.len() || pairs.is_empty() {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        }
        if old.len() == new.len() && pairs.len() == old.len() {
            for (index, item) in items.iter().enumerate() {
                self.flow_item(item, index, (&old[index], &new[index]), order);
            }
            return;
        }
        let starts = items.iter().map(|item| (item.start(), item.span.end));
        let Some(pieces) = pieces(self.lines, node, starts) else {
            return self.replace(slot, node, values.1, order, Reuse::Style);
        };
        let mut removed = removed(old, &pairs);
        let mut pairs = pairs.into_iter().peekable();
        let mut parts = Vec::new();
        for (j, value) in new.iter().enumerate() {
            if let Some((i, _)) = pairs.next_if(|(_, paired)| *paired == j) {
                let part = pieces.elements[i].part;
                let text = self.changed(part.start..part.end, |editor| editor.flow_item(&items[i], j, (&old[i], value), order));
                parts.push(Piece::Old(i, text));
            } else if let Some(i) = removed.get_mut(&align::digest(value)).and_then(Vec::pop) {
                let part = pieces.elements[i].part;
                let text = self.changed(part.start..part.end, |editor| editor.flow_item(&items[i], j, (&old[i], value), order));
                parts.push(Piece::Old(i, text));
            } else {
                let mut renderer = Renderer::new(&self.style, node.span.start);
                renderer.flow(value, order, items.first().map(Example::without_key), pieces.indentation());
                parts.push(Piece::New(renderer.finish()));
            }
        }
        self.splices.replace(node.span.start + 1..node.span.end - 1, pieces.join(parts, self.style.is_compact()));
    }

    fn flow_entry(&mut self, entry: &'a Entry, fate: &Fate<'a>, old: &'a Map<String, Value>, order: &'static Order) {
        let (name, values) = match *fate {
            Fate::Stays { name, value } => (name, (old.get(name).unwrap_or(value), value)),
            Fate::IsRenamed { name, values } => {
                let key = Renderer::new(&self.style, entry.key.span.start).key(name, quotes(&entry.key), true);
                self.splices.replace(entry.key.span.clone(), key);
                (name, values)
            }
            Fate::Merges | Fate::IsHidden | Fate::Goes => return,
        };
        let slot = Slot::Flow { key: Some((entry.key.start(), entry.key.span.end)) };
        self.inside(Step::Entry(name), |editor| editor.value(slot, &entry.value, values, order.of_field(name)));
    }

    fn flow_item(&mut self, item: &'a Node, index: usize, values: Values<'a>, order: &'static Order) {
        self.inside(Step::Item(index), |editor| editor.value(Slot::Flow { key: None }, item, values, order));
    }

    fn new_flow_entry(
        &self,
        node: &'a Node,
        name: &str,
        value: &Value,
        order: &'static Order,
        indentation: Option<&str>,
    ) -> String {
        let mut renderer = Renderer::new(&self.style, node.span.start);
        renderer.flow_entry(name, value, order, Some(node), indentation);
        renderer.finish()
    }
}

/// The indices of the items of `old` that are in none of the `pairs`, by their digests.
fn removed(old: &[Value], pairs: &[(usize, usize)]) -> HashMap<u64, Vec<usize>> {
    let paired: HashSet<usize> = pairs.iter().map(|(i, _)| *i).collect();
    let mut removed: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, item) in old.iter().enumerate().filter(|(i, _)| !paired.contains(i)) {
        removed.entry(align::digest(item)).or_default().push(i);
    }
    removed
}

/// Where an entry in braces begins: at the question mark before its key, if there is one.
fn entry_start(lines: TextLines<'_>, entry: &Entry) -> usize {
    let key = entry.key.start();
    let before = lines.text[lines.start..key].trim_end_matches(is_blank);
    if before.ends_with('?') { lines.start + before.len() - 1 } else { key }
}

/// The pieces of the collection `node`, whose parts begin and end at `places`; none if it has no brackets, or nothing in them.
fn pieces<'t>(lines: TextLines<'t>, node: &Node, places: impl Iterator<Item = (usize, usize)>) -> Option<Pieces<'t>> {
    let is_pair = matches!(node.kind, NodeKind::Mapping { layout: Layout::Pair, .. });
    let (mut at, end) = (node.span.start + 1, node.span.end.checked_sub(1)?);
    let mut pieces = Pieces { elements: Vec::new(), closing: "", has_last_comma: false };
    for (start, part_end) in places {
        let next = lines.skip(part_end);
        let has_comma = next < end && lines.text[next..].starts_with(',');
        if is_pair || start < at || !has_comma && next != end {
            return None;
        }
        let behind = if has_comma { next + 1 } else { part_end };
        let comment = same_line_comment(&lines.text[behind..end]);
        pieces.elements.push(Element {
            lead: &lines.text[at..start],
            part: Part { start, end: part_end },
            gap: if has_comma { &lines.text[part_end..next] } else { "" },
            comment,
        });
        at = behind + comment.len();
        pieces.has_last_comma = has_comma;
    }
    pieces.closing = &lines.text[at..end];
    (!pieces.elements.is_empty()).then_some(pieces)
}

/// The comment at the beginning of `text`, before the first line break, with the blanks before it.
fn same_line_comment(text: &str) -> &str {
    let rest = text.trim_start_matches(is_blank);
    if !rest.starts_with('#') {
        return "";
    }
    &text[..text.find(is_line_break).unwrap_or(text.len())]
}

impl Pieces<'_> {
    /// The indentation of the parts, if each stands on a line of its own.
    fn indentation(&self) -> Option<&str> {
        let lead = self.elements.last()?.lead;
        let (_, line) = lead.rsplit_once(is_line_break)?;
        line.chars().all(is_blank).then_some(line)
    }

    /// What stands between the brackets if the parts are these.
    fn join(&self, parts: Vec<Piece>, is_compact: bool) -> String {
        let first = blanks(self.elements[0].lead);
        let typical = match self.elements.get(1) {
            Some(second) => blanks(second.lead),
            None if first.contains(is_line_break) => first,
            None if is_compact => "",
            None => " ",
        };
        let mut out = String::new();
        let count = parts.len();
        for (number, part) in parts.into_iter().enumerate() {
            let usual = if number == 0 { first } else { typical };
            let has_comma = number + 1 < count || self.has_last_comma;
            match part {
                Piece::New(text) => out.extend([usual, &text, if has_comma { "," } else { "" }]),
                Piece::Old(index, text) => {
                    let element = &self.elements[index];
                    let moves = (index == 0) != (number == 0) && blanks(element.lead) == element.lead;
                    let lead = if moves { usual } else { element.lead };
                    let gap = if element.gap.is_empty() && text.ends_with(':') && has_comma { " " } else { element.gap };
                    out.extend([lead, &text, gap, if has_comma { "," } else { "" }, element.comment]);
                }
            }
        }
        out + self.closing
    }
}

/// The blanks of `lead` behind its last comment.
fn blanks(lead: &str) -> &str {
    let Some(comment) = lead.rfind('#') else { return lead };
    lead[comment..].find(is_line_break).map_or("", |length| &lead[comment + length..])
}
