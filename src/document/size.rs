//! How large a document is: in bytes of compact JSON, which is what a link carries, and in values, which take memory.

use std::io::{self, Write};

use serde_json::Value;

/// The bytes that `value` has as compact JSON. Nothing is written for it.
#[must_use]
pub fn json_size(value: &Value) -> usize {
    let mut size = Size(0);
    // A tree of values is always JSON, and counting never fails.
    let _ = serde_json::to_writer(&mut size, value);
    size.0
}

/// How many values there are in `value`, with itself.
#[must_use]
pub fn count_values(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count_values).sum(),
        Value::Object(object) => object.values().map(count_values).sum(),
        _ => 0,
    }
}

struct Size(usize);

impl Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_what_would_be_written() {
        for value in [json!({}), json!("a\"\u{1}é"), json!({"a": [1, null, {"b": 1.5}], "c": "x\ny"})] {
            assert_eq!(json_size(&value), value.to_string().len());
        }
    }
}
