//! What the lines of the manifest mean: a link that follows what is lit, comments for learners in the text, and what has changed.

use leptos::prelude::*;

use crate::document::{Comments, Edit};
use crate::web::explained;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// The links and the button. The first link leads to all fields until the browser's part makes it follow.
pub fn ask(sheet: &Sheet) -> Html {
    let links = &sheet.links;
    let comments = Comments::next_for(sheet.file().text());
    // Behind it stands the path of a field.
    let pages = explained::address_of(&format!("{}.", explained::kind(sheet.document())));
    let words = match comments {
        Comments::Add => "Add comments",
        Comments::Remove => "Remove comments",
    };
    view! {
        <div class="about-lines">
            <a id="ask" href="/explain" target="_blank" data-pages=pages>"Explain the fields"</a>
            {links.since().is_none().then(|| view! {
                <a id="changes-link" href=links.comparing_from_here() inert=sheet.is_waiting()>
                    <span class="with-script">"Changes since you opened it"</span>
                    <span class="without-script">"Compare with this from here on"</span>
                </a>
            })}
            <button type="submit" class="add" form="editor" name="edit" value=Edit::Comments(comments).to_string()>{words}</button>
        </div>
    }
    .html()
}
