//! The documents of a text, of which one is open.

use leptos::prelude::*;

use crate::document::{Contents, Listed};
use crate::report::counted;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// Leads from one document of the text to another; nothing where there is only one.
pub fn documents(sheet: &Sheet) -> Html {
    let contents = sheet.file().contents();
    if contents.count < 2 {
        return Html::default();
    }
    let rest = contents.count - contents.listed.len();
    let items: Html = contents.listed.iter().enumerate().map(|(place, listed)| item(contents, place, listed)).collect();
    view! {
        <nav id="documents" class="documents" aria-label="Documents of this text" inert=sheet.is_waiting()>
            <form method="get" action=sheet.links.text()>
                {sheet.links.lesson().map(|key| view! { <input type="hidden" name="lesson" value=key.to_owned() /> })}
                <ol>{items}</ol>
                {sheet.links.since().map(|since| view! { <input type="hidden" name="since" value=since.code.clone() /> })}
            </form>
            {(rest > 0).then(|| view! { <p class="hint">{format!("and {}", counted(rest, "more document"))}</p> })}
        </nav>
    }
    .html()
}

fn item(contents: &Contents, place: usize, listed: &Listed) -> Html {
    let is_open = place == contents.open;
    view! {
        <li>
            <button type="submit" name="document" value=place + 1 aria-current=is_open.then_some("page")>{listed.title.clone()}</button>
        </li>
    }
    .html()
}
