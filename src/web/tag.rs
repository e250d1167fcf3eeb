//! Elements, for the parts that stand on a page hundreds of times: written at once, they cost a fraction of a view.

use html_escape::{encode_double_quoted_attribute_to_string, encode_text_to_string};

use crate::scan::has_byte;
use crate::web::html::Html;

/// A start tag under construction.
#[must_use]
pub struct Tag<'a> {
    html: &'a mut Html,
    name: &'static str,
}

impl Html {
    /// Begins an element.
    pub fn start(&mut self, name: &'static str) -> Tag<'_> {
        let text = self.text_mut();
        text.push('<');
        text.push_str(name);
        Tag { html: self, name }
    }

    /// Writes `text` as it stands in an element.
    pub fn text(&mut self, text: &str) {
        if has_special(text) {
            encode_text_to_string(text, self.text_mut());
        } else {
            self.text_mut().push_str(text);
        }
    }

    /// Writes one of the choices of a list.
    pub fn option(&mut self, value: &str, label: &str, is_selected: bool) {
        self.start("option").with("value", [value]).flag("selected", is_selected).saying(label);
    }
}

impl Tag<'_> {
    /// Adds an attribute, whose value is the parts of `value` one after the other.
    pub fn with<const N: usize>(self, name: &'static str, value: [&str; N]) -> Self {
        self.attribute(name, &value)
    }

    fn attribute(self, name: &'static str, value: &[&str]) -> Self {
        let text = self.html.text_mut();
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
        for part in value {
            if has_special(part) {
                encode_double_quoted_attribute_to_string(part, text);
            } else {
                text.push_str(part);
            }
        }
        text.push('"');
        self
    }

    /// Adds an attribute with a value that has nothing to escape.
    pub fn fixed(self, name: &'static str, value: &'static str) -> Self {
        let text = self.html.text_mut();
        text.extend([" ", name, "=\"", value, "\""]);
        self
    }

    /// Adds the `class` attribute.
    pub fn class(self, class: &'static str) -> Self {
        self.fixed("class", class)
    }

    /// Adds the `id` by which links and edits lead to the element, which the keyboard does not stop at by itself.
    pub fn target(self, id: &str) -> Self {
        self.with("id", [id]).fixed("tabindex", "-1")
    }

    /// Adds an attribute if it has a value.
    pub fn maybe(self, name: &'static str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.with(name, [value.as_ref()]),
            None => self,
        }
    }

    /// Adds an attribute without a value if it `is_set`.
    pub fn flag(self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            let text = self.html.text_mut();
            text.push(' ');
            text.push_str(name);
        }
        self
    }

    /// Closes the tag of an element that HTML gives no content and no end, such as an `input`.
    pub fn close(self) {
        self.html.text_mut().push('>');
    }

    /// The whole element, with what `content` writes in it.
    pub fn holding(self, content: impl FnOnce(&mut Html)) {
        let Self { html, name } = self;
        html.text_mut().push('>');
        content(html);
        let text = html.text_mut();
        text.push_str("</");
        text.push_str(name);
        text.push('>');
    }

    /// The whole element, with a text in it.
    pub fn saying(self, text: &str) {
        self.holding(|html| html.text(text));
    }
}

/// True if `text` has one of the characters `"`, `&`, `<` and `>`.
fn has_special(text: &str) -> bool {
    // `"` and `&` differ in one bit, and so do `<` and `>`.
    has_byte(text, |byte| byte & !4 == b'"' || byte & !2 == b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_texts_are_escaped() {
        let mut html = Html::default();
        let tag = html.start("option").with("value", ["a\"<", "&b"]).maybe("title", Some("'")).maybe("class", None::<&str>);
        tag.flag("selected", true).flag("disabled", false).saying("1 < 2 & \"3\"");
        html.option("a", ">", false);
        assert_eq!(
            html.as_str(),
            "<option value=\"a&quot;&lt;&amp;b\" title=\"'\" selected>1 &lt; 2 &amp; \"3\"</option><option value=\"a\">&gt;</option>"
        );
    }

    #[test]
    fn nothing_else_is_special() {
        let special: String =
            (0..=char::MAX as u32).filter_map(char::from_u32).filter(|it| has_special(&it.to_string())).collect();
        assert_eq!(special, "\"&<>");
    }

    #[test]
    fn an_element_holds_what_is_written_in_it() {
        let mut html = Html::default();
        html.start("p").class("hint").holding(|html| {
            html.text("a");
            html.start("input").flag("disabled", true).close();
            html.start("b").saying("c");
        });
        assert_eq!(html.as_str(), "<p class=\"hint\">a<input disabled><b>c</b></p>");
    }
}
