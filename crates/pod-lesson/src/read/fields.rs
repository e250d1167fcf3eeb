//! Values of a YAML text with their types and sizes, and what is wrong with them.

use kube_dry_run::shown::{listed, shown};
use kube_dry_run::spelling::meant_by;
use kube_dry_run::yaml::{Parsed, Position, Positions};
use kube_dry_run::{Path, Severity};
use serde_json::{Map, Value};

use super::MAX_MANIFEST_BYTES;
use crate::problem::{MAX_PROBLEMS, Problem};

/// Reads a text and collects what is wrong with it.
pub(super) struct Reader<'p> {
    positions: &'p Positions,
    problems: Vec<Problem>,
}

/// The fields of an object.
pub(super) struct Fields<'p> {
    map: &'p Map<String, Value>,
    path: Path,
    /// Where the object begins.
    pub(super) place: Position,
    positions: &'p Positions,
}

impl<'p> Fields<'p> {
    pub(super) fn get(&self, key: &str) -> Option<&'p Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn key_place(&self, key: &str) -> Position {
        self.positions.key(&self.path.entry(key))
    }

    pub(super) fn value_place(&self, key: &str) -> Position {
        self.positions.value(&self.path.entry(key))
    }
}

impl<'p> Reader<'p> {
    pub(super) fn new(parsed: &'p Parsed) -> Self {
        let mut reader = Self { positions: &parsed.positions, problems: Vec::new() };
        for key in &parsed.duplicates {
            reader.error(parsed.positions.key(&key.path), format!("`{}` is there twice", shown(&key.path.to_string())));
        }
        if let Some(place) = parsed.unread {
            reader.error(place, "what begins here is no part of the lesson: it stands behind its end");
        }
        reader
    }

    pub(super) fn error(&mut self, place: Position, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem::new(Severity::Error, place, message));
        }
    }

    /// How much has been wrong so far.
    pub(super) fn count(&self) -> usize {
        self.problems.len()
    }

    /// Where the value at `path` begins.
    pub(super) fn place(&self, path: &Path) -> Position {
        self.positions.value(path)
    }

    /// What was wrong, in the order of the text.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort();
        self.problems
    }

    /// The object at `path`, which may have these `keys` and no others.
    pub(super) fn object(&mut self, path: &Path, value: &'p Value, keys: &[&str]) -> Option<Fields<'p>> {
        let place = self.positions.value(path);
        let Value::Object(map) = value else {
            let message = format!("expected keys here, such as `{}:`, and not {}", keys.first().unwrap_or(&""), kind_of(value));
            self.error(place, message);
            return None;
        };
        for key in map.keys().filter(|key| !keys.contains(&key.as_str())) {
            let free = keys.iter().copied().filter(|known| !map.contains_key(*known));
            let message = match meant_by(key, free) {
                Some(meant) => format!("`{}` is no key here; perhaps `{meant}` is meant", shown(key)),
                None => format!("`{}` is no key here; there are {}", shown(key), all_of(keys)),
            };
            self.error(self.positions.key(&path.entry(key.as_str())), message);
        }
        Some(Fields { map, path: path.clone(), place, positions: self.positions })
    }

    /// The text that `key` must have.
    pub(super) fn required(&mut self, fields: &Fields<'p>, key: &str, limit: usize) -> Option<String> {
        if !fields.has(key) {
            self.error(fields.place, format!("`{key}` is missing"));
        }
        let text = self.optional(fields, key, limit)?;
        if text.is_empty() {
            self.error(fields.value_place(key), format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    /// The text for people that `key` may have, without blanks at its ends.
    pub(super) fn optional(&mut self, fields: &Fields<'p>, key: &str, limit: usize) -> Option<String> {
        self.text(fields.get(key)?, fields.value_place(key), key, limit).map(|text| text.trim().to_owned())
    }

    /// The text of the manifest that `key` may have, to the letter.
    pub(super) fn manifest(&mut self, fields: &Fields<'p>, key: &str) -> Option<String> {
        let (value, place) = (fields.get(key)?, fields.value_place(key));
        if value.is_object() {
            let message =
                format!("`{key}` must be the text of the manifest: write `{key}: |`, and the manifest below it, indented");
            self.error(place, message);
            return None;
        }
        self.text(value, place, key, MAX_MANIFEST_BYTES)
    }

    fn text(&mut self, value: &Value, place: Position, key: &str, limit: usize) -> Option<String> {
        match value {
            Value::String(text) if text.len() <= limit => return Some(text.clone()),
            Value::String(_) => self.error(place, format!("`{key}` is longer than {limit} bytes")),
            Value::Number(_) | Value::Bool(_) => self.error(place, format!("`{key}` must be a text: put it into quotes")),
            other => self.error(place, format!("`{key}` must be a text, and not {}", kind_of(other))),
        }
        None
    }

    /// The items of the list that `key` may have, at most `limit`, with their paths.
    pub(super) fn list(&mut self, fields: &Fields<'p>, key: &str, limit: usize) -> Vec<(Path, &'p Value)> {
        match fields.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let path = fields.path.entry(key);
                if items.len() > limit {
                    self.error(self.positions.value(&path.index(limit)), format!("`{key}` has more than {limit} items"));
                }
                items.iter().take(limit).enumerate().map(|(index, item)| (path.index(index), item)).collect()
            }
            Some(other) => {
                let message = format!("`{key}` must be a list, each item behind a `-`, and not {}", kind_of(other));
                self.error(fields.value_place(key), message);
                Vec::new()
            }
        }
    }

    /// The texts of the list that `key` may have, with their places. A single text is a list of one.
    pub(super) fn texts(&mut self, fields: &Fields<'p>, key: &str, limit: usize, length: usize) -> Vec<(Position, String)> {
        if let Some(Value::String(_)) = fields.get(key) {
            return self.required(fields, key, length).map(|text| (fields.value_place(key), text)).into_iter().collect();
        }
        let mut texts = Vec::new();
        for (path, item) in self.list(fields, key, limit) {
            let place = self.positions.value(&path);
            match self.text(item, place, key, length).map(|text| text.trim().to_owned()) {
                Some(text) if text.is_empty() => self.error(place, format!("an item of `{key}` is empty")),
                text => texts.extend(text.map(|text| (place, text))),
            }
        }
        texts
    }
}

fn all_of(keys: &[&str]) -> String {
    match keys {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<_> = first.iter().map(|key| format!("`{key}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
        keys => listed(keys.iter().copied(), "and"),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "keys of its own",
    }
}
