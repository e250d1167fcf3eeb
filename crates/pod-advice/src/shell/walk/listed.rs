//! Loops over a list of words.

use shuck_ast::ForCommand;

use super::super::{When, Word};
use super::word::Substituted;
use super::{Flow, Walk};

/// How many words a list may have, and how long a loop may be, that is read for each word.
const MAX_WORDS: usize = 8;
const MAX_BYTES: usize = 512;

impl Walk<'_> {
    /// A loop over a list. A short one that uses the variable is read for each word where these are known, unless it stands in
    /// another one that is.
    pub(super) fn loop_for(&mut self, command: &ForCommand, when: When) -> Flow {
        let words = command.words.as_deref().unwrap_or_default();
        let mut substituted = Substituted::default();
        for word in words {
            substituted.add(self.substitutions(&word.parts, When { forgiven: true, ..when }));
        }
        let name = match command.targets.as_slice() {
            [target] => target.name.as_ref().map(shuck_ast::Name::as_str),
            _ => None,
        };
        let values = self.of_written(words.iter());
        let is_each = !self.is_listed && name.is_some_and(|name| self.is_short_use(command, name)) && are_known(&values);
        let flow = match name {
            Some(name) if is_each => self.for_each(command, name, values, when),
            _ => {
                // The one word may be a pattern, of which is known where its files are.
                let one = if let [one] = values.as_slice() { one.clone() } else { Word::default() };
                self.set(name, one);
                self.looped(&command.body, false, when)
            }
        };
        self.set(name, Word::default());
        if substituted.stays { Flow::Stays } else { flow }
    }

    fn for_each(&mut self, command: &ForCommand, name: &str, values: Vec<Word>, when: When) -> Flow {
        self.is_listed = true;
        let mut whole = Flow::On;
        for value in values {
            self.set(Some(name), value);
            match self.looped(&command.body, false, when) {
                Flow::On => {}
                flow => whole = flow,
            }
            if whole == Flow::Stays {
                break;
            }
        }
        self.is_listed = false;
        whole
    }

    fn set(&mut self, name: Option<&str>, value: Word) {
        if let Some(name) = name {
            self.assigned.insert(name.into(), value);
        }
    }

    fn is_short_use(&self, command: &ForCommand, name: &str) -> bool {
        let text = self.source.get(command.span.start.offset()..command.span.end.offset()).unwrap_or_default();
        let is_name = |rest: &str| rest.trim_start_matches('{').starts_with(name);
        text.len() <= MAX_BYTES && text.split('$').skip(1).any(is_name)
    }
}

/// True of words that a shell leaves as they are.
fn are_known(values: &[Word]) -> bool {
    let is_plain = |value: &Word| value.is_exact && !value.text.contains(['*', '?', '[', '{', ' ', '\n', '\t']);
    values.len() <= MAX_WORDS && values.iter().all(is_plain)
}
