//! Mistakes in the structure of a text: missing spaces and signs, two values in a line, uneven indentation.

use super::Place;
use super::line::{dash_without_space, without_space};
use crate::hint::manifest::is_word;
use crate::lines::indentation;
use crate::shown::shown;

/// How the messages begin that are about the structure.
const MESSAGES: [&str; 5] = [PAIR, KEY, "expected a `-` here", COLON, ITEM];
const PAIR: &str = "a `key: value` is not allowed here";
const KEY: &str = "expected a key here";
const COLON: &str = "expected a `:` after this key";
const ITEM: &str = "a list item is not allowed here";

impl Place<'_> {
    /// What the structure lacks where it is broken, as the message says; the most certain cause first.
    pub(super) fn structure(&self) -> Option<String> {
        if !MESSAGES.iter().any(|known| self.says(known)) {
            return None;
        }
        if self.says(ITEM) {
            return self.item_behind_key();
        }
        self.below_sign_of_text()
            .or_else(|| self.left_of_key())
            .or_else(|| self.joined_dash())
            .or_else(|| self.below_text())
            .or_else(|| self.item_of_other_column())
            .or_else(|| self.joined_colon())
            .or_else(|| self.second_colon())
            .or_else(|| self.missing_colon())
            .or_else(|| self.below_dash())
            .or_else(|| self.equals_sign())
            .or_else(|| self.lone_name())
            .or_else(|| self.quotes_in_string())
            .or_else(|| self.columns())
    }

    /// `key: - item`.
    fn item_behind_key(&self) -> Option<String> {
        let (key, item) = self.line.split_once(": ").map(|(key, item)| (key.trim(), item.trim()))?;
        let key = key.trim_start_matches("- ");
        Some(format!("Write `{}` on a line of its own, below `{}:`.", shown(item), shown(key)))
    }

    /// A line that a `|` or `>` behind the key before it makes no text of, because it is not indented further.
    fn below_sign_of_text(&self) -> Option<String> {
        let (_, before) = self.before.filter(|(_, before)| indentation(self.line) <= indentation(before))?;
        let (_, sign) = before.split_once(": ")?;
        let sign = Some(sign.trim()).filter(|sign| matches!(*sign, "|" | "|-" | "|+" | ">" | ">-" | ">+"))?;
        Some(format!(
            "The `{sign}` before it makes a text of the lines below that are indented further. Remove it if fields or a list follow."
        ))
    }

    /// `-item`, which may be an option that lacks the dash of its item.
    fn joined_dash(&self) -> Option<String> {
        let item = self.line_and_before().find_map(dash_without_space)?;
        let is_option =
            item.len() == 1 && self.lines_before().next().is_some_and(|(_, line)| line.trim_start().starts_with("- "));
        Some(if is_option {
            format!("An item begins with a dash of its own: write `- -{item}`.")
        } else {
            format!("A space is missing after the dash: write `- {}`.", shown(item))
        })
    }

    /// `name:value`.
    fn joined_colon(&self) -> Option<String> {
        let (name, value) = self.line_and_before().find_map(without_space)?;
        Some(format!("A space is missing after the colon: write `{}: {}`.", shown(name), shown(value)))
    }

    /// `name: value: more`.
    fn second_colon(&self) -> Option<String> {
        (self.says(PAIR) && self.line.matches(": ").count() > 1)
            .then(|| "There are two `: ` in this line: put the value in quotes if the second one belongs to it.".to_owned())
    }

    /// A name alone in the line before.
    fn missing_colon(&self) -> Option<String> {
        let (number, before) = self.before.filter(|(_, before)| is_word(before.trim()))?;
        Some(format!("The colon is missing in line {number}: write `{}:`.", shown(before.trim())))
    }

    /// `name = value`.
    fn equals_sign(&self) -> Option<String> {
        let (name, value) = self.line.trim().split_once('=').map(|(name, value)| (name.trim_end(), value.trim_start()))?;
        (is_word(name) && !value.is_empty())
            .then(|| format!("Between a name and its value stands a colon: write `{}: {}`.", shown(name), shown(value)))
    }

    /// A name alone in this line.
    fn lone_name(&self) -> Option<String> {
        self.says(COLON)
            .then(|| "A name without a value has a colon too: write `name: value`, or `- ` before an item of a list.".to_owned())
    }

    /// A string that ends where a quote in it stands.
    fn quotes_in_string(&self) -> Option<String> {
        (self.says(KEY) && self.lines.rest(self.error.line, 1).contains(['"', '\'']))
            .then(|| "A string ends at its second quote: put one that has quotes in it into quotes of the other sort.".to_owned())
    }

    /// True if the message of the reader begins with `words`.
    fn says(&self, words: &str) -> bool {
        self.error.message.starts_with(words)
    }

    /// The line of the mistake, and the one before it.
    fn line_and_before(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.line).chain(self.before.map(|(_, line)| line))
    }
}
