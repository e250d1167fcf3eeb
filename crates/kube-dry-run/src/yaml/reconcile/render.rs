//! The text of values that a document does not have yet, in its style.

mod flow;
mod scalar;

use serde_json::{Map, Value};

use super::editor::Dash;
use super::moves::Moves;
use super::place;
use crate::order::Order;
use crate::yaml::node::{Layout, Node, NodeKind, ScalarStyle};
use crate::yaml::scalar::is_long_key;
use crate::yaml::style::{Example, Style, key_quotes};

pub(super) use scalar::{is_foldable, literal_lines};

/// The longest list or object that is written on one line where the text gives a model of one that it has on several.
const MAX_FLOW_LENGTH: usize = 80;

/// Lays out values for a place in a text. The first line of what it writes has no indentation, all others have theirs, and the
/// last one no line break.
pub(super) struct Renderer<'s, 'a> {
    style: &'s Style<'a>,
    at: usize,
    moves: Option<&'s Moves>,
    out: String,
}

impl<'s, 'a> Renderer<'s, 'a> {
    /// A renderer of values that are to stand at `at` in the text whose `style` is known.
    pub(super) fn new(style: &'s Style<'a>, at: usize) -> Self {
        Self { style, at, moves: None, out: String::new() }
    }

    /// The same renderer, which takes the text of items that move from `moves`.
    pub(super) fn with(self, moves: &'s Moves) -> Self {
        Self { moves: Some(moves), ..self }
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes an entry of an object at `column`, whose other entries are `siblings`.
    pub(super) fn entry(&mut self, name: &str, value: &Value, column: usize, order: &Order, siblings: Option<&'a Node>) {
        let quotes = siblings.and_then(key_quotes);
        let key = self.key(name, quotes, false);
        if is_long_key(&key) {
            self.out.push_str("? ");
            self.out.push_str(&key);
            self.new_line(column);
        } else {
            self.out.push_str(&key);
        }
        self.out.push(':');
        let example = self.example(name, siblings);
        self.value(value, column, order.of_field(name), example, siblings);
    }

    /// Writes an item of a list with its `dash`.
    pub(super) fn item(&mut self, value: &Value, dash: Dash, order: &Order, example: Option<Example<'a>>) {
        if let Some(text) = self.moves.and_then(|moves| moves.text_of(value, dash.column)) {
            self.out.push_str(&text);
            return;
        }
        self.out.push('-');
        self.behind_dash(value, dash, order, example);
    }

    /// Writes what stands behind the colon of a key at `column`.
    pub(super) fn behind_key(&mut self, value: &Value, column: usize, order: &Order, example: Option<Example<'a>>) {
        self.value(value, column, order, example, None);
    }

    /// The same for the key of an object whose other entries are `siblings`.
    fn value(&mut self, value: &Value, column: usize, order: &Order, example: Option<Example<'a>>, siblings: Option<&'a Node>) {
        let example = example.filter(|example| example.is_like(value));
        if self.on_key_line(value, column, column + self.style.step(), order, example) {
            return;
        }
        let below = match value {
            Value::Array(_) => column + self.style.list_offset(example, siblings, self.at),
            _ => column + self.style.step(),
        };
        self.new_line(below);
        self.block(value, below, order, example);
    }

    /// Writes what stands behind a dash.
    pub(super) fn behind_dash(&mut self, value: &Value, dash: Dash, order: &Order, example: Option<Example<'a>>) {
        let example = example.filter(|example| example.is_like(value));
        if !self.on_key_line(value, dash.column, dash.content_column(), order, example) {
            self.out.extend(std::iter::repeat_n(' ', dash.gap));
            self.block(value, dash.content_column(), order, example);
        }
    }

    /// Writes what stands behind a dash and an anchor, which would belong to the first key if that stood on the same line.
    pub(super) fn behind_anchor(&mut self, value: &Value, dash: Dash, order: &Order, example: Option<Example<'a>>) {
        let example = example.filter(|example| example.is_like(value));
        if !self.on_key_line(value, dash.column, dash.content_column(), order, example) {
            self.new_line(dash.content_column());
            self.block(value, dash.content_column(), order, example);
        }
    }

    /// Writes `text` in brackets or not on one line, in the `quotes` that are wanted, if they can hold it.
    pub(super) fn push_text(&mut self, text: &str, quotes: Option<ScalarStyle>) {
        let written = self.text_on_one_line(text, quotes, true);
        self.out.push_str(&written);
    }

    /// Writes an object or a list, part below part, from `column` on.
    pub(super) fn block(&mut self, value: &Value, column: usize, order: &Order, example: Option<Example<'a>>) {
        match value {
            Value::Object(map) if !map.is_empty() => self.object(map, column, order, example),
            Value::Array(items) if !items.is_empty() => self.list(items, column, order, example),
            scalar => self.out.push_str(&self.scalar(scalar, None, false)),
        }
    }

    fn object(&mut self, map: &Map<String, Value>, column: usize, order: &Order, example: Option<Example<'a>>) {
        for (number, (name, value)) in arranged(map, order, example).into_iter().enumerate() {
            if number > 0 {
                self.new_line(column);
            }
            self.entry(name, value, column, order, example.map(|example| example.node));
        }
    }

    fn list(&mut self, items: &[Value], column: usize, order: &Order, example: Option<Example<'a>>) {
        let example = example.and_then(|example| example.item());
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.new_line(column);
            }
            self.item(item, Dash { column, gap: 1 }, order, example);
        }
    }

    /// Writes a blank and `value`, if it begins on the line of its key or dash at `column`; lines of a text below it stand at
    /// the column `below`.
    fn on_key_line(&mut self, value: &Value, column: usize, below: usize, order: &Order, example: Option<Example<'a>>) -> bool {
        match value {
            Value::Object(map) if !map.is_empty() => self.in_brackets(value, order, example),
            Value::Array(items) if !items.is_empty() => self.in_brackets(value, order, example),
            Value::String(text) => {
                self.out.push(' ');
                match literal_lines(text, (column, below), self.style.line_break, false) {
                    Some(lines) => self.out.push_str(&lines),
                    None => self.out.push_str(&self.text_on_one_line(text, example.and_then(|example| example.quotes()), false)),
                }
                true
            }
            scalar => {
                self.out.push(' ');
                self.out.push_str(&self.scalar(scalar, None, false));
                true
            }
        }
    }

    /// Writes a blank and `value` in brackets or braces, if the text does so with its like.
    fn in_brackets(&mut self, value: &Value, order: &Order, example: Option<Example<'a>>) -> bool {
        let Some(example) = example.filter(|example| is_flow(example.node) && has_short_texts(value)) else {
            return false;
        };
        let start = self.out.len();
        self.out.push(' ');
        self.flow(value, order, Some(example), None);
        let is_model_short = !self.style.text[example.node.span.clone()].contains('\n');
        let fits = is_model_short || self.out.len() - start <= MAX_FLOW_LENGTH;
        if !fits {
            self.out.truncate(start);
        }
        fits
    }

    /// The model for the value of the entry `name`: that of the object that is the model for its object, or the nearest.
    fn example(&self, name: &str, siblings: Option<&'a Node>) -> Option<Example<'a>> {
        let own = siblings.and_then(|node| Example::without_key(node).entry(name)).filter(|example| !example.is_empty());
        own.or_else(|| self.style.example(name, self.at))
    }

    fn new_line(&mut self, column: usize) {
        self.out.push_str(self.style.line_break);
        self.out.extend(std::iter::repeat_n(' ', column));
    }
}

