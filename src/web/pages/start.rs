//! The start page: where a document begins.

use leptos::prelude::*;

use crate::web::shell::Shell;

/// The start page.
#[component]
pub fn Start() -> impl IntoView {
    view! {
        <Shell title="Start">
            <h1>"Compose a Pod whose containers share files"</h1>
        </Shell>
    }
}
