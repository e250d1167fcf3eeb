//! Buttons that copy what other elements show.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement};

use super::events::{sleep, wait};

/// How long the page says that something was copied, in milliseconds.
const SHOWN: i32 = 2_000;

/// Copies the manifest or the link to the clipboard.
#[island]
pub fn CopyButtons() -> impl IntoView {
    let outcome = RwSignal::new("");
    let copy = move |id: &'static str| {
        spawn_local(async move {
            outcome.set(match copy_text_of(id).await {
                Ok(()) => "Copied",
                Err(_) => "Selected: copy it with your keyboard",
            });
            sleep(SHOWN).await;
            outcome.set("");
        });
    };
    view! {
        <button type="button" class="with-script" on:click=move |_| copy("manifest")>"Copy YAML"</button>
        <button type="button" class="with-script" on:click=move |_| copy("link")>"Copy link"</button>
        <span class="outcome" role="status">{outcome}</span>
    }
}

/// Where the browser forbids to write to the clipboard, the text is selected instead.
async fn copy_text_of(id: &str) -> Result<(), JsValue> {
    let element = document().get_element_by_id(id).ok_or(JsValue::NULL)?;
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
