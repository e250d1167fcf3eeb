//! The text of the document, to be changed as a text.

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;
use crate::web::text_area::text_area_content;

/// As many bytes a text may have to be edited on the page.
const MAX_TEXT_BYTES: usize = 128 << 10;

/// The box with the whole text, in a fold. What is typed there is opened as what is pasted on the start page: comments and all.
pub fn text(sheet: &Sheet) -> Html {
    let text = sheet.file.text();
    if text.len() > MAX_TEXT_BYTES {
        return Html::default();
    }
    let rows = text.lines().count().clamp(8, 40);
    let crlf = text.contains("\r\n").then_some("true");
    view! {
        <details id="text" class="text">
            <summary>"Edit as text"</summary>
            <form method="post" action="/" enctype="multipart/form-data">
                <label for="text-box">"The manifest, with comments and all documents"</label>
                <textarea id="text-box" aria-keyshortcuts="e" name="manifest" rows=rows spellcheck="false" autocapitalize="none" autocomplete="off">
                    {text_area_content(text)}
                </textarea>
                <input type="hidden" name="crlf" value=crlf />
                <button type="submit" class="primary">"Apply the text"</button>
            </form>
        </details>
    }
    .html()
}
