//! Turns one part of the page into another and keeps what a person is at: focus, caret, scrolling, open folds, and typed text
//! that the server has not seen yet.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node};

/// Marks an input that was typed into since its value was last sent.
pub(super) const TYPED: &str = "data-typed";

/// What happens to the text of inputs.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Inputs {
    /// The focused input and those with unsent text keep theirs.
    Keep,
    /// All take the new text.
    Replace,
}

/// Makes `old` equal to `new`. Islands are left alone: they look after themselves.
pub(super) fn morph(old: &Element, new: &Element, inputs: Inputs) {
    if is_island(old) || old.is_equal_node(Some(new)) && inputs == Inputs::Keep && !has_inputs(old) {
        return;
    }
    morph_attributes(old, new);
    morph_value(old, new, inputs);
    if old.tag_name() != "TEXTAREA" {
        morph_children(old, new, inputs);
    }
}

fn is_island(element: &Element) -> bool {
    element.tag_name() == "LEPTOS-ISLAND"
}

fn has_inputs(element: &Element) -> bool {
    element.query_selector("input, select, textarea").is_ok_and(|found| found.is_some())
}

fn morph_attributes(old: &Element, new: &Element) {
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !new.has_attribute(&name) && name != "open" && name != TYPED && name != "class" {
            _ = old.remove_attribute(&name);
        }
    }
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = new.get_attribute(&name);
        if name != "open" && old.get_attribute(&name) != value {
            _ = old.set_attribute(&name, value.as_deref().unwrap_or_default());
        }
    }
}

fn morph_value(old: &Element, new: &Element, inputs: Inputs) {
    let focused = document().active_element().as_ref() == Some(old);
    let keep = inputs == Inputs::Keep && old.has_attribute(TYPED);
    if inputs == Inputs::Replace {
        _ = old.remove_attribute(TYPED);
    }
    if keep {
        return;
    }
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlInputElement>(), new.dyn_ref::<HtmlInputElement>()) {
        old.set_checked(new.checked());
        let keep = focused && inputs == Inputs::Keep;
        if !keep && old.type_() != "checkbox" && old.value() != new.value() {
            old.set_value(&new.value());
        }
    } else if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlTextAreaElement>(), new.dyn_ref::<HtmlTextAreaElement>()) {
        let keep = focused && inputs == Inputs::Keep;
        if !keep && old.value() != new.value() {
            old.set_value(&new.value());
        }
    }
}

fn morph_children(old: &Element, new: &Element, inputs: Inputs) {
    let mut here = old.first_child();
    let mut wanted = new.first_child();
    while let Some(next) = wanted {
        wanted = next.next_sibling();
        match here.as_ref().and_then(|place| counterpart(old, place, &next)) {
            Some(found) => {
                if Some(&found) == here.as_ref() {
                    here = found.next_sibling();
                } else {
                    _ = old.insert_before(&found, here.as_ref());
                }
                morph_node(&found, &next, inputs);
            }
            None => _ = old.insert_before(&next, here.as_ref()),
        }
    }
    while let Some(rest) = here {
        here = rest.next_sibling();
        _ = old.remove_child(&rest);
    }
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlSelectElement>(), new.dyn_ref::<HtmlSelectElement>()) {
        old.set_selected_index(new.selected_index());
    }
}

/// The child of `parent` that becomes `wanted`: the one with its `id`, or the one at this place if that is of the same kind.
fn counterpart(parent: &Element, place: &Node, wanted: &Node) -> Option<Node> {
    let id = wanted.dyn_ref::<Element>().map(Element::id).filter(|id| !id.is_empty());
    if let Some(id) = id {
        let found: Node = document().get_element_by_id(&id)?.into();
        return (found.parent_node().as_ref() == Some(parent)).then_some(found);
    }
    let anonymous = place.dyn_ref::<Element>().is_none_or(|element| element.id().is_empty());
    (anonymous && place.node_name() == wanted.node_name()).then(|| place.clone())
}

fn morph_node(old: &Node, new: &Node, inputs: Inputs) {
    match (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        (Some(old), Some(new)) => morph(old, new, inputs),
        _ if old.node_value() != new.node_value() => old.set_node_value(new.node_value().as_deref()),
        _ => {}
    }
}
