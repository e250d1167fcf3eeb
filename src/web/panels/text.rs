//! The text of the document, to be changed as a text, in the place of the drawn lines.

use leptos::prelude::*;

use super::marks::Marks;
use super::mend_button::mend_button;
use super::text_view::TextView;
use crate::repair::MEND_TEXT;
use crate::web::html::{Html, IntoHtml};
use crate::web::prose::prose;
use crate::web::sheet::{Sheet, Unread};
use crate::web::text_area::text_area_content;
use kube_dry_run::inspection::Lines;

/// The id of the form of the text.
const TEXT_FORM: &str = "text-form";

/// As many findings have marks.
const MAX_MARKS: usize = 200;

/// The id of the box.
const BOX: &str = "text-box";
/// The id of the reason why what is in it cannot be read.
const REFUSAL: &str = "text-refusal";

/// The fold with the whole text. What is typed there is posted to the page's own address, and is the document: comments and all.
/// A text that cannot be read stays, with its mark at its place.
pub fn text(sheet: &Sheet) -> Html {
    let unread = sheet.unread.as_ref();
    let lines = Lines::new(unread.map_or(sheet.file().text(), |unread| &unread.text).to_owned());
    if unread.is_none() && !TextView::fits(lines.text()) {
        return Html::default();
    }
    let crlf = sheet.file().text().contains("\r\n").then_some("true");
    view! {
        <details id="text" class="text" open=unread.is_some()>
            <summary><span class="when-closed">"Edit"</span><span class="when-open">"Done"</span></summary>
            <form id=TEXT_FORM method="post" action=sheet.action() aria-label="Text">
                <label for=BOX>"The manifest as YAML or JSON, with comments and all documents"</label>
                {unread.map(refusal).unwrap_or_default()}
                {text_box(sheet, &lines)}
                <input type="hidden" name="crlf" value=crlf />
                <button type="submit" class="primary without-script">"Apply the text"</button>
            </form>
        </details>
    }
    .html()
}

fn text_box(sheet: &Sheet, lines: &Lines) -> Html {
    let mut marks = Marks::default();
    if let Some(unread) = &sheet.unread {
        unread.mark.into_iter().for_each(|mark| marks.add_error(mark, REFUSAL));
    } else {
        marks.add(&sheet.report().findings[..sheet.report().findings.len().min(MAX_MARKS)], 0);
        marks.add_lines(sheet.report().notes.iter().chain(&sheet.report().silenced));
    }
    let refusal = sheet.is_waiting().then_some(REFUSAL);
    if TextView::fits(lines.text()) {
        return TextView { id: BOX, name: "text", key: Some("e"), lines, marks: &marks, refusal }.html();
    }
    view! {
        <textarea id=BOX name="text" rows="20" spellcheck="false" autocapitalize="none" autocomplete="off" aria-invalid="true" aria-describedby=REFUSAL>
            {text_area_content(lines.text())}
        </textarea>
    }
    .html()
}

fn refusal(unread: &Unread) -> Html {
    let mend = mend_button(&unread.text, TEXT_FORM, MEND_TEXT, "true");
    view! {
        <p id=REFUSAL class="message" data-severity="error" role="alert" tabindex="-1">{prose(&unread.message)}</p>
        {mend}
    }
    .html()
}

/// The word above the form while it waits for a text that can be read; it heads the page, for what is inert heads nothing.
pub fn waiting(sheet: &Sheet) -> Html {
    let Some(unread) = &sheet.unread else { return Html::default() };
    let place = unread.mark.map_or_else(|| "Back to the text".to_owned(), |mark| format!("Line {} of the text", mark.line));
    view! {
        <section id="waiting" class="banner" aria-labelledby="waiting-heading">
            <h1 id="waiting-heading">"The text cannot be read, so the form waits"</h1>
            <p>"Nothing is lost. " <a href=format!("#{BOX}")>{place}</a></p>
        </section>
    }
    .html()
}
