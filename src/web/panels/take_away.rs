//! What a person leaves with: the file, the link, the command.

use leptos::prelude::*;

use crate::document::link::CHAT_SAFE_LENGTH;
use crate::web::html::{Html, IntoHtml};
use crate::web::islands::CopyButtons;
use crate::web::sheet::Sheet;

/// Buttons and addresses of the document.
pub fn take_away(sheet: &Sheet) -> Html {
    let links = &sheet.links;
    view! {
        <section class="take-away" aria-label="Take away" inert=sheet.is_waiting()>
            <div class="buttons">
                <form method="get" action=links.file("yaml")>
                    <input type="hidden" name="download" value="" />
                    <button type="submit" id="download" class="primary" aria-keyshortcuts="d">"Download YAML"</button>
                </form>
                <CopyButtons />
                <span class="formats">
                    <a href=links.file("yaml")>"YAML"</a>
                    <a href=links.file("json")>"JSON"</a>
                    <a href=links.picture()>"SVG"</a>
                </span>
            </div>
            <label for="link" class="address">
                "Link to this document"
                <input id="link" readonly value=links.share() />
            </label>
            <label for="apply-command" class="address">
                "Apply it to a cluster"
                <input id="apply-command" readonly value=links.apply_command() />
            </label>
            {links.is_long().then(|| view! {
                <p class="message" data-severity="warning">
                    {format!("This link has {} characters. Some chat programs cut links above {CHAT_SAFE_LENGTH}: ", links.share().len())}
                    <a href=format!("{}?download=", links.file("yaml"))>"send the file instead"</a> "."
                </p>
            })}
        </section>
    }
    .html()
}
