//! How one input shows a value, and what typed text means.

use serde_json::{Map, Number, Value};

use super::lines;

/// The kinds of input that the form has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text.
    Text,
    /// Text of any number of lines.
    LongText,
    /// A whole number.
    Integer,
    /// A switch: on is `true`, off is absent.
    Flag,
    /// A switch: on is `Memory`, off is absent.
    Memory,
    /// A list of texts, one a line.
    Lines,
    /// A map of texts, one `key: value` a line.
    Pairs,
}

/// Why typed text cannot be put into a document without losing a part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A key of a map stands there twice.
    #[error("the key `{0}` stands there twice; only one of the two can be in the manifest")]
    DuplicateKey(String),
}

impl Input {
    /// True if this input can show `value`; a value that does not fit is kept as it is.
    #[must_use]
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Lines => value.as_array().is_some_and(|items| items.iter().all(is_scalar)),
            Self::Pairs => value.as_object().is_some_and(pairs_fit),
            _ => is_scalar(value),
        }
    }

    /// The text that the input shows for `value`.
    #[must_use]
    pub fn show(self, value: Option<&Value>) -> String {
        match (self, value) {
            (_, None) => String::new(),
            (Self::Lines, Some(Value::Array(items))) => lines::write(items.iter().map(scalar_text)),
            (Self::Pairs, Some(Value::Object(object))) => lines::write_pairs(&pairs(object)),
            (_, Some(value)) => scalar_text(value),
        }
    }

    /// True if the input is drawn as a switch for `value`; a switch cannot show any other text than its own.
    #[must_use]
    pub fn is_switch(self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Flag | Self::Memory, None) | (Self::Flag, Some(Value::Bool(_))) => true,
            (Self::Memory, Some(value)) => ["", "Memory"].map(Value::from).contains(value),
            _ => false,
        }
    }

    /// True if the text `typed` is what a browser sends back for `value` when nobody has touched the input.
    #[must_use]
    pub fn is_untouched(self, typed: &str, value: Option<&Value>) -> bool {
        if self.is_switch(value) {
            return self.is_on(value) != typed.is_empty();
        }
        let shown = as_browsers_send(&self.show(value));
        match self {
            Self::LongText | Self::Lines | Self::Pairs => shown == as_browsers_send(typed),
            _ => shown.replace('\n', "") == as_browsers_send(typed).replace('\n', ""),
        }
    }

    /// True if the switch is on for `value`.
    #[must_use]
    pub fn is_on(self, value: Option<&Value>) -> bool {
        match self {
            Self::Flag => value == Some(&Value::Bool(true)),
            _ => value.is_some_and(|value| value == "Memory"),
        }
    }

    /// The value that `typed` means; `None` where the field is to be absent. Parts of `old` that `typed` repeats as they were
    /// `shown` are taken over as they are.
    ///
    /// # Errors
    /// Where the value could not hold everything that was typed.
    pub fn read(self, typed: &str, old: Option<&Value>, shown: Option<&Value>) -> Result<Option<Value>, Unreadable> {
        let typed = as_browsers_send(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        Ok(Some(match self {
            Self::Text | Self::LongText | Self::Memory => Value::String(typed),
            Self::Integer => {
                typed.trim().parse::<i64>().map_or(Value::String(typed), |number| Value::Number(Number::from(number)))
            }
            Self::Flag => match typed.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::String(typed),
            },
            Self::Lines => match read_lines(&typed, old, shown) {
                items if items.is_empty() => return Ok(None),
                items => Value::Array(items),
            },
            Self::Pairs => match read_pairs(&typed, old, shown)? {
                object if object.is_empty() => return Ok(None),
                object => Value::Object(object),
            },
        }))
    }
}

