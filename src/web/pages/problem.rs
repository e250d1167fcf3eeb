//! The page for a request that cannot be answered.

use leptos::prelude::*;

use crate::web::shell::Shell;

/// Says what is wrong and where to go on.
pub fn problem(title: &'static str, explanation: String) -> AnyView {
    view! {
        <Shell title>
            <div class="start">
                <h1>{title}</h1>
                <p class="lead">{explanation}</p>
                <p><a class="button" href="/">"Go to the start"</a></p>
            </div>
        </Shell>
    }
    .into_any()
}
