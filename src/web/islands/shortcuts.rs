//! Single keys that lead to the parts of the page that name them.
//!
//! An element says its key with `aria-keyshortcuts`, which a screen reader tells too. No key does anything while a field is
//! typed into or a modifier is pressed, so none is in the way of the browser; and all can be turned off, which the browser
//! remembers (WCAG 2.2, 2.1.4).

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::events::{by_id, go_to, in_browser, in_page, listen, local_storage, target_of};

/// Under this key the browser remembers that the shortcuts are off.
const KEY: &str = "shortcuts";
const OFF: &str = "off";
/// The fields in which a letter is text, or chooses.
const TEXT_FIELDS: &str = "input:not([type=checkbox]), textarea, select";

/// Listens to the keys. `web::shortcuts` draws what tells of them.
#[island]
pub fn Shortcuts() -> impl IntoView {
    in_browser(start);
    // An island has an element, or else hydration does not find its end.
    in_page(|| view! { <span hidden></span> })
}

fn start() -> Option<()> {
    let switch: HtmlInputElement = by_id("shortcuts-on")?;
    let is_off = local_storage().and_then(|storage| storage.get_item(KEY).ok()?).is_some();
    switch.set_checked(!is_off);
    let checked = switch.clone();
    listen(&switch, "change", move |_| {
        let Some(storage) = local_storage() else { return };
        _ = if checked.checked() { storage.remove_item(KEY) } else { storage.set_item(KEY, OFF) };
    });
    listen(&document(), "keydown", move |event| {
        if switch.checked()
            && let Some(target) = named_by(&event)
        {
            event.prevent_default();
            reach(&target);
        }
    });
    Some(())
}

/// The element for the key of `event`.
fn named_by(event: &Event) -> Option<Element> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if key.ctrl_key() || key.meta_key() || key.alt_key() || target_of(event)?.matches(TEXT_FIELDS).unwrap_or_default() {
        return None;
    }
    // A key that needs an escape there names none.
    document().query_selector(&(String::from("[aria-keyshortcuts='") + &key.key() + "']")).ok()?
}

fn reach(target: &Element) {
    go_to(target);
    if let Some(control) = target.dyn_ref::<HtmlElement>().filter(|target| target.matches("a, button").unwrap_or_default()) {
        control.click();
    }
}
