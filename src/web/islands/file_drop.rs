//! Reads a dropped or chosen file into the box for manifests, so that it can be looked at before it is opened.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlInputElement, HtmlTextAreaElement};

use super::events::{listen, wait};

/// Larger files are not read; the server refuses them too.
const LARGEST: f64 = 4_000_000.0;

/// The line that tells what became of a dropped file. Without it the file is sent with the form.
#[island]
pub fn FileDrop() -> impl IntoView {
    let outcome = RwSignal::new(String::new());
    Effect::new(move || _ = start(outcome));
    view! { <p class="hint with-script" role="status">{outcome}</p> }
}

fn start(outcome: RwSignal<String>) -> Option<()> {
    let text: HtmlTextAreaElement = document().get_element_by_id("manifest-text")?.dyn_into().ok()?;
    let input: HtmlInputElement = document().get_element_by_id("manifest-file")?.dyn_into().ok()?;
    listen(&text, "dragover", |event| event.prevent_default());
    let target = text.clone();
    listen(&text, "drop", move |event| {
        let files = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
        if let Some(file) = first(files) {
            event.prevent_default();
            read(file, target.clone(), outcome);
        }
    });
    let chosen = input.clone();
    listen(&input, "change", move |_| {
        if let Some(file) = first(chosen.files()) {
            chosen.set_value("");
            read(file, text.clone(), outcome);
        }
    });
    Some(())
}

fn first(files: Option<FileList>) -> Option<File> {
    files?.item(0)
}

fn read(file: File, text: HtmlTextAreaElement, outcome: RwSignal<String>) {
    if file.size() > LARGEST {
        return outcome.set(format!("{} is too large for a manifest.", file.name()));
    }
    spawn_local(async move {
        match wait::<js_sys::JsString>(file.text()).await {
            Ok(content) => {
                text.set_value(&String::from(content));
                outcome.set(format!("{} is in the box above.", file.name()));
            }
            Err(_) => outcome.set(format!("{} could not be read.", file.name())),
        }
    });
}
