//! The text of a scalar, in the quotes that its neighbours have.

use serde_json::Value;

use super::Renderer;
use crate::yaml::node::ScalarStyle;
use crate::yaml::scalar::{
    fits_single_quotes, is_plain, is_plain_in_flow, literal_header, write_double_quoted, write_json, write_quoted,
    write_single_quoted,
};
use crate::yaml::write::number_text;

impl Renderer<'_, '_> {
    /// `value` on one line; a text in the `quotes` that are wanted, if they can hold it. Lists and objects count as empty.
    pub(in crate::yaml::reconcile) fn scalar(&self, value: &Value, quotes: Option<ScalarStyle>, in_flow: bool) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => number_text(number),
            Value::String(text) => self.text_on_one_line(text, quotes, in_flow),
            Value::Array(_) => "[]".to_owned(),
            Value::Object(_) => "{}".to_owned(),
        }
    }

    /// The key `name`.
    pub(in crate::yaml::reconcile) fn key(&self, name: &str, quotes: Option<ScalarStyle>, in_flow: bool) -> String {
        self.text_on_one_line(name, quotes, in_flow)
    }

    pub(super) fn text_on_one_line(&self, text: &str, quotes: Option<ScalarStyle>, in_flow: bool) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        let is_plain = |text| if in_flow { is_plain_in_flow(text) } else { is_plain(text) };
        match quotes {
            _ if in_flow && self.style.is_json() => write_json(&mut out, text),
            Some(ScalarStyle::DoubleQuoted) => write_double_quoted(&mut out, text),
            Some(ScalarStyle::SingleQuoted) if fits_single_quotes(text) => write_single_quoted(&mut out, text),
            _ if is_plain(text) => out.push_str(text),
            _ => write_quoted(&mut out, text, self.style.is_single_quoted()),
        }
        out
    }
}

/// The header and the lines of the literal for `text`, which stand at the column `below`, further right than their key or dash
/// at `column`; none if a literal is not the way to write it. One that ends with blank lines is not, unless it `may_end_blank`:
/// it would take those that follow for its own.
pub(in crate::yaml::reconcile) fn literal_lines(
    text: &str,
    (column, below): (usize, usize),
    line_break: &str,
    may_end_blank: bool,
) -> Option<String> {
    let header = literal_header(text).filter(|header| may_end_blank || !header.ends_with('+'))?;
    let digit = u32::try_from(below.checked_sub(column)?).ok().and_then(|columns| char::from_digit(columns, 10));
    let mut out = match digit {
        Some(digit) => header.replace('2', digit.encode_utf8(&mut [0; 4])),
        None if header.contains('2') => return None,
        None => header.to_owned(),
    };
    push_lines(&mut out, text, below, line_break);
    Some(out)
}

fn push_lines(out: &mut String, text: &str, column: usize, line_break: &str) {
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push_str(line_break);
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', column));
            out.push_str(line);
        }
    }
}

/// True if a folded scalar can hold `text` on one line below its header.
pub(in crate::yaml::reconcile) fn is_foldable(text: &str) -> bool {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let begins_well = line.starts_with(|first: char| !first.is_whitespace());
    begins_well && line.ends_with(|last: char| !last.is_whitespace()) && fits_single_quotes(line)
}
