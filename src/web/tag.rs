//! Start tags, for the parts that stand on a page hundreds of times: written at once, they cost a fraction of a view.

use html_escape::{encode_double_quoted_attribute_to_string, encode_text_to_string};

use crate::web::html::Html;

/// A start tag under construction.
pub struct Tag<'a>(&'a mut String);

impl Html {
    /// Begins an element.
    pub fn start(&mut self, name: &'static str) -> Tag<'_> {
        let text = self.text_mut();
        text.push('<');
        text.push_str(name);
        Tag(text)
    }

    /// Ends an element.
    pub fn end(&mut self, name: &'static str) {
        let text = self.text_mut();
        text.push_str("</");
        text.push_str(name);
        text.push('>');
    }

    /// Writes `text` as it stands in an element.
    pub fn text(&mut self, text: &str) {
        encode_text_to_string(text, self.text_mut());
    }

    /// Writes one of the choices of a list.
    pub fn option(&mut self, value: &str, label: &str, is_selected: bool) {
        self.start("option").with("value", [value]).flag("selected", is_selected).close();
        self.text(label);
        self.end("option");
    }
}

impl Tag<'_> {
    /// Adds an attribute, whose value is the parts of `value` one after the other.
    #[must_use]
    pub fn with<const N: usize>(self, name: &'static str, value: [&str; N]) -> Self {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        for part in value {
            encode_double_quoted_attribute_to_string(part, self.0);
        }
        self.0.push('"');
        self
    }

    /// Adds an attribute if it has a value.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.with(name, [value.as_ref()]),
            None => self,
        }
    }

    /// Adds an attribute without a value if it `is_set`.
    #[must_use]
    pub fn flag(self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            self.0.push(' ');
            self.0.push_str(name);
        }
        self
    }

    /// Closes the tag.
    pub fn close(self) {
        self.0.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_texts_are_escaped() {
        let mut html = Html::default();
        let tag = html.start("option").with("value", ["a\"<", "&b"]).maybe("title", Some("'")).maybe("class", None::<&str>);
        tag.flag("selected", true).flag("disabled", false).close();
        html.text("1 < 2 & \"3\"");
        html.end("option");
        html.option("a", ">", false);
        assert_eq!(
            html.as_str(),
            "<option value=\"a&quot;&lt;&amp;b\" title=\"'\" selected>1 &lt; 2 &amp; \"3\"</option><option value=\"a\">&gt;</option>"
        );
    }
}
