//! Reads a dropped or chosen file into the box for manifests, so that it can be looked at before it is opened, and keeps what
//! stands there while the tab is open, for who leaves the page or loads it again.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, DragEvent, Element, Event, File, HtmlInputElement, HtmlTextAreaElement};

use super::draft::storage;
use super::events::{by_id, in_browser, in_page, listen, wait};

/// Larger files are not read; the server refuses them too.
const MAX_FILE_BYTES: f64 = 4_000_000.0;

/// Under this key the browser keeps what stands in the box, until a document is opened.
pub(super) const KEPT_TEXT: &str = "text";

/// The line that tells what became of a file. Without it the file is sent with the form.
#[island]
pub fn FileDrop() -> impl IntoView {
    in_browser(start);
    in_page(|| view! { <p id="manifest-outcome" class="hint with-script" role="status"></p> })
}

/// Takes files wherever on the page they are dropped; a browser would leave the page for a file that misses the box.
fn start() -> Option<()> {
    let outcome: Element = by_id("manifest-outcome")?;
    let text: HtmlTextAreaElement = by_id("manifest-text")?;
    let input: HtmlInputElement = by_id("manifest-file")?;
    listen(&window(), "dragover", |event| {
        if files_in(&event).is_some() {
            event.prevent_default();
        }
    });
    let (target, said) = (text.clone(), outcome.clone());
    listen(&window(), "drop", move |event| {
        let Some(files) = files_in(&event) else { return };
        event.prevent_default();
        if let Some(file) = files.files().and_then(|files| files.item(0)) {
            read(file, target.clone(), said.clone());
        }
    });
    _ = keep(&text);
    let chosen = input.clone();
    listen(&input, "change", move |_| {
        if let Some(file) = chosen.files().and_then(|files| files.item(0)) {
            chosen.set_value("");
            read(file, text.clone(), outcome.clone());
        }
    });
    Some(())
}

/// Puts into an empty box what stood there before, and keeps what is typed from here on.
fn keep(text: &HtmlTextAreaElement) -> Option<()> {
    let storage = storage()?;
    if let Some(kept) = storage.get_item(KEPT_TEXT).ok()?.filter(|_| text.value().is_empty()) {
        text.set_value(&kept);
        tell_input(text);
    }
    let kept = text.clone();
    listen(text, "input", move |_| _ = storage.set_item(KEPT_TEXT, &kept.value()));
    Some(())
}

/// What is dragged, if that is files and not, say, text.
fn files_in(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer().filter(|data| data.types().includes(&"Files".into(), 0))
}

/// Says in the form whether the lines of the file end with `\r\n`, which a box does not tell.
fn keep_crlf(keeps: bool) {
    if let Some(input) = by_id::<HtmlInputElement>("manifest-crlf") {
        input.set_value(if keeps { "true" } else { "" });
    }
}

/// Tells who follows the text that it is another one.
pub(super) fn tell_input(text: &HtmlTextAreaElement) {
    if let Ok(event) = Event::new("input") {
        _ = text.dispatch_event(&event);
    }
}

fn read(file: File, text: HtmlTextAreaElement, outcome: Element) {
    let name = file.name();
    if file.size() > MAX_FILE_BYTES {
        return outcome.set_text_content(Some(&(name + " is too large for a manifest.")));
    }
    spawn_local(async move {
        let Ok(content) = wait::<js_sys::JsString>(file.text()).await else {
            return outcome.set_text_content(Some(&(name + " could not be read.")));
        };
        let content = String::from(content);
        keep_crlf(content.split('\n').any(|line| line.ends_with('\r')));
        text.set_value(&content);
        tell_input(&text);
        _ = text.focus();
        outcome.set_text_content(Some(&(name + " is in the box above.")));
    });
}
