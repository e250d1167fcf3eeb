//! Lists in brackets and objects in braces.

use serde_json::Value;

use super::{Renderer, arranged};
use crate::order::Order;
use crate::yaml::node::Node;
use crate::yaml::style::{Example, key_quotes};

impl<'a> Renderer<'_, 'a> {
    /// Writes `value` in brackets; each part on a line of its own if it begins on a line with the `indentation`, else all on
    /// one.
    pub(in crate::yaml::reconcile) fn flow(
        &mut self,
        value: &Value,
        order: &Order,
        example: Option<Example<'a>>,
        indentation: Option<&str>,
    ) {
        let example = example.filter(|example| example.is_like(value));
        let indentation = indentation.filter(|_| self.is_on_lines(example));
        let inner = indentation.map(|indentation| format!("{indentation}{}", self.style.flow_indentation()));
        match value {
            Value::Object(map) if !map.is_empty() => {
                self.out.push('{');
                for (number, (name, value)) in arranged(map, order, example).into_iter().enumerate() {
                    self.separate(number, inner.as_deref(), example);
                    self.flow_entry(name, value, order, example.map(|example| example.node), inner.as_deref());
                }
                self.close(indentation, example);
                self.out.push('}');
            }
            Value::Array(items) if !items.is_empty() => {
                let item_example = example.and_then(|example| example.item());
                self.out.push('[');
                for (number, item) in items.iter().enumerate() {
                    self.separate(number, inner.as_deref(), example);
                    self.flow(item, order, item_example, inner.as_deref());
                }
                self.close(indentation, example);
                self.out.push(']');
            }
            scalar => {
                let quotes = example.and_then(|example| example.quotes());
                self.out.push_str(&self.scalar(scalar, quotes, true));
            }
        }
    }

    /// Writes an entry of an object in braces.
    pub(in crate::yaml::reconcile) fn flow_entry(
        &mut self,
        name: &str,
        value: &Value,
        order: &Order,
        siblings: Option<&'a Node>,
        indentation: Option<&str>,
    ) {
        self.out.push_str(&self.key(name, siblings.and_then(key_quotes), true));
        self.out.push_str(if self.style.is_compact() { ":" } else { ": " });
        self.flow(value, order.of_field(name), self.example(name, siblings), indentation);
    }

    /// True unless the text writes such values on one line.
    fn is_on_lines(&self, example: Option<Example<'a>>) -> bool {
        example.map_or_else(|| self.style.is_json(), |example| self.text_of(example).contains('\n'))
    }

    fn separate(&mut self, number: usize, indentation: Option<&str>, example: Option<Example<'a>>) {
        if number > 0 {
            self.out.push(',');
        }
        match indentation {
            Some(indentation) => self.new_indented_line(indentation),
            None if number > 0 && !self.style.is_compact() || self.is_padded(example) => self.out.push(' '),
            None => {}
        }
    }

    fn close(&mut self, indentation: Option<&str>, example: Option<Example<'a>>) {
        match indentation {
            Some(indentation) => self.new_indented_line(indentation),
            None if self.is_padded(example) => self.out.push(' '),
            None => {}
        }
    }

    fn new_indented_line(&mut self, indentation: &str) {
        self.out.push_str(self.style.line_break);
        self.out.push_str(indentation);
    }

    /// True if a blank follows the bracket of `example`.
    fn is_padded(&self, example: Option<Example<'a>>) -> bool {
        example.is_some_and(|example| self.text_of(example).get(1..).is_some_and(|inside| inside.starts_with(' ')))
    }

    fn text_of(&self, example: Example<'a>) -> &'a str {
        &self.style.text[example.node.span.clone()]
    }
}
