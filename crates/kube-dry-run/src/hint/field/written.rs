//! Names of fields that YAML reads otherwise than they are meant: with spaces or quotes of another kind, or without a space behind a
//! colon or a dash.

use serde_json::Value;

use super::Field;
use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::hint::scalar::scalar;
use crate::hint::spaces;

impl Field<'_, '_> {
    pub(super) fn with_odd_spaces(&self) -> Hint {
        let name = spaces::without_odd_spaces(self.name);
        let lines = match self.context.odd_lines.as_slice() {
            [] => self.context.key_position(self.place).map(|position| vec![position.line]).unwrap_or_default(),
            lines => lines.to_vec(),
        };
        Hint::new(spaces::words(&lines, self.name.contains(spaces::is_seen)))
            .with_fix(self.free(&name).map(|_| self.renamed(&name)))
    }

    /// A name in quotes that are none to YAML.
    pub(super) fn in_quotes(&self) -> Option<Hint> {
        let name = self.name.trim_matches(spaces::QUOTES);
        if name == self.name {
            return None;
        }
        let words = format!("The quotes around `{name}` are typographic ones, which YAML takes for letters: leave them out.");
        Some(Hint::new(words).with_fix(self.free(name).map(|_| self.renamed(name))))
    }

    /// `name:value` without a space, which is one name to YAML.
    pub(super) fn without_space(&self) -> Option<Hint> {
        let (name, value) = self.name.split_once(':')?;
        let schema = self.free(name)?;
        let is_empty = self.context.value(self.place).is_some_and(Value::is_null);
        let fix = scalar(value, schema).filter(|_| is_empty).map(|value| {
            let changes = vec![Change::Remove(self.place.clone()), Change::Set(self.parent.entry(name), value)];
            Fix::guess("Put a space after the colon", changes)
        });
        Some(Hint::new(format!("A space is missing after the colon: write `{name}: {value}`.")).with_fix(fix))
    }

    /// `-name`, where a space is missing behind the dash.
    pub(super) fn dash(&self) -> Option<Hint> {
        let name = self.name.strip_prefix('-').filter(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()))?;
        Some(Hint::new(format!(
            "A space is missing after the dash: write `- {name}:`, and the other fields of the item below `{name}`."
        )))
    }
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, with_container};
    use serde_json::json;

    #[test]
    fn names_are_read_as_they_are_meant() {
        let document = with_container(json!({"“args”": ["a"], "\u{a0}env": [], "tty:true": null, "workingDir:": null}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        The quotes around `args` are typographic ones, which YAML takes for letters: leave them out. [Write args]
        There are no-break spaces, which look like spaces and are none to YAML, in this name: replace them by ordinary spaces. [Write env]
        A space is missing after the colon: write `tty: true`. [Put a space after the colon]
        Did you mean `workingDir`? [Rename it to workingDir]
        ");
        let document = with_container(json!({"tty:true": null}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["tty"], true);
    }
}
