//! Links from the form to what its fields mean.

use leptos::prelude::*;

use crate::document::{Path, Segment};
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// A small question mark that leads to what the field at `path` means. It opens beside the form, in which something may be unsent.
pub fn ask(sheet: &Sheet, path: &Path) -> Html {
    let (Segment::Field(name) | Segment::Key(name)) = path.last().unwrap_or(&Segment::Index(0)) else { return Html::default() };
    view! {
        <a class="ask" href=sheet.explained.address(path) target="_blank" aria-label=format!("Explain {name}")>"?"</a>
    }
    .html()
}

/// A line of links to what these fields mean, each with its words, where their inputs stand too close for a link each.
pub fn ask_for_all<'a>(sheet: &Sheet, fields: impl IntoIterator<Item = (Path, &'a str)>) -> Html {
    let links: Html = fields
        .into_iter()
        .map(|(path, words)| {
            let words = words.to_owned();
            view! { <li><a href=sheet.explained.address(&path) target="_blank">{words}</a></li> }.html()
        })
        .collect();
    view! { <ul class="asks" aria-label="Explain">{links}</ul> }.html()
}
