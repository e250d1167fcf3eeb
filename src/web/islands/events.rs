//! Listening, finding and waiting.

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventTarget};

/// Calls `handler` for every event `name` on `target`, for as long as the page lives.
pub(super) fn listen(target: &EventTarget, name: &str, handler: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(handler);
    // An element that takes events takes listeners.
    _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The element that an event happened to.
pub(super) fn target_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Calls `action` for every element within `root` that `selector` names.
pub(super) fn each(root: &Element, selector: &str, action: impl Fn(&Element)) {
    let Ok(found) = root.query_selector_all(selector) else { return };
    for element in (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()) {
        action(&element);
    }
}

/// Waits for `milliseconds`.
pub(super) async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        _ = leptos::prelude::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    _ = JsFuture::from(promise).await;
}

/// Waits for what `promise` brings.
pub(super) async fn wait<T: JsCast>(promise: js_sys::Promise) -> Result<T, JsValue> {
    JsFuture::from(promise).await?.dyn_into()
}
