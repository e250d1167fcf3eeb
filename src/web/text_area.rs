//! Text on its way into a `<textarea>`.

use crate::web::html::Html;

/// What `text` begins with in a `<textarea>`: the HTML parser drops a line feed right after the start tag, so one that belongs
/// to the text gets another before it.
fn beginning(text: &str) -> &'static str {
    if text.starts_with(['\n', '\r']) { "\n" } else { "" }
}

/// The content of a `<textarea>` that shows `text`, for a view: leptos 0.8 writes the content of this element without escaping it.
pub fn text_area_content(text: &str) -> String {
    let mut html = Html::default();
    html.text_area_content(text);
    html.into_string()
}

impl Html {
    /// Writes `text` as it stands in a `<textarea>`.
    pub fn text_area_content(&mut self, text: &str) {
        self.text(beginning(text));
        self.text(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(text_area_content("</textarea><b>&amp;"), "&lt;/textarea&gt;&lt;b&gt;&amp;amp;");
        assert_eq!(text_area_content("\na"), "\n\na");
        assert_eq!(text_area_content("\r\na"), "\n\r\na");
    }
}
