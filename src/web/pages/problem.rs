//! The page that says what went wrong.

use leptos::prelude::*;

use crate::web::shell::Shell;

/// A page about an error.
#[component]
pub fn Problem(
    /// What went wrong, in a few words.
    #[prop(into)]
    title: String,
    /// How to go on.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <Shell title=title.clone()>
            <h1>{title}</h1>
            <p>{text}</p>
            <p>
                <a href="/">"To the start"</a>
            </p>
        </Shell>
    }
}
