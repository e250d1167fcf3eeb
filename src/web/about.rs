//! What a page says of itself to search engines, and to programs that show a link with a picture (the Open Graph protocol).

use html_escape::encode_double_quoted_attribute;
use leptos::prelude::*;

use crate::preview;
use crate::shorten::shorten;
use crate::web::html::{Html, IntoHtml};

/// As many columns of a description are told; nobody shows more.
const MAX_DESCRIPTION: usize = 300;

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

    /// The elements for the head of the page with this `title`.
    #[must_use]
    pub fn elements(&self, title: &str) -> Html {
        let description = shorten(&self.description, MAX_DESCRIPTION).into_owned();
        let preview = self.preview.as_ref().map(|preview| preview.elements(title, &description)).unwrap_or_default();
        view! { <meta name="description" content=description /> {preview} }.html()
    }
}

impl Preview {
    fn elements(&self, title: &str, description: &str) -> Html {
        let words = shorten(&self.words, MAX_DESCRIPTION);
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
            ("og:image:alt", &words),
        ];
        let properties: Html = properties.into_iter().map(property).collect();
        view! { {properties} <meta name="twitter:card" content="summary_large_image" /> }.html()
    }
}

/// leptos knows no `property` of a `meta`.
fn property((name, content): (&'static str, &str)) -> Html {
    Html::written(format!("<meta property=\"{name}\" content=\"{}\">", encode_double_quoted_attribute(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_nobody_shares_has_a_description_alone() {
        let html = About::new("a \"b\" & c").elements("Title").into_string();
        assert_eq!(html, "<meta name=\"description\" content=\"a &quot;b&quot; &amp; c\">");
    }

    #[test]
    fn a_link_is_shown_with_its_picture() {
        let [page, picture] = ["https://pods.example/p/2x", "https://pods.example/p/2x.png"].map(str::to_owned);
        let preview = Preview { page, picture, words: "A picture.".to_owned() };
        let about = About { preview: Some(preview), ..About::new("Two containers.") };
        insta::assert_snapshot!(about.elements("web").into_string().replace("><", ">\n<"));
    }
}
