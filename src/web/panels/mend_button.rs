//! The button that mends a text.

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};
use kube_dry_run::mended;

/// The button of the `form` that sends `value` as `name` to have `text` mended, if that cannot be read and everybody knows what was
/// meant.
pub fn mend_button(text: &str, form: &'static str, name: &'static str, value: &'static str) -> Html {
    let Some(mended) = mended(text) else { return Html::default() };
    view! { <p><button type="submit" class="fix" form=form name=name value=value>{format!("Fix: {}", mended.title)}</button></p> }
        .html()
}
