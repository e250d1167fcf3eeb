//! Lets the box of a text grow with it, and puts the caret where a link to a line leads.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTextAreaElement};

use super::events::{by_id, listen, target_of};

const BOX: &str = ".text-view > textarea";
const LINK: &str = "a[href^='#line-']";

/// Follows the text of the page. Without it a text that grows is scrolled in its box.
pub(super) fn start() {
    listen(&document(), "input", |event| {
        let text = target_of(&event).filter(|target| target.matches(BOX).unwrap_or_default());
        _ = text.and_then(|text| text.dyn_into().ok()).map(|text| fit(&text));
    });
    listen(&document(), "click", |event| _ = go_to_line(&event));
}

/// As many rows and columns as the text has.
fn fit(text: &HtmlTextAreaElement) {
    let (mut rows, mut columns) = (0, 0);
    for line in text.value().split('\n') {
        rows += 1;
        columns = columns.max(line.len());
    }
    #[expect(clippy::cast_possible_truncation, reason = "so many bytes no box has")]
    text.set_cols(columns as u32 + 1);
    text.set_rows(rows);
}

/// Puts the caret at the line, and the column, that the clicked link leads to.
fn go_to_line(event: &Event) -> Option<()> {
    let link = target_of(event)?.closest(LINK).ok()??;
    let text: HtmlTextAreaElement = document().query_selector(BOX).ok()??.dyn_into().ok()?;
    let id = link.get_attribute("href")?.split_off(1);
    let number: usize = id.strip_prefix("line-")?.parse().ok()?;
    let column: usize = link.get_attribute("data-column").and_then(|column| column.parse().ok()).unwrap_or(1);
    let before: usize = text.value().split('\n').take(number - 1).map(|line| line.encode_utf16().count() + 1).sum();
    event.prevent_default();
    _ = text.focus();
    #[expect(clippy::cast_possible_truncation, reason = "so many characters no box has")]
    let caret = (before + column - 1) as u32;
    _ = text.set_selection_range(caret, caret);
    _ = by_id::<Element>(&id).map(|line| line.scroll_into_view());
    Some(())
}
