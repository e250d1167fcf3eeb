//! Parts of pages, as the text that they are sent as.
//!
//! A [`Part`] is written where it stands, right behind what was written before it; [`Html`] is a part that has been written
//! already, because its length decides about others. leptos' `AnyView` would first copy each of its texts and write them later;
//! a view takes many times the memory of what it is written as.

use std::borrow::Cow;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

/// HTML that has been written; in a `view!` it stands as it is.
#[derive(Clone, Debug, Default)]
pub struct Html(Cow<'static, str>);

/// Views can be written.
pub trait IntoHtml: Sized {
    /// Writes the view behind `html`.
    fn write(self, html: &mut Html);

    /// What the view is written as.
    fn html(self) -> Html {
        let mut html = Html::default();
        self.write(&mut html);
        html
    }
}

impl<V: IntoView> IntoHtml for V {
    fn write(self, html: &mut Html) {
        self.into_view().to_html_with_buf(html.0.to_mut(), &mut Position::FirstChild, true, false, Vec::new());
    }
}

impl Html {
    /// HTML that was written by other means: every text in it is escaped.
    #[must_use]
    pub fn written(html: impl Into<Cow<'static, str>>) -> Self {
        Self(html.into())
    }

    /// Nothing so far, with room for as many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Cow::Owned(String::with_capacity(bytes)))
    }

    /// The text, in bytes as they are sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes `html` behind this.
    pub fn add(&mut self, html: &Self) {
        self.text_mut().push_str(&html.0);
    }

    /// The text, to be written on: only what is escaped.
    pub(super) fn text_mut(&mut self) -> &mut String {
        self.0.to_mut()
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

/// One part after the other.
impl FromIterator<Self> for Html {
    fn from_iter<T: IntoIterator<Item = Self>>(parts: T) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect::<String>().into())
    }
}

impl<const N: usize> From<[Self; N]> for Html {
    fn from(parts: [Self; N]) -> Self {
        let mut html = String::with_capacity(parts.iter().map(|part| part.0.len()).sum());
        html.extend(parts.iter().map(Self::as_str));
        Self(html.into())
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

/// What is written when that in which it stands is written.
pub struct Part<F>(F);

/// The part that `write` writes.
pub fn part<F: FnOnce(&mut Html) + Send>(write: F) -> Part<F> {
    Part(write)
}

/// One part for each of `items`.
pub fn each<T, V: IntoView>(
    items: impl IntoIterator<Item = T, IntoIter: Send> + Send,
    mut view: impl FnMut(T) -> V + Send,
) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| items.into_iter().for_each(|item| view(item).write(html)))
}

impl<F: Send> Render for Part<F> {
    type State = ();

    fn build(self) {}

    fn rebuild(self, (): &mut ()) {}
}

impl<F: FnOnce(&mut Html) + Send> AddAnyAttr for Part<F> {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

/// A part is only ever written; a browser has nothing to do with it.
impl<F: FnOnce(&mut Html) + Send> RenderHtml for Part<F> {
    type AsyncOutput = Self;
    type Owned = ();

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, text: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        let mut html = Html::written(std::mem::take(text));
        (self.0)(&mut html);
        *text = html.into_string();
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) {}

    fn into_owned(self) {}
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
    fn a_part_is_written_where_it_stands() {
        let words = ["<", "b"];
        let parts = (each(words, |word| view! { <i>{word}</i> }), part(|html| "c".write(html)));
        assert_eq!(view! { <p>"a"{parts}"d"</p> }.html().as_str(), "<p>a<i>&lt;</i><i>b</i>cd</p>");
    }
}
