//! Parts of pages, as the text that they are sent as.
//!
//! Every part is written as soon as it is made. leptos' `AnyView` would first copy each of its texts and write them later; a
//! view takes many times the memory of what it is written as.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// HTML that has been written; in a `view!` it stands as it is.
#[derive(Clone, Debug, Default)]
pub struct Html(Cow<'static, str>);

/// Views can be written.
pub trait IntoHtml {
    /// What the view is written as.
    fn html(self) -> Html;
}

impl<V: IntoView> IntoHtml for V {
    fn html(self) -> Html {
        Html(self.into_view().to_html().into())
    }
}

impl Html {
    /// HTML that was written by other means: every text in it is escaped.
    #[must_use]
    pub fn written(html: impl Into<Cow<'static, str>>) -> Self {
        Self(html.into())
    }

    /// The text, in bytes as they are sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
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
}
