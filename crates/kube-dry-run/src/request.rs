//! How large an object may be that the API server takes.
//!
//! Follows `limitedReadBodyWithRecordMetric` of `k8s.io/apiserver/pkg/endpoints/handlers` and `MaxRequestBodyBytes` of
//! `pkg/server` (v1.35), for what `kubectl create` sends: compact JSON of Go's `encoding/json` with a line break behind it.

use serde_json::Value;

use crate::finding::Finding;
use crate::path::Path;
use crate::rule::Rule;

/// How many bytes the API server reads of a request.
const MAX_REQUEST_BYTES: usize = 3 << 20;

/// What the API server answers to `document` if it is too large.
pub(crate) fn too_large(document: &Value) -> Option<Finding> {
    let mut left = MAX_REQUEST_BYTES;
    if take(document, &mut left).is_some() && left > 0 {
        return None;
    }
    let message = format!("Request entity too large: limit is {MAX_REQUEST_BYTES}");
    let hint = "As JSON the object has more than 3 MiB, which the API server does not read. Put large data into a volume.";
    Some(Finding::new(Rule::TOO_LARGE, Path::root(), message).with_hint(hint))
}

/// Takes the bytes of `value` from those that are left, if there are so many.
fn take(value: &Value, left: &mut usize) -> Option<()> {
    let own = match value {
        Value::Null => 4,
        Value::Bool(value) => 5 - usize::from(*value),
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string().len(), digits),
        Value::String(text) => length(text),
        Value::Array(items) => {
            items.iter().try_for_each(|item| take(item, left))?;
            brackets(items.len())
        }
        Value::Object(entries) => {
            for (name, value) in entries {
                take(value, left)?;
                *left = left.checked_sub(length(name) + 1)?;
            }
            brackets(entries.len())
        }
    };
    *left = left.checked_sub(own)?;
    Some(())
}

fn digits(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |power| power as usize + 1)
}

/// The brackets around `count` parts, and the commas between them.
fn brackets(count: usize) -> usize {
    2 + count.saturating_sub(1)
}

/// The bytes of a string with its quotes.
fn length(text: &str) -> usize {
    let escapes: usize = text
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 1,
            b'<' | b'>' | b'&' | 0..=0x1f => 5,
            _ => 0,
        })
        .sum();
    let separators = if text.is_ascii() { 0 } else { text.matches(['\u{2028}', '\u{2029}']).count() * 3 };
    text.len() + 2 + escapes + separators
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::go_text;
    use serde_json::json;

    #[test]
    fn bytes_are_counted_as_go_writes_them() {
        for value in [
            json!(null),
            json!([true, false, 0, 10, 99, 100, -5, 1.5, u64::MAX]),
            json!({"a\n<>&\"\\\u{1}": "ä\u{2028}\u{7f}\u{8}\u{c}", "b": [], "c": {}, "d": [[1], {"e": "f"}]}),
        ] {
            let mut left = MAX_REQUEST_BYTES;
            take(&value, &mut left).unwrap();
            assert_eq!(MAX_REQUEST_BYTES - left, go_text::json(&value).len(), "{value}");
        }
    }

    #[test]
    fn three_mebibytes_are_the_most() {
        let of = |length: usize| json!({"a": "x".repeat(length)});
        let around = "{\"a\":\"\"}\n".len();
        assert_eq!(too_large(&of(MAX_REQUEST_BYTES - around)), None);
        let found = too_large(&of(MAX_REQUEST_BYTES - around + 1)).unwrap();
        assert_eq!(found.message, "Request entity too large: limit is 3145728");
        assert!(too_large(&json!({"a": "<".repeat(MAX_REQUEST_BYTES / 6)})).is_some());
        assert!(too_large(&json!(vec![Value::Null; MAX_REQUEST_BYTES / 4])).is_some());
    }
}