/// Line ends become `\n`, as the HTML standard normalises them in form values, and NUL the replacement character.
fn as_browsers_send(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn scalar_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn read_lines(typed: &str, old: Option<&Value>, shown: Option<&Value>) -> Vec<Value> {
    let is_shown = |index: usize, text: &str| {
        shown.and_then(|shown| shown.get(index)).is_some_and(|item| as_browsers_send(&scalar_text(item)) == text)
    };
    let unchanged = |index: usize, text: &str| old.and_then(|old| old.get(index)).filter(|_| is_shown(index, text)).cloned();
    lines::read(typed)
        .into_iter()
        .enumerate()
        .map(|(index, text)| unchanged(index, &text).unwrap_or(Value::String(text)))
        .collect()
}

fn pairs(object: &Map<String, Value>) -> Vec<(String, Option<String>)> {
    object.iter().map(|(key, value)| (key.clone(), (!value.is_null()).then(|| scalar_text(value)))).collect()
}

fn pairs_fit(object: &Map<String, Value>) -> bool {
    let pairs = pairs(object);
    object.values().all(is_scalar) && lines::read_pairs(&lines::write_pairs(&pairs)) == pairs
}

fn read_pairs(typed: &str, old: Option<&Value>, shown: Option<&Value>) -> Result<Map<String, Value>, Unreadable> {
    let mut object = Map::new();
    for (key, text) in lines::read_pairs(typed) {
        let is_shown = shown
            .and_then(|shown| shown.get(&key))
            .is_some_and(|value| (!value.is_null()).then(|| as_browsers_send(&scalar_text(value))) == text);
        let unchanged = old.and_then(|old| old.get(&key)).filter(|_| is_shown).cloned();
        let value = unchanged.unwrap_or_else(|| text.map_or(Value::Null, Value::String));
        if object.insert(key.clone(), value).is_some() {
            return Err(Unreadable::DuplicateKey(key));
        }
    }
    Ok(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn half_typed_values_stay_as_typed() {
        assert_eq!(Input::Integer.read("80a", None, None), Ok(Some(json!("80a"))));
        assert_eq!(Input::Integer.read("80", None, None), Ok(Some(json!(80))));
        assert_eq!(Input::Flag.read("maybe", None, None), Ok(Some(json!("maybe"))));
        assert_eq!(Input::Text.read("", Some(&json!("x")), None), Ok(None));
    }

    #[test]
    fn a_key_that_stands_there_twice_is_refused() {
        assert_eq!(Input::Pairs.read("a: 1\na: 2", None, None), Err(Unreadable::DuplicateKey("a".into())));
    }

    #[test]
    fn untouched_items_keep_their_type() {
        let old = json!(["sleep", 30, "a\rb"]);
        assert_eq!(
            Input::Lines.read("sleep\r\n30\r\n|-\r\n  a\r\n  b\r\nmore", Some(&old), Some(&old)),
            Ok(Some(json!(["sleep", 30, "a\rb", "more"])))
        );
    }

    #[test]
    fn what_was_shown_in_other_words_is_untouched_too() {
        let (old, shown) = (json!([false, 1.1]), json!(["NO", "1.10"]));
        assert_eq!(Input::Lines.read("NO\n1.10\nNO", Some(&old), Some(&shown)), Ok(Some(json!([false, 1.1, "NO"]))));
        assert_eq!(Input::Lines.read("false\n1.10", Some(&old), Some(&shown)), Ok(Some(json!(["false", 1.1]))));
        let (old, shown) = (json!({"a": true, "b": true}), json!({"a": "yes", "b": "on"}));
        assert_eq!(Input::Pairs.read("a: yes\nb: off", Some(&old), Some(&shown)), Ok(Some(json!({"a": true, "b": "off"}))));
    }

    #[test]
    fn a_switch_that_was_off_stays_off_when_it_is_not_sent() {
        assert!(Input::Flag.is_untouched("", Some(&json!(false))));
        assert!(Input::Flag.is_untouched("true", Some(&json!(true))));
        assert!(!Input::Flag.is_untouched("", Some(&json!(true))));
        assert!(Input::Memory.is_untouched("", Some(&json!(""))));
        assert!(!Input::Memory.is_switch(Some(&json!("HugePages"))));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_untouched(text in any::<String>(), items in prop::collection::vec(any::<String>(), 0..5)) {
            for input in [Input::Text, Input::LongText, Input::Integer] {
                let value = json!(text);
                prop_assert!(input.is_untouched(&input.show(Some(&value)).replace('\n', "\r\n"), Some(&value)));
            }
            let value = json!(items);
            prop_assert!(Input::Lines.is_untouched(&Input::Lines.show(Some(&value)), Some(&value)));
        }

        #[test]
        fn a_list_reads_back(items in prop::collection::vec("[^\r\0]*", 1..6)) {
            prop_assert_eq!(Input::Lines.read(&Input::Lines.show(Some(&json!(items))), None, None), Ok(Some(json!(items))));
        }
    }
}
