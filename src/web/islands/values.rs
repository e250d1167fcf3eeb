//! The values of inputs, which are what the server said or what somebody typed since.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement};

use super::typed::TYPED;

const INPUTS: &str = "input, select, textarea";

/// True if `input` has text that is not to be touched.
pub(super) fn keeps(input: &Element, keep_focused: bool) -> bool {
    input.has_attribute(TYPED) || keep_focused && document().active_element().as_ref() == Some(input)
}

pub(super) fn is_input(element: &Element) -> bool {
    element.matches(INPUTS).unwrap_or_default()
}

/// Gives `old` the value of `new`, which the server has sent.
pub(super) fn take(old: &Element, new: &Element) {
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlInputElement>(), new.dyn_ref::<HtmlInputElement>()) {
        old.set_checked(new.checked());
        if old.value() != new.value() {
            old.set_value(&new.value());
        }
    } else if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlTextAreaElement>(), new.dyn_ref::<HtmlTextAreaElement>()) {
        if old.value() != new.value() {
            old.set_value(&new.value());
        }
    } else if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlSelectElement>(), new.dyn_ref::<HtmlSelectElement>()) {
        old.set_selected_index(new.selected_index());
    }
}

/// Gives an input that the server has not sent again what the server said of it last.
pub(super) fn reset(input: &Element) {
    if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
        input.set_checked(input.default_checked());
        input.set_value(&input.default_value());
    } else if let Some(input) = input.dyn_ref::<HtmlTextAreaElement>() {
        input.set_value(&input.default_value().unwrap_or_default());
    } else if let Some(input) = input.dyn_ref::<HtmlSelectElement>() {
        let chosen = input.query_selector("[selected]").ok().flatten();
        input.set_selected_index(
            chosen.and_then(|option| option.dyn_into::<HtmlOptionElement>().ok()).map_or(0, |option| option.index()),
        );
    }
}
