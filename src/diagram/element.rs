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
        let _ = write!(self.attributes, " {name}=\"{}\"", Escaped(&value.to_string()));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        let _ = write!(self.content, "{}", Escaped(text));
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

/// Text as it stands in an element or an attribute. What XML 1.0 has no place for becomes a replacement character.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => formatter.write_str("&amp;"),
            '<' => formatter.write_str("&lt;"),
            '>' => formatter.write_str("&gt;"),
            '"' => formatter.write_str("&quot;"),
            '\'' => formatter.write_str("&#39;"),
            '\t' | '\n' => formatter.write_char(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => formatter.write_char(char::REPLACEMENT_CHARACTER),
            other => formatter.write_char(other),
        })
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
