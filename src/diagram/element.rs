//! An element of XML.

use std::fmt::{self, Display, Write};

/// An element under construction; all text is escaped.
pub(super) struct Element {
    name: &'static str,
    attributes: String,
    content: String,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: String::new(), content: String::new() }
    }

    pub(super) fn attr(mut self, name: &str, value: impl Display) -> Self {
        self.attributes.push(' ');
        self.attributes.push_str(name);
        self.attributes.push_str("=\"");
        // A `String` takes everything that is written into it.
        _ = write!(Escaped(&mut self.attributes), "{value}");
        self.attributes.push('"');
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        escape(text, &mut self.content);
        self
    }

    /// Adds text that needs no escape.
    pub(super) fn verbatim(mut self, text: &'static str) -> Self {
        self.content.push_str(text);
        self
    }

    pub(super) fn child(mut self, child: &Self) -> Self {
        child.write(&mut self.content);
        self
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, |parent, child| parent.child(&child))
    }

    /// Writes the element behind `text`.
    fn write(&self, text: &mut String) {
        let Self { name, attributes, content } = self;
        let start = ["<", name, attributes];
        let rest = if content.is_empty() { ["/>", "", "", "", ""] } else { [">", content, "</", name, ">"] };
        start.into_iter().chain(rest).for_each(|part| text.push_str(part));
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
