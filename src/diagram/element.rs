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
        self.attributes.extend([" ", name, "=\""]);
        escape(&value.to_string(), &mut self.attributes);
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
        let _ = write!(self.content, "{child}");
        self
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, |parent, child| parent.child(&child))
    }
}

impl Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, attributes, content } = self;
        if content.is_empty() {
            write!(formatter, "<{name}{attributes}/>")
        } else {
            write!(formatter, "<{name}{attributes}>{content}</{name}>")
        }
    }
}

/// Appends `text` as it stands in an element or an attribute. What XML 1.0 has no place for becomes a replacement character.
fn escape(text: &str, escaped: &mut String) {
    let mut rest = text;
    while let Some((at, replacement)) = rest.char_indices().find_map(|(at, character)| Some((at, replacement(character)?))) {
        let (before, from_here) = rest.split_at(at);
        escaped.extend([before, replacement]);
        rest = &from_here[from_here.chars().next().map_or(0, char::len_utf8)..];
    }
    escaped.push_str(rest);
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
