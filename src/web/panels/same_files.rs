//! Which paths of which containers are one file.

use leptos::prelude::*;
use pod_advice::Part;

use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::{Sheet, label};

/// As many sentences are shown.
const MAX_SENTENCES: usize = 12;

/// A sentence for each file that is known to be shared, or that stands for those that are; nothing where none is.
pub fn same_files(sheet: &Sheet) -> Html {
    let files = &sheet.report().same_files;
    let sentences: Html =
        files.iter().take(MAX_SENTENCES).map(|file| file.parts().iter().map(part).collect()).map(item).collect();
    if files.is_empty() {
        return Html::default();
    }
    view! { <ul id="same-files" class="same-files" aria-label="The same files">{sentences}</ul> }.html()
}

fn item(sentence: Html) -> Html {
    view! { <li>{sentence}</li> }.html()
}

fn part(part: &Part) -> Html {
    match part {
        Part::Text(text) => text.clone().html(),
        Part::File(path) => view! { <code>{label(path)}</code> }.html(),
        Part::Container(name) => view! { <strong>{label(name)}</strong> }.html(),
    }
}
