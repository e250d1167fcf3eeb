//! From a document to text.

use serde_json::{Map, Value};

use super::Rendered;
use super::line_map::{FieldId, Fields};
use super::scalar::{is_long_key, literal_header, write_inline};
use crate::order::Order;

/// The columns by which each level is indented; a list is indented below its key as an object is.
const INDENT: usize = 2;

/// Writes `value` as YAML, in the order people write manifests ([`crate::order`]), and nothing that is not in it.
/// Every text comes back as the same text from readers of YAML 1.1, which the API server is, and of YAML 1.2.
///
/// The recursion is as deep as `value`, which [`MAX_DEPTH`](super::MAX_DEPTH) bounds for what was read from text.
#[must_use]
pub fn write(value: &Value) -> Rendered {
    let mut writer = Writer { text: String::with_capacity(1024), fields: Fields::of_document(), lines: Vec::with_capacity(64) };
    writer.node(value, Order::of_document(value), FieldId::ROOT, 0);
    Rendered::new(writer.text, writer.fields, writer.lines)
}

struct Writer {
    text: String,
    fields: Fields,
    lines: Vec<FieldId>,
}

impl Writer {
    /// Writes `value` where the cursor stands; its further lines stand at column `indent`.
    fn node(&mut self, value: &Value, order: &Order, field: FieldId, indent: usize) {
        match value {
            Value::Object(map) if !map.is_empty() => self.object(map, order, field, indent),
            Value::Array(items) if !items.is_empty() => self.list(items, order, field, indent),
            scalar => self.scalar(scalar, field, indent),
        }
    }

    fn object(&mut self, map: &Map<String, Value>, order: &Order, field: FieldId, indent: usize) {
        for (number, (key, value)) in order.entries(map).into_iter().enumerate() {
            let entry = self.fields.entry(field, key, self.lines.len() + 1);
            if number > 0 {
                self.indent(indent);
            }
            self.key(key, entry, indent);
            self.below(value, order.of_field(key), entry, indent);
        }
    }

    fn list(&mut self, items: &[Value], order: &Order, field: FieldId, indent: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.indent(indent);
            }
            self.text.push_str("- ");
            let place = self.fields.item(field, index, self.lines.len() + 1);
            self.node(item, order, place, indent + INDENT);
        }
    }

    fn key(&mut self, key: &str, field: FieldId, indent: usize) {
        let start = self.text.len();
        write_inline(&mut self.text, key);
        if is_long_key(&self.text[start..]) {
            self.text.insert_str(start, "? ");
            self.end_line(field);
            self.indent(indent);
        }
        self.text.push(':');
    }

    /// Writes the value of a key: objects and lists on lines of their own.
    fn below(&mut self, value: &Value, order: &Order, field: FieldId, indent: usize) {
        let is_block = match value {
            Value::Object(map) => !map.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        if is_block {
            self.end_line(field);
            self.indent(indent + INDENT);
        } else {
            self.text.push(' ');
        }
        self.node(value, order, field, indent + INDENT);
    }

    /// Writes what fits behind a key or a dash; the lines of a literal stand at column `indent`.
    fn scalar(&mut self, value: &Value, field: FieldId, indent: usize) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&number_text(number)),
            Value::String(text) => match literal_header(text) {
                Some(header) if field != FieldId::ROOT => return self.literal(text, header, field, indent),
                _ => write_inline(&mut self.text, text),
            },
            Value::Array(_) => self.text.push_str("[]"),
            Value::Object(_) => self.text.push_str("{}"),
        }
        self.end_line(field);
    }

    fn literal(&mut self, text: &str, header: &str, field: FieldId, indent: usize) {
        self.text.push_str(header);
        self.end_line(field);
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.indent(indent);
                self.text.push_str(line);
            }
            self.end_line(field);
        }
    }

    fn indent(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn end_line(&mut self, field: FieldId) {
        self.text.push('\n');
        self.lines.push(field);
    }
}

/// A number as both YAML versions read it: YAML 1.1 wants a fraction and a signed exponent in a float.
pub(super) fn number_text(number: &serde_json::Number) -> String {
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return text;
    };
    let fraction = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) { "" } else { "+" };
    format!("{mantissa}{fraction}e{sign}{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_manifest_is_laid_out_as_people_write_it() {
        let script = "set -e\n\n# once\nwhile true; do\n\tdate >> /html/index.html\ndone\n";
        let pod = json!({
            "kind": "Pod",
            "apiVersion": "v1",
            "spec": {
                "volumes": [{"emptyDir": {}, "name": "html"}, {"name": "own", "emptyDir": {"sizeLimit": "64Mi", "medium": "Memory"}}],
                "containers": [
                    {
                        "image": "nginx:1.27-alpine",
                        "name": "web",
                        "volumeMounts": [{"mountPath": "/usr/share/nginx/html", "readOnly": true, "name": "html"}],
                        "resources": {"limits": {"memory": "64Mi", "cpu": "100m"}},
                    },
                    {
                        "name": "writer",
                        "args": [script],
                        "command": ["/bin/sh", "-c"],
                        "env": [{"value": "yes", "name": "A"}, {"name": "B", "value": "{\"a\": 1}"}, {"name": "C", "value": ""}],
                        "ports": [],
                    },
                ],
            },
            "metadata": {"labels": {"app.kubernetes.io/name": "web", "version": "1.27", "0": "x: y"}, "name": "web"},
        });
        insta::assert_snapshot!(write(&pod).text);
    }

    #[test]
    fn every_line_knows_its_field() {
        let rendered = write(&json!({"b": [{"name": "x", "text": "1\n2\n"}, [{"c": null}], "z"], "e": {}}));
        let lines: Vec<String> =
            rendered.lines().map(|(line, path)| format!("{:<14}{}", line.trim_end(), path.unwrap())).collect();
        insta::assert_snapshot!(lines.join("\n"));
        let line_of = |field: &str| rendered.line_of(&field.parse().unwrap());
        assert_eq!((line_of("b[0]"), line_of("b[0].text"), line_of("b[1][0]")), (Some(2), Some(3), Some(6)));
        assert_eq!((line_of("b[0].none"), line_of("b[9]"), line_of("none")), (Some(2), Some(1), Some(1)));
    }

    #[test]
    fn numbers_are_numbers_in_both_versions() {
        for (number, text) in [
            (json!(1e300), "1.0e+300"),
            (json!(1.5e-9), "1.5e-9"),
            (json!(0.5), "0.5"),
            (json!(u64::MAX), "18446744073709551615"),
        ] {
            assert_eq!(write(&number).text, format!("{text}\n"));
        }
    }
}
