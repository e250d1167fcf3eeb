//! Lights up every view of a field when one of them is hovered or focused.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::events::listen;

/// Watches the pointer and the focus within `sheet`.
pub(super) fn start(sheet: &Element) {
    for event in ["mouseover", "focusin"] {
        let within = sheet.clone();
        listen(sheet, event, move |event| light_up(&within, &event));
    }
}

fn light_up(sheet: &Element, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let view = target.and_then(|target| target.closest("[data-field], input[name], select[name], textarea[name]").ok().flatten());
    let field = view.and_then(|view| view.get_attribute("data-field").or_else(|| view.get_attribute("name")));
    each(sheet, ".lit", |element| _ = element.class_list().remove_1("lit"));
    if let Some(field) = field {
        let selector = format!("[data-field=\"{}\"]", field.replace('\\', "\\\\").replace('"', "\\\""));
        each(sheet, &selector, |element| _ = element.class_list().add_1("lit"));
    }
}

fn each(sheet: &Element, selector: &str, action: impl Fn(&Element)) {
    let Ok(found) = sheet.query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            action(&element);
        }
    }
}
