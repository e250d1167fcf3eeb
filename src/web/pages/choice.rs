//! The page that asks which of several documents to open.

use leptos::prelude::*;

use crate::shorten::shorten;
use crate::web::budget::{Budget, MAX_MESSAGE, MAX_PAGE_BYTES};
use crate::web::sheet::label;
use crate::web::shell::Shell;

/// One document of a text that holds several.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is, such as `Deployment web`.
    pub title: String,
    /// The path of the editor with it, or why it cannot be opened.
    pub page: Result<String, String>,
}

/// The choice between `candidates`, which are the first of `count` documents.
pub fn choice(candidates: Vec<Choice>, count: usize) -> AnyView {
    let (items, shown) = Budget::of_page().list(MAX_PAGE_BYTES, candidates.into_iter().map(item));
    let rest = count - shown;
    view! {
        <Shell title="Choose a document">
            <div class="start">
                <h1>{format!("This text holds {count} documents")}</h1>
                <p class="lead">"Choose the one to open. To choose another one later, come back to this page."</p>
                <ol class="candidates">{items}</ol>
                {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more, which are too many to choose from.")}</p> })}
                <p><a href="/">"Back to the start"</a></p>
            </div>
        </Shell>
    }
    .into_any()
}

fn item(candidate: Choice) -> AnyView {
    let title = label(&candidate.title);
    match candidate.page {
        Ok(page) => view! { <li><a href=page>{title}</a></li> }.into_any(),
        Err(reason) => {
            let reason = shorten(&reason, MAX_MESSAGE).into_owned();
            view! { <li>{title} <p class="message" data-severity="error">{reason}</p></li> }.into_any()
        }
    }
}
