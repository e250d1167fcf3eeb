//! Lights up every view of a field when one of them is hovered or focused.

use leptos::prelude::document;
use web_sys::Element;

use super::events::{each, listen, target_of};

/// Watches the pointer and the focus within `sheet`.
pub(super) fn start(sheet: &Element) {
    for event in ["mouseover", "focusin"] {
        let within = sheet.clone();
        listen(sheet, event, move |event| light_up(&within, target_of(&event)));
    }
}

/// Lights up what is focused, in a sheet that has just changed.
pub(super) fn focused(sheet: &Element) {
    light_up(sheet, document().active_element());
}

fn light_up(sheet: &Element, target: Option<Element>) {
    let view = target.and_then(|target| target.closest("[data-field], input[name], select[name], textarea[name]").ok().flatten());
    let field = view.and_then(|view| view.get_attribute("data-field").or_else(|| view.get_attribute("name")));
    each(sheet, ".lit", |element| _ = element.class_list().remove_1("lit"));
    if let Some(field) = field {
        let selector = String::from("[data-field=\"") + &field.replace('\\', "\\\\").replace('"', "\\\"") + "\"]";
        each(sheet, &selector, |element| _ = element.class_list().add_1("lit"));
    }
}
