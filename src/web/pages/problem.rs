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
    /// Where the text is that it is about, if it is about one.
    source: Option<String>,
) -> impl IntoView {
    view! {
        <Shell title=title.clone()>
            <div class="start">
                <h1>{title}</h1>
                <p class="lead">{text}</p>
                <p class="buttons">
                    <a class="button" href="/">"To the start"</a>
                    {source.map(|source| view! { <a class="button" href=source>"See its text"</a> })}
                </p>
            </div>
        </Shell>
    }
}