/// The entries of `map` in the order of the `example`, and those that it does not have where people write them.
fn arranged<'v>(map: &'v Map<String, Value>, order: &Order, example: Option<Example<'_>>) -> Vec<(&'v str, &'v Value)> {
    let entries = order.entries(map);
    let Some(example) = example else { return entries };
    let rank = |name: &str| entries.iter().position(|(known, _)| *known == name);
    let mut model: Vec<usize> = Vec::new();
    for rank in example.names().filter_map(rank) {
        if !model.contains(&rank) {
            model.push(rank);
        }
    }
    if model.is_sorted() {
        return entries;
    }
    let rest: Vec<usize> = (0..entries.len()).filter(|rank| !model.contains(rank)).collect();
    let mut placed: Vec<_> = place::places(&model, &rest).into_iter().zip(rest).collect();
    placed.sort_by_key(|(place, _)| *place);
    let mut placed = placed.into_iter().peekable();
    let mut ranks = Vec::with_capacity(entries.len());
    for (index, rank) in model.into_iter().enumerate() {
        while let Some((_, new)) = placed.next_if(|(place, _)| *place == index) {
            ranks.push(new);
        }
        ranks.push(rank);
    }
    ranks.extend(placed.map(|(_, rank)| rank));
    ranks.into_iter().map(|rank| entries[rank]).collect()
}

/// True of a list or an object in brackets that has something in it.
fn is_flow(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Mapping { layout, entries } => *layout == Layout::Flow && !entries.is_empty(),
        NodeKind::Sequence { layout, items } => *layout == Layout::Flow && !items.is_empty(),
        _ => false,
    }
}

fn has_short_texts(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains('\n'),
        Value::Array(items) => items.iter().all(has_short_texts),
        Value::Object(map) => map.values().all(has_short_texts),
        _ => true,
    }
}
