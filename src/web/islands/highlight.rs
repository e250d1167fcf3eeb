//! Lights up every view of a field when one of them is hovered or focused, and leads from one to the other.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, css};

use super::events::{by_id, each, go_to, listen, target_of};
use super::explanation;

/// The views of fields that are no inputs: the lines of the manifest and the shapes of the picture.
const VIEWS: &str = "#manifest [data-field], #diagram [data-field]";

/// Watches the pointer, the focus and the keys within `sheet`.
pub(super) fn start(sheet: &Element) {
    let within = sheet.clone();
    listen(sheet, "mouseover", move |event| {
        // The lines that the keys go through move below a pointer that rests.
        if !is_manifest(document().active_element()) {
            _ = light_up(&within, target_of(&event));
        }
    });
    let within = sheet.clone();
    listen(sheet, "focusin", move |event| follow(&within, target_of(&event)));
    listen(sheet, "click", |event| {
        let has_selection = document().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
        let view = target_of(&event).and_then(|target| target.closest(VIEWS).ok().flatten()).filter(|_| !has_selection);
        let Some(field) = view.and_then(|view| view.get_attribute("data-field")) else { return };
        if let Some(input) = input_of(&field) {
            event.prevent_default();
            go_to(&input);
        }
        _ = explanation::ask_about(Some(field));
    });
    let within = sheet.clone();
    listen(sheet, "keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|_| is_manifest(target_of(&event))) else { return };
        if walk(&within, &key.key()) {
            event.prevent_default();
        }
    });
}

/// Lights up what is focused, in a sheet that has just changed.
pub(super) fn focused(sheet: &Element) {
    follow(sheet, document().active_element());
}

fn is_manifest(target: Option<Element>) -> bool {
    target.is_some_and(|target| target.id() == "manifest")
}

/// In the focused manifest the arrow keys go from line to line, and Enter to the input of the line. True if `key` is one of them.
fn walk(sheet: &Element, key: &str) -> bool {
    let lit = sheet.query_selector("#manifest .lit").ok().flatten();
    let next = match (key, &lit) {
        ("Enter", Some(line)) => {
            return line.get_attribute("data-field").and_then(|field| input_of(&field)).map(|input| go_to(&input)).is_some();
        }
        ("ArrowDown", Some(line)) => line.next_element_sibling(),
        ("ArrowUp", Some(line)) => line.previous_element_sibling(),
        ("ArrowDown", None) => sheet.query_selector("#manifest [data-field]").ok().flatten(),
        _ => return false,
    };
    let Some(next) = next else { return true };
    let field = light_up(sheet, Some(next.clone()));
    if field.is_none() {
        _ = next.class_list().add_1("lit");
    }
    _ = explanation::ask_about(field);
    show_in_manifest(&next);
    true
}

/// The element that stands for `field`, or for what it is in, or else the first that stands for what is in it.
fn input_of(field: &str) -> Option<Element> {
    let mut path = field;
    loop {
        if let Some(input) = by_id(path) {
            return Some(input);
        }
        let Some(end) = path.rfind(['.', '[']) else { break };
        path = &path[..end];
    }
    let inside = String::from("[id^=\"") + &quoted(field) + ".\"]";
    document().query_selector(&inside).ok().flatten()
}

/// `field` within the quotes of a selector.
fn quoted(field: &str) -> String {
    css::escape(field)
}

/// Lights up the field of `target`, and brings its line into view. Beside the form nothing is scrolled: what is pressed there
/// would move away under the pointer.
fn follow(sheet: &Element, target: Option<Element>) {
    if is_manifest(target.clone()) {
        return;
    }
    let is_beside = target.as_ref().is_some_and(|target| target.closest(".result-side").is_ok_and(|side| side.is_some()));
    _ = explanation::ask_about(light_up(sheet, target));
    if is_beside {
        return;
    }
    if let Some(line) = sheet.query_selector("#manifest .lit").ok().flatten() {
        show_in_manifest(&line);
    }
}

/// Scrolls the manifest and the column that it is in, and nothing else, until `line` is in view.
fn show_in_manifest(line: &Element) {
    let manifest = by_id::<HtmlElement>("manifest");
    let column = line.closest(".result-side").ok().flatten().and_then(|column| column.dyn_into().ok());
    for frame in [manifest, column].iter().flatten() {
        show_in(frame, line);
    }
}

/// Scrolls `frame` until `line` is in its middle, unless it is in view; what is no box of its own has no height.
fn show_in(frame: &HtmlElement, line: &Element) {
    let (outer, inner) = (frame.get_bounding_client_rect(), line.get_bounding_client_rect());
    if outer.height() > 0.0 && (inner.top() < outer.top() || inner.bottom() > outer.bottom()) {
        #[expect(clippy::cast_possible_truncation, reason = "a distance in pixels")]
        let distance = (inner.top() - outer.top() - outer.height() / 2.0) as i32;
        frame.set_scroll_top(frame.scroll_top() + distance);
    }
}

/// Lights up the views of the field that `target` is a view of, and tells it.
fn light_up(sheet: &Element, target: Option<Element>) -> Option<String> {
    let view = target.and_then(|target| target.closest("[data-field], input[name], select[name], textarea[name]").ok().flatten());
    let field = view.and_then(|view| view.get_attribute("data-field").or_else(|| view.get_attribute("name")));
    each(sheet, ".lit", |element| _ = element.class_list().remove_1("lit"));
    let selector = String::from("[data-field=\"") + &quoted(field.as_deref()?) + "\"]";
    each(sheet, &selector, |element| _ = element.class_list().add_1("lit"));
    field
}
