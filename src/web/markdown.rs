//! Markdown as HTML. Tags in it are shown, not obeyed.

use pulldown_cmark::{Event, Options, Parser, html};

use crate::web::html::Html;

/// `text` as HTML.
pub fn markdown(text: &str) -> Html {
    let mut written = String::with_capacity(text.len() * 2);
    html::push_html(&mut written, Parser::new_ext(text, Options::ENABLE_TABLES).map(without_tags));
    Html::written(written)
}

fn without_tags(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(tags) | Event::InlineHtml(tags) => Event::Text(tags),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_shown() {
        let html = markdown("## A `<b>`\n\n<script>x</script>\n\na <i>b\n\n```yaml\na: <b>\n```\n").into_string();
        assert!(html.contains("<h2>A <code>&lt;b&gt;</code></h2>") && html.contains("a &lt;i&gt;b"), "{html}");
        assert!(!html.contains("<script>") && html.contains("a: &lt;b&gt;"), "{html}");
    }
}
