//! Buttons that copy what other elements show.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

use super::events::{by_id, in_browser, in_page, listen, sleep, target_of, wait};

/// How long the page says that something was copied, in milliseconds.
const SHOWN: i32 = 2_000;

/// Copies the manifest or the link to the clipboard.
#[island]
pub fn CopyButtons() -> impl IntoView {
    in_browser(start);
    in_page(|| {
        view! {
            <span id="copy-buttons" class="buttons">
                <button type="button" class="with-script" data-copies="manifest">"Copy YAML"</button>
                <button type="button" class="with-script" data-copies="link">"Copy link"</button>
                <span id="copy-outcome" class="outcome" role="status"></span>
            </span>
        }
    })
}

fn start() -> Option<()> {
    let buttons: Element = by_id("copy-buttons")?;
    let outcome: Element = by_id("copy-outcome")?;
    listen(&buttons, "click", move |event| {
        let Some(id) = target_of(&event).and_then(|button| button.get_attribute("data-copies")) else { return };
        spawn_local(copy(id, outcome.clone()));
    });
    Some(())
}

/// Copies what the element `id` shows, and says so for a moment.
async fn copy(id: String, outcome: Element) {
    outcome.set_text_content(Some(match copy_text_of(&id).await {
        Ok(()) => "Copied",
        Err(_) => "Selected: copy it with your keyboard",
    }));
    sleep(SHOWN).await;
    outcome.set_text_content(None);
}

/// Puts the text of the element `id` on the clipboard.
///
/// # Errors
/// There is no such element, or the browser forbids to write to the clipboard; then the text is selected instead.
async fn copy_text_of(id: &str) -> Result<(), JsValue> {
    let element = by_id(id).ok_or(JsValue::NULL)?;
    let text = text_of(&element);
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())?.dyn_into::<web_sys::Clipboard>();
    let written = match clipboard {
        Ok(clipboard) => wait::<JsValue>(clipboard.write_text(&text)).await.map(|_| ()),
        Err(missing) => Err(missing),
    };
    if written.is_err() {
        select(&element)?;
    }
    written
}

fn text_of(element: &Element) -> String {
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => element.text_content().unwrap_or_default(),
    }
}

fn select(element: &Element) -> Result<(), JsValue> {
    match (element.dyn_ref::<HtmlInputElement>(), window().get_selection()?) {
        (Some(input), _) => input.select(),
        (None, Some(selection)) => selection.select_all_children(element)?,
        (None, None) => {}
    }
    Ok(())
}
