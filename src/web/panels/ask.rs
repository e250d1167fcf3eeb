//! What the lines of the manifest mean: a link that follows what is lit, and comments for learners in the text.

use leptos::prelude::*;

use crate::document::{Comments, Edit};
use crate::web::explained;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// The link and the button. The link leads to all fields until the browser's part makes it follow.
pub fn ask(sheet: &Sheet) -> Html {
    let comments = Comments::next_for(sheet.file.text());
    // Behind it stands the path of a field.
    let pages = explained::address_of(&format!("{}.", explained::kind(sheet.document())));
    let words = match comments {
        Comments::Add => "Add comments",
        Comments::Remove => "Remove comments",
    };
    view! {
        <div class="about-lines">
            <a id="ask" href="/explain" target="_blank" data-pages=pages>"Explain the fields"</a>
            <button type="submit" class="add" form="editor" name="edit" value=Edit::Comments(comments).to_string()>{words}</button>
        </div>
    }
    .html()
}
