//! Text on its way into a `<textarea>`.

/// The content of a `<textarea>` that shows `text`.
///
/// Leptos 0.8 writes the content of this element without escaping it, so that is done here; and the HTML parser drops a
/// line feed right after the start tag, so one that belongs to the text gets another before it.
pub fn text_area_content(text: &str) -> String {
    let escaped = html_escape::encode_text(text);
    if text.starts_with(['\n', '\r']) { format!("\n{escaped}") } else { escaped.into_owned() }
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
