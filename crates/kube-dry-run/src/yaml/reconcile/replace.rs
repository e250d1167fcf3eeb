//! A value that is written anew.
//!
//! A value stands partly on the line of its key or dash (`head`) and partly on lines below (`tail`). Both are replaced on their
//! own, so that a comment behind the head stays where it is.

use std::ops::Range;

use serde_json::Value;

use super::editor::{Editor, Slot};
use super::moves::Moves;
use super::render::{Renderer, is_foldable, literal_lines};
use crate::order::Order;
use crate::yaml::blanks::is_blank;
use crate::yaml::line_breaks::is_line_break;
use crate::yaml::node::{Layout, Node, NodeKind, ScalarStyle};
use crate::yaml::read::indentation_of_text;
use crate::yaml::style::{Example, quotes};

/// What of the old value is a model for the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reuse {
    /// Its quotes, its brackets, its indentation.
    Style,
    Nothing,
}

/// Where a value stands.
struct Extent {
    head: Range<usize>,
    tail: Option<Range<usize>>,
}

impl<'a> Editor<'a> {
    /// Writes `new` in place of the value of `node`. An anchor stays, a tag goes.
    pub(super) fn replace(&mut self, slot: Slot, node: &'a Node, new: &'a Value, order: &'static Order, reuse: Reuse) {
        match slot {
            Slot::Root => self.replace_document(node, new, order),
            Slot::Flow { key } => self.replace_in_flow(node, key, new, order, reuse),
            Slot::Key { after, .. } | Slot::Dash { after, .. } => {
                let extent = self.extent(after, node);
                let moves = if reuse == Reuse::Nothing { Moves::default() } else { self.moves_in(new, order) };
                let text = match new {
                    Value::String(text) if text.contains('\n') && self.would_swallow(&extent, slot) => self.quoted(node, text),
                    _ => self.text_behind(slot, node, new, &moves, order, reuse),
                };
                self.put(extent, &text);
            }
        }
    }

    fn replace_document(&mut self, node: &'a Node, new: &'a Value, order: &'static Order) {
        let mut renderer = Renderer::new(&self.style, node.span.start);
        renderer.block(new, 0, order, None);
        let new_line = if self.lines.is_first(node.start()) { "" } else { self.style.line_break };
        self.splices.replace(node.start()..node.span.end, format!("{new_line}{}", renderer.finish()));
    }

    fn replace_in_flow(
        &mut self,
        node: &'a Node,
        key: Option<(usize, usize)>,
        new: &'a Value,
        order: &'static Order,
        reuse: Reuse,
    ) {
        let begin = key.map_or(node.start(), |(start, _)| start);
        let mut renderer = Renderer::new(&self.style, begin);
        match new {
            Value::String(text) if reuse == Reuse::Style && self.style.keeps_quotes(node) => {
                renderer.push_text(text, quotes(node));
            }
            _ => renderer.flow(new, order, self.example(node, None, reuse), self.lines.indentation(begin)),
        }
        let text = renderer.finish();
        let is_left_out = node.span.is_empty() && node.properties.is_none();
        let before = match key {
            Some((_, key_end)) if is_left_out && node.span.start == key_end => ": ",
            Some(_) if is_left_out => " ",
            _ => "",
        };
        let behind = self.blank_before_comment(node.span.end);
        self.splices.replace(node.start()..node.span.end, format!("{before}{}{text}{behind}", anchor(node)));
    }

