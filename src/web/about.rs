//! What a page says of itself to search engines, and to programs that show a link with a picture (the Open Graph protocol).

use crate::preview;
use crate::shorten::{beginning, shorten};
use crate::web::html::Html;

/// As many columns of a description are told; nobody shows more.
pub const MAX_DESCRIPTION: usize = 300;

/// What a page is about.
#[derive(Clone, Debug)]
pub struct About {
    /// In a sentence or two.
    pub description: String,
    /// How its link is shown elsewhere; `None` of a page that nobody shares.
    pub preview: Option<Preview>,
}

/// A link with its picture. The addresses are absolute.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The address of the page.
    pub page: String,
    /// The address of its picture, as [`preview::png`] draws it.
    pub picture: String,
    /// What the picture shows.
    pub words: String,
}

impl About {
    /// A page that nobody shares.
    #[must_use]
    pub fn new(description: impl Into<String>) -> Self {
        Self { description: description.into(), preview: None }
    }

    /// Writes the elements for the head of the page with this `title`.
    pub fn write(&self, html: &mut Html, title: &str) {
        let description = beginning(&self.description, MAX_DESCRIPTION);
        html.start("meta").fixed("name", "description").with("content", [&description]).close();
        if let Some(preview) = &self.preview {
            preview.write(html, title, &description);
        }
    }
}

impl Preview {
    fn write(&self, html: &mut Html, title: &str, description: &str) {
        let properties = [
            ("og:site_name", "Podweave"),
            ("og:type", "website"),
            ("og:title", title),
            ("og:description", description),
            ("og:url", &self.page),
            ("og:image", &self.picture),
            ("og:image:type", "image/png"),
            ("og:image:width", &preview::WIDTH.to_string()),
            ("og:image:height", &preview::HEIGHT.to_string()),
            ("og:image:alt", &shorten(&self.words, MAX_DESCRIPTION)),
        ];
        for (property, content) in properties {
            html.start("meta").fixed("property", property).with("content", [content]).close();
        }
        html.start("meta").fixed("name", "twitter:card").fixed("content", "summary_large_image").close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(about: &About, title: &str) -> String {
        let mut html = Html::default();
        about.write(&mut html, title);
        html.into_string()
    }

    #[test]
    fn a_page_that_nobody_shares_has_a_description_alone() {
        let html = written(&About::new("a \"b\" & c"), "Title");
        assert_eq!(html, "<meta name=\"description\" content=\"a &quot;b&quot; &amp; c\">");
    }

    #[test]
    fn a_link_is_shown_with_its_picture() {
        let [page, picture] = ["https://pods.example/p/2x", "https://pods.example/p/2x.png"].map(str::to_owned);
        let preview = Preview { page, picture, words: "A picture.".to_owned() };
        let about = About { preview: Some(preview), ..About::new("Two containers.") };
        insta::assert_snapshot!(written(&about, "web").replace("><", ">\n<"));
    }
}
