//! An element of XML.

use std::fmt::{self, Display, Write};

use crate::document::Path;
use crate::scan::has_byte;

/// What most elements have room in.
const USUAL_BYTES: usize = 192;

/// An element under construction, written but for its end; all text is escaped.
pub(super) struct Element {
    name: &'static str,
    written: String,
    /// Where the last attribute ends.
    attributes_end: usize,
}

/// What an attribute can have as its value.
pub(super) trait Value {
    /// Writes the value behind `text`, escaped.
    fn write(&self, text: &mut String);
}

impl Value for &str {
    fn write(&self, text: &mut String) {
        escape(self, text);
    }
}

impl Value for String {
    fn write(&self, text: &mut String) {
        escape(self, text);
    }
}

impl Value for i32 {
    fn write(&self, text: &mut String) {
        text.push_str(itoa::Buffer::new().format(*self));
    }
}

impl Value for &Path {
    fn write(&self, text: &mut String) {
        escape(&self.to_text(), text);
    }
}

/// One behind the other.
impl<A: Value, B: Value> Value for (A, B) {
    fn write(&self, text: &mut String) {
        self.0.write(text);
        self.1.write(text);
    }
}

impl<A: Value, B: Value, C: Value> Value for (A, B, C) {
    fn write(&self, text: &mut String) {
        self.0.write(text);
        self.1.write(text);
        self.2.write(text);
    }
}

impl Value for fmt::Arguments<'_> {
    fn write(&self, text: &mut String) {
        _ = Escaped(text).write_fmt(*self);
    }
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        let mut written = String::with_capacity(USUAL_BYTES);
        written.push('<');
        written.push_str(name);
        Self { name, attributes_end: written.len(), written }
    }

    pub(super) fn attr(mut self, name: &str, value: impl Value) -> Self {
        let content = if self.has_content() { self.written.split_off(self.attributes_end) } else { String::new() };
        self.written.push(' ');
        self.written.push_str(name);
        self.written.push_str("=\"");
        value.write(&mut self.written);
        self.written.push('"');
        self.attributes_end = self.written.len();
        self.written.push_str(&content);
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        escape(text, self.content());
        self
    }

    /// Adds text that needs no escape.
    pub(super) fn verbatim(mut self, text: &'static str) -> Self {
        self.content().push_str(text);
        self
    }

    pub(super) fn child(mut self, child: &Self) -> Self {
        child.write(self.content());
        self
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, |parent, child| parent.child(&child))
    }

    fn has_content(&self) -> bool {
        self.written.len() > self.attributes_end
    }

    /// What is in the element so far, to be written on.
    fn content(&mut self) -> &mut String {
        if !self.has_content() {
            self.written.push('>');
        }
        &mut self.written
    }

    /// Writes the element behind `text`.
    fn write(&self, text: &mut String) {
        text.push_str(&self.written);
        if self.has_content() {
            text.extend(["</", self.name, ">"]);
        } else {
            text.push_str("/>");
        }
    }
}

impl Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        formatter.write_str(&text)
    }
}

/// Text of which everything that is written into it is escaped.
struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(text, self.0);
        Ok(())
    }
}

/// Appends `text` as it stands in an element or an attribute. What XML 1.0 has no place for becomes a replacement character.
fn escape(text: &str, escaped: &mut String) {
    if !has_byte(text, |byte| !stays(byte)) {
        return escaped.push_str(text);
    }
    let mut done = 0;
    for (at, character) in text.char_indices() {
        if let Some(replacement) = replacement(character) {
            escaped.push_str(&text[done..at]);
            escaped.push_str(replacement);
            done = at + character.len_utf8();
        }
    }
    escaped.push_str(&text[done..]);
}

/// True of a byte of ASCII that stands for itself.
fn stays(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

/// What stands for a character that cannot stand for itself.
fn replacement(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\t' | '\n' => Some(" "),
        '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_text_and_attributes() {
        let element = Element::new("text").attr("title", "a\"b'<\u{1}").text("<script>&\u{0}").child(&Element::new("g"));
        assert_eq!(element.to_string(), "<text title=\"a&quot;b&#39;&lt;\u{fffd}\">&lt;script&gt;&amp;\u{fffd}<g/></text>");
    }
}
