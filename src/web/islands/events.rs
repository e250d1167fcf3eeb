//! What every island needs of the browser: to start there, to find elements, to listen and to wait.
//!
//! An island is an element that the server writes and a function that gives it life. No island has a signal: the first one
//! brings the whole reactive runtime along, which is a third of what the browser would load.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventTarget, HtmlElement, Storage};

/// Calls `start` where there is a page, which the server does not have. It finds the elements of the page, its island's among
/// them, and ends early where one is missing.
pub(super) fn in_browser(start: impl FnOnce() -> Option<()>) {
    if cfg!(target_family = "wasm") {
        _ = start();
    }
}

/// What an island is on the page, as the server writes it. The browser finds it there and needs no words for it; and what all
/// islands come to is of one type, which is compiled once.
pub(super) fn in_page<V: IntoView>(view: impl FnOnce() -> V) -> InertElement {
    InertElement::new(if cfg!(target_family = "wasm") { String::new() } else { view().into_view().to_html() })
}

/// The element with that `id`, if it is a `T`.
pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Calls `handler` for every event `name` on `target`, for as long as the page lives.
pub(super) fn listen(target: &EventTarget, name: &str, handler: impl FnMut(Event) + 'static) {
    add_listener(target, name, Closure::new(handler), false);
}

/// As [`listen`], before everybody that listens within `target`.
pub(super) fn listen_first(target: &EventTarget, name: &str, handler: impl FnMut(Event) + 'static) {
    add_listener(target, name, Closure::new(handler), true);
}

/// Compiled once for all handlers.
fn add_listener(target: &EventTarget, name: &str, closure: Closure<dyn FnMut(Event)>, is_first: bool) {
    // An element that takes events takes listeners.
    _ = target.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), is_first);
    closure.forget();
}

/// Goes to `target` and opens the folds around it.
pub(super) fn go_to(target: &Element) {
    let mut around = target.parent_element();
    while let Some(element) = around {
        if element.tag_name() == "DETAILS" {
            _ = element.set_attribute("open", "");
        }
        around = element.parent_element();
    }
    if let Some(target) = target.dyn_ref::<HtmlElement>() {
        _ = target.focus();
    }
}

/// The element that an event happened to.
pub(super) fn target_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Calls `action` for every element within `root` that `selector` names.
pub(super) fn each(root: &Element, selector: &str, action: impl Fn(&Element)) {
    each_of_all(root, selector, &action);
}

/// Compiled once for all actions.
fn each_of_all(root: &Element, selector: &str, action: &dyn Fn(&Element)) {
    let Ok(found) = root.query_selector_all(selector) else { return };
    for element in (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()) {
        action(&element);
    }
}

/// What the browser keeps from visit to visit, unless the person forbids it.
pub(super) fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Waits for `milliseconds`.
pub(super) async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    _ = JsFuture::from(promise).await;
}

/// Waits for what `promise` brings.
pub(super) async fn wait<T: JsCast>(promise: js_sys::Promise) -> Result<T, JsValue> {
    JsFuture::from(promise).await?.dyn_into()
}
