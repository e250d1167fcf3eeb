//! Items that leave a list and come into another place: their text goes along, comments and all.

use std::collections::HashMap;

use serde_json::Value;

use super::editor::{Dash, Editor, Slot, Step};
use super::parts::{Part, Parts};
use super::survey::Removed;
use crate::order::Order;
use crate::yaml::line_breaks::is_line_break;
use crate::yaml::node::Node;
use crate::yaml::style::column;

/// The texts of those items of new values that were somewhere before, by the addresses of the items.
#[derive(Default)]
pub(super) struct Moves(HashMap<*const Value, MovedText>);

/// The lines of an item with its dash, as they stood where it was.
struct MovedText {
    text: String,
    /// The column of its dash, and that of the first line, which may have stood behind something else.
    columns: (usize, usize),
}

impl Moves {
    /// The text of `item` for a dash at `column`, if it is one that moves.
    pub(super) fn text_of(&self, item: &Value, column: usize) -> Option<String> {
        let MovedText { text, columns: (old, first) } = self.0.get(&std::ptr::from_ref(item))?;
        Some(shift(text, *first, *old, column))
    }
}

impl<'a> Editor<'a> {
    /// The items of lists in the new `value` that were in other lists before.
    pub(super) fn moves_in(&mut self, value: &'a Value, order: &'static Order) -> Moves {
        let mut moves = Moves::default();
        self.collect_moves(value, order, &mut moves);
        moves
    }

    /// The same for `value` itself, which comes into `list`.
    pub(super) fn moves_into(&mut self, list: &'a Node, value: &'a Value, order: &'static Order) -> Moves {
        let mut moves = Moves::default();
        self.collect_item(Some(list), value, order, &mut moves);
        moves
    }

    fn collect_moves(&mut self, value: &'a Value, order: &'static Order, moves: &mut Moves) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    self.inside(Step::Entry(name), |editor| editor.collect_moves(value, order.of_field(name), moves));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(Step::Item(index), |editor| editor.collect_item(None, item, order, moves));
                }
            }
            _ => {}
        }
    }

    fn collect_item(&mut self, list: Option<&'a Node>, item: &'a Value, order: &'static Order, moves: &mut Moves) {
        if list.is_none() && !item.is_object() && !item.is_array() {
            return;
        }
        match self.survey.take_removed(item, list) {
            Some(removed) => {
                let text = self.moved_text(removed, item, order);
                moves.0.insert(std::ptr::from_ref(item), text);
            }
            None => self.collect_moves(item, order, moves),
        }
    }

    /// The text of the item that was `removed`, with the changes that make it `new`.
    fn moved_text(&mut self, removed: Removed<'a>, new: &'a Value, order: &'static Order) -> MovedText {
        let Removed { item, value: old, list, dash } = removed;
        let column = column(list);
        let parts = Parts::new(self.lines, vec![Part { start: dash, end: item.span.end }], column, false);
        let range = parts.top(0)..parts.bottom(0);
        let first = if range.start == dash { 0 } else { column };
        let gap = self.lines.gap(dash + 1, item.start());
        let slot = Slot::Dash { after: dash + 1, dash: Dash { column, gap } };

        let inner = self.survey.of_item(item, (old, new), order);
        let outer = std::mem::replace(&mut self.survey, inner);
        let text = self.changed(range, |editor| editor.value(slot, item, (old, new), order));
        self.survey = outer;
        MovedText { text, columns: (column, first) }
    }
}

/// Lines that were indented to the column `old`, the first of them to `first`, with the indentation `new`, except for the first
/// line, which has none, and without the last line break. Lines that begin further left stay as they are.
fn shift(lines: &str, first: usize, old: usize, new: usize) -> String {
    let mut out = String::with_capacity(lines.len());
    for (number, line) in lines.split_inclusive(is_line_break).enumerate() {
        let (removed, added) = if number == 0 { (first, 0) } else { (old, new) };
        match line.as_bytes().get(..removed) {
            Some(indentation) if indentation.iter().all(|byte| *byte == b' ') => {
                out.extend(std::iter::repeat_n(' ', added));
                out.push_str(&line[removed..]);
            }
            _ => out.push_str(line),
        }
    }
    let length = out.strip_suffix("\r\n").or_else(|| out.strip_suffix(is_line_break)).unwrap_or(&out).len();
    out.truncate(length);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_indented_anew() {
        assert_eq!(
            shift("  # c\r\n  - a: |\r\n      x\r\n\r\n     \r\n e\r\n", 2, 2, 0),
            "# c\r\n- a: |\r\n    x\r\n\r\n   \r\n e"
        );
        assert_eq!(shift("- a: 1\n    b: 2\n", 0, 2, 4), "- a: 1\n      b: 2");
    }
}