    /// The model for a new value of `node`, whose key stands at `key_column`: the old value, or its like under the same key
    /// elsewhere.
    fn example(&self, node: &'a Node, key_column: Option<usize>, reuse: Reuse) -> Option<Example<'a>> {
        let own = match key_column {
            Some(column) => Example::under_key(node, column),
            None => Example::without_key(node),
        };
        match self.last_name() {
            _ if reuse == Reuse::Nothing => None,
            Some(name) if own.is_empty() => self.style.example(name, node.span.start),
            _ => Some(own),
        }
    }

    /// What stands behind the colon or dash of `slot` when the value there is `new`.
    fn text_behind(
        &self,
        slot: Slot,
        node: &'a Node,
        new: &'a Value,
        moves: &Moves,
        order: &'static Order,
        reuse: Reuse,
    ) -> String {
        let column = slot.column();
        let anchor = anchor(node);
        if let (Reuse::Style, Value::String(text), NodeKind::Scalar { style, text: old }) = (reuse, new, &node.kind)
            && let Some(written) = self.in_style_of(node, (*style, old), text, column)
        {
            return format!(" {anchor}{written}");
        }
        let example = self.example(node, Some(column), reuse);
        let mut renderer = Renderer::new(&self.style, node.span.start).with(moves);
        match slot {
            Slot::Dash { dash, .. } if anchor.is_empty() => renderer.behind_dash(new, dash, order, example),
            Slot::Dash { dash, .. } => renderer.behind_anchor(new, dash, order, example),
            _ => renderer.behind_key(new, column, order, example),
        }
        let text = renderer.finish();
        if anchor.is_empty() { text } else { format!(" {}{text}", anchor.trim_end()) }
    }

    /// `text` as the scalar `node` writes its own, if it can.
    fn in_style_of(&self, node: &Node, (style, old): (ScalarStyle, &str), text: &str, column: usize) -> Option<String> {
        if style.is_quoted() && !self.style.keeps_quotes(node) {
            return None;
        }
        let below = || self.content_column(node, old).unwrap_or(column + self.style.step());
        match style {
            ScalarStyle::Literal => literal_lines(text, (column, below()), self.style.line_break, old.ends_with("\n\n")),
            ScalarStyle::Folded if is_foldable(text) => {
                let header = if text.ends_with('\n') { ">" } else { ">-" };
                Some(format!("{header}{}{}{}", self.style.line_break, " ".repeat(below()), text.trim_end_matches('\n')))
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if !text.contains('\n') || old.contains('\n') => {
                let mut renderer = Renderer::new(&self.style, node.span.start);
                renderer.push_text(text, Some(style));
                Some(renderer.finish())
            }
            _ => None,
        }
    }

    /// The column at which the lines of the block scalar `node` begin, which means `text`.
    fn content_column(&self, node: &Node, text: &str) -> Option<usize> {
        indentation_of_text(&self.lines.text[node.span.clone()], text)
    }

    /// True if lines of text below the key or dash would be followed by comments that are indented as deep as they are.
    fn would_swallow(&self, extent: &Extent, slot: Slot) -> bool {
        let next = self.lines.next(extent.tail.as_ref().map_or(extent.head.end, |tail| tail.end));
        self.lines.comments_below(next, slot.column()) > next
    }

    fn quoted(&self, node: &Node, text: &str) -> String {
        let mut renderer = Renderer::new(&self.style, node.span.start);
        renderer.push_text(text, quotes(node));
        format!(" {}{}", anchor(node), renderer.finish())
    }

    fn put(&mut self, extent: Extent, text: &str) {
        let (head, tail) = text.split_at(text.find(is_line_break).unwrap_or(text.len()));
        let below = extent.tail.unwrap_or_else(|| {
            let end = self.lines.end_of(extent.head.end);
            end..end
        });
        let blank = self.blank_before_comment(extent.head.end);
        self.splices.replace(extent.head, format!("{head}{blank}"));
        self.splices.replace(below, tail);
    }

    /// A blank if a comment begins at `at`, which may follow quotes and brackets at once, but nothing else.
    fn blank_before_comment(&self, at: usize) -> &'static str {
        if self.lines.text[at..].starts_with('#') { " " } else { "" }
    }

    /// Where the value `node` stands behind a colon or a dash that ends at `after`.
    fn extent(&self, after: usize, node: &Node) -> Extent {
        let (start, end) = (node.start(), node.span.end);
        let on_line = |head_end: usize| Extent { head: after..head_end, tail: None };
        let below = |head_end: usize| {
            let from = self.lines.end_of(head_end);
            Extent { head: after..head_end, tail: Some(from..self.lines.end_of(end).max(from)) }
        };
        match &node.kind {
            NodeKind::Scalar { .. } if start == end => on_line(after),
            _ if self.lines.is_broken(after..start) => below(after),
            NodeKind::Scalar { style, .. } if style.is_block() => {
                let header = &self.lines.text[node.span.clone()];
                let length = header.find(|character| is_blank(character) || is_line_break(character)).unwrap_or(header.len());
                let head_end = node.span.start + length;
                let from = self.lines.end_of(head_end);
                Extent { head: after..head_end, tail: (from < end).then_some(from..end) }
            }
            NodeKind::Sequence { layout: Layout::Block, .. } | NodeKind::Mapping { layout: Layout::Block, .. }
                if self.lines.is_broken(start..node.span.start) =>
            {
                below(self.properties_end(node))
            }
            _ => on_line(end),
        }
    }

    /// Where the properties of `node` end on the line that they begin on.
    fn properties_end(&self, node: &Node) -> usize {
        let line = &self.lines.text[node.start()..self.lines.end_of(node.start())];
        let properties = line.split_once(" #").map_or(line, |(properties, _)| properties);
        node.start() + properties.trim_end_matches(is_blank).len()
    }
}

/// The anchor of `node` and a blank.
fn anchor(node: &Node) -> String {
    node.anchor().map_or(String::new(), |anchor| format!("&{anchor} "))
}
