//! Links from the form to what its fields mean.

use leptos::prelude::*;

use crate::document::{Path, Segment};
use crate::web::html::{Html, Part, each, part};
use crate::web::sheet::Sheet;

/// A small question mark that leads to what the field at `path` means. It opens beside the form, in which something may be unsent.
pub fn ask(sheet: &Sheet, path: &Path) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| {
        let Some(Segment::Field(name) | Segment::Key(name)) = path.last() else { return };
        let tag = html.start("a").with("class", ["ask"]).with("href", [&sheet.explained.address(path)]);
        tag.with("target", ["_blank"]).with("aria-label", ["Explain ", name]).close();
        html.text("?");
        html.end("a");
    })
}

/// A line of links to what these fields mean, each with its words, where their inputs stand too close for a link each.
pub fn ask_for_all<'a>(sheet: &Sheet, fields: impl IntoIterator<Item = (Path, &'a str), IntoIter: Send> + Send) -> impl IntoView {
    let link =
        |(path, words): (Path, &'a str)| view! { <li><a href=sheet.explained.address(&path) target="_blank">{words}</a></li> };
    view! { <ul class="asks" aria-label="Explain">{each(fields, link)}</ul> }
}
