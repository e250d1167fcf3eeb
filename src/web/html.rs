//! Parts of pages, as the text that they are sent as.
//!
//! What stands on a page hundreds of times is written right behind what was written before it, tag by tag (`web/tag.rs`); all
//! else is a view, which takes many times the memory of what it is written as.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos::tachys::view::Position;
use memchr::memmem;

/// What leptos writes between texts, and for nothing.
const MARKERS: [&str; 2] = ["<!>", "<!--<() />-->"];

/// What most views have room in.
const USUAL_BYTES: usize = 512;

/// HTML that has been written; in a `view!` it stands as it is.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

/// Views can be written.
pub trait IntoHtml: Sized {
    /// Writes the view behind `html`.
    fn write(self, html: &mut Html);

    /// What the view is written as.
    fn html(self) -> Html {
        let mut html = Html::with_capacity(USUAL_BYTES);
        self.write(&mut html);
        html
    }
}

impl<V: IntoView> IntoHtml for V {
    fn write(self, html: &mut Html) {
        let start = html.0.len();
        self.into_view().to_html_with_buf(&mut html.0, &mut Position::FirstChild, true, false, Vec::new());
        html.remove_markers(start);
    }
}

impl Html {
    /// HTML that was written by other means: every text in it is escaped.
    #[must_use]
    pub fn written(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// Nothing so far, with room for as many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// The text, in bytes as they are sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes `html` behind this.
    pub fn add(&mut self, html: &Self) {
        self.0.push_str(&html.0);
    }

    /// Takes off what stands behind the first `bytes`, where a part began.
    pub(super) fn truncate(&mut self, bytes: usize) {
        self.0.truncate(bytes);
    }

    /// Takes the comments out from behind `start` by which leptos finds what changes: only islands are found, and they have none.
    fn remove_markers(&mut self, start: usize) {
        let written = &self.0[start..];
        let length = |at: usize| MARKERS.iter().find(|marker| written[at..].starts_with(**marker)).map(|marker| marker.len());
        let markers = memmem::find_iter(written.as_bytes(), b"<!").filter_map(|at| Some((at, length(at)?)));
        let Some((first, _)) = markers.clone().next() else { return };
        let mut kept = String::with_capacity(written.len() - first);
        let mut done = first;
        for (at, length) in markers {
            kept.push_str(&written[done..at]);
            done = at + length;
        }
        kept.push_str(&written[done..]);
        self.0.truncate(start + first);
        self.0.push_str(&kept);
    }

    /// The text, to be written on: only what is escaped.
    pub(super) fn text_mut(&mut self) -> &mut String {
        &mut self.0
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// One part after the other.
impl FromIterator<Self> for Html {
    fn from_iter<T: IntoIterator<Item = Self>>(parts: T) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

impl<const N: usize> From<[Self; N]> for Html {
    fn from(parts: [Self; N]) -> Self {
        let mut html = String::with_capacity(parts.iter().map(|part| part.0.len()).sum());
        html.extend(parts.iter().map(Self::as_str));
        Self(html)
    }
}

impl IntoRender for Html {
    type Output = InertElement;

    fn into_render(self) -> InertElement {
        InertElement::new(self.0)
    }
}

/// Html that is kept for all pages.
impl IntoRender for &'static Html {
    type Output = InertElement;

    fn into_render(self) -> InertElement {
        InertElement::new(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_html_stands_in_a_view_as_it_is() {
        let inner = view! { <b title="a \" < b">{"1 < 2"}</b> }.html();
        let parts = Html::from([inner, view! { <i>"x"</i> }.html()]);
        let html = view! { <p>{parts}</p> }.html();
        assert_eq!(html.as_str(), "<p><b title=\"a &quot; &lt; b\">1 &lt; 2</b><i>x</i></p>");
    }

    #[test]
    fn the_marks_of_leptos_are_left_out() {
        let html = view! { <p>"a" "b" {None::<String>} <!-- "c" --> {"é<!"}</p> }.html();
        assert_eq!(html.as_str(), "<p>abé&lt;!</p>");
        let mut html = Html::written("<!>a");
        html.0.push_str("<!DOCTYPE html><p>a<!>b<!--<() />--><!-- c --></p><!>");
        html.remove_markers(4);
        assert_eq!(html.as_str(), "<!>a<!DOCTYPE html><p>ab<!-- c --></p>");
    }
}
