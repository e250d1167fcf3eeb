//! The page that asks which of several documents to open.

use leptos::prelude::*;

use crate::document::{Contents, Listed};
use crate::report::counted;
use crate::web::html::{Html, IntoHtml};
use crate::web::shell::Shell;

/// The choice between the documents of the text whose editor is at `address`.
pub fn choice(address: String, contents: Contents) -> Html {
    let rest = contents.count - contents.listed.len();
    let items: Html = contents.listed.into_iter().enumerate().map(|(place, listed)| item(place + 1, listed)).collect();
    view! {
        <Shell title="Choose a document">
            <div class="start">
                <h1>{format!("This text holds {} documents", contents.count)}</h1>
                <p class="lead">"Choose the one to edit. The others stay in the text as they are, and the editor leads to them too."</p>
                <form method="get" action=address>
                    <ol class="candidates">{items}</ol>
                </form>
                {(rest > 0).then(|| view! { <p class="hint">{format!("and {}, too many to choose from", counted(rest, "more document"))}</p> })}
                <p><a href="/">"Back to the start"</a></p>
            </div>
        </Shell>
    }
    .html()
}

fn item(number: usize, listed: Listed) -> Html {
    match listed.refusal {
        None => view! { <li><button type="submit" name="document" value=number>{listed.title}</button></li> }.html(),
        Some(reason) => view! { <li>{listed.title} <p class="hint">{reason}</p></li> }.html(),
    }
}
