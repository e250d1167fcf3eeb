//! The list of the last documents, which only the browser knows.

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};
use crate::web::islands::{MAX_RECENT, RecentDocuments};

/// The documents that the browser remembers; `RecentDocuments` fills the rows.
pub(super) fn recent() -> Html {
    let rows: Vec<_> = (0..MAX_RECENT)
        .map(|_| {
            view! {
                <li hidden>
                    <a href="/">"A document"</a>
                    <span class="hint"></span>
                    <button type="button">"Forget"</button>
                </li>
            }
        })
        .collect();
    view! {
        <section id="recent" aria-labelledby="recent-heading">
            <h2 id="recent-heading">"Continue where you left off"</h2>
            <ul id="recent-list">{rows}</ul>
            <div class="buttons">
                <div class="switch">
                    <label for="recent-on">
                        <input type="checkbox" id="recent-on" checked />
                        "Keep my last documents in this browser"
                    </label>
                </div>
                <button type="button" id="recent-clear">"Forget all"</button>
            </div>
            <RecentDocuments />
        </section>
    }
    .html()
}
