//! Turns one part of the page into another and keeps what a person is at: focus, caret, scrolling, open folds, and typed text
//! that the server has not seen yet.
//!
//! Of a list of which the page has most already, the server sends what has changed, and marks for the rest; `web/delta.rs` says
//! which.

use std::iter::successors;

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement, HtmlTextAreaElement, Node};

use super::events::each;
use super::typed::{TOUCHED, TYPED};
use super::values::{is_input, keeps, reset, take};

const OPEN: &str = "open";
const ISLAND: &str = "LEPTOS-ISLAND";
const LINE: &str = "#manifest > .line";

/// On what stands for elements that stay: the place of the first of them, and how many they are.
const STAY: &str = "data-stay";
/// On an element: the place of the one that becomes it.
const OF: &str = "data-of";
const MARKED: &str = ":scope > [data-stay], :scope > [data-of]";

/// Makes `old` equal to `new`, which is used up. With `keep_focused` the focused input keeps its text, and the caret its place.
/// Islands are left alone: they look after themselves.
pub(super) fn morph(old: &Element, new: &Element, keep_focused: bool) {
    morph_element(old, new, keep_focused);
    each(old, "[data-touched]", |input| {
        if !keeps(input, keep_focused) {
            reset(input);
            _ = input.remove_attribute(TOUCHED);
        }
    });
}

fn morph_element(old: &Element, new: &Element, keep_focused: bool) {
    if old.tag_name() == ISLAND || old.is_equal_node(Some(new)) {
        return;
    }
    morph_attributes(old, new);
    let chosen = old.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::selected_index);
    morph_content(old, new, keep_focused);
    if !(is_input(old) && keeps(old, keep_focused)) {
        take(old, new);
        _ = old.remove_attribute(TOUCHED);
    } else if let (Some(select), Some(chosen)) = (old.dyn_ref::<HtmlSelectElement>(), chosen) {
        select.set_selected_index(chosen);
    }
}

fn morph_content(old: &Element, new: &Element, keep_focused: bool) {
    if let (Some(old), Some(new)) = (old.dyn_ref::<HtmlTextAreaElement>(), new.dyn_ref::<HtmlTextAreaElement>()) {
        _ = old.set_default_value(&new.default_value().unwrap_or_default());
    } else if new.query_selector(MARKED).is_ok_and(|mark| mark.is_some()) {
        morph_marked(old, new, keep_focused);
    } else {
        morph_children(old, new, keep_focused);
    }
}

fn morph_attributes(old: &Element, new: &Element) {
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !new.has_attribute(&name) && ![OPEN, TYPED, TOUCHED].contains(&name.as_str()) {
            _ = old.remove_attribute(&name);
        }
    }
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = new.get_attribute(&name);
        if ![OPEN, OF].contains(&name.as_str()) && old.get_attribute(&name) != value {
            _ = old.set_attribute(&name, value.as_deref().unwrap_or_default());
        }
    }
}

/// Makes the children of `old` equal to those of `new`, which have marks for what stays.
fn morph_marked(old: &Element, new: &Element, keep_focused: bool) {
    let before: Vec<Element> = successors(old.first_element_child(), Element::next_element_sibling).collect();
    let at = |place: usize| before.get(place);
    let mut here = old.first_child();
    let mut wanted = new.first_element_child();
    while let Some(next) = wanted {
        wanted = next.next_element_sibling();
        if let Some([first, count]) = places(&next, STAY).as_deref() {
            remove_until(old, here, at(*first).map(AsRef::as_ref));
            here = at(first + count).cloned().map(Into::into);
        } else if let Some(found) = places(&next, OF).and_then(|places| at(*places.first()?)) {
            remove_until(old, here, Some(found));
            here = found.next_sibling();
            morph_element(found, &next, keep_focused);
        } else {
            _ = old.insert_before(&next, here.as_ref());
            mark_changed(&next);
        }
    }
    remove_until(old, here, None);
}

/// The numbers in an attribute of `element`.
fn places(element: &Element, name: &str) -> Option<Vec<usize>> {
    Some(element.get_attribute(name)?.split(' ').filter_map(|number| number.parse().ok()).collect())
}

/// Nodes are added and removed around those that stay, which are never moved: a node that moves loses the focus.
fn morph_children(old: &Element, new: &Element, keep_focused: bool) {
    let mut here = first_of(old.first_child());
    let mut wanted = first_of(new.first_child());
    while let Some(next) = wanted {
        wanted = first_of(next.next_sibling());
        if let Some(found) = here.clone().and_then(|place| counterpart(place, &next)) {
            remove_until(old, here, Some(&found));
            here = first_of(found.next_sibling());
            morph_node(&found, &next, keep_focused);
        } else {
            _ = old.insert_before(&next, here.as_ref());
            mark_changed(&next);
        }
    }
    remove_until(old, here, None);
}

/// The first node from `node` on that shows something; the renderer's marks, which are comments, do not.
fn first_of(mut node: Option<Node>) -> Option<Node> {
    while let Some(comment) = node.take_if(|node| node.node_type() == Node::COMMENT_NODE) {
        node = comment.next_sibling();
    }
    node
}

/// The node, `place` or one after it, that becomes `wanted`: the one with its `id` or field, or the first of its kind without.
/// What stands between is no longer wanted, so the search for a node without an `id` ends at one that is.
fn counterpart(place: Node, wanted: &Node) -> Option<Node> {
    let id = id_of(wanted);
    let mut candidate = Some(place);
    while let Some(node) = candidate {
        let own = id_of(&node);
        if own == id && node.node_name() == wanted.node_name() {
            return Some(node);
        }
        if id.is_empty() && !own.is_empty() && wanted.owner_document()?.get_element_by_id(&own).is_some() {
            return None;
        }
        candidate = node.next_sibling();
    }
    None
}

/// What tells a node from its siblings: its `id`, or the field that it shows.
fn id_of(node: &Node) -> String {
    let Some(element) = node.dyn_ref::<Element>() else { return String::new() };
    match element.id() {
        id if id.is_empty() => element.get_attribute("data-field").unwrap_or_default(),
        id => id,
    }
}

/// Marks the line of the manifest that `node` is, or is in, for the moment in which it stands out.
fn mark_changed(node: &Node) {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element());
    if let Some(line) = element.and_then(|element| element.closest(LINE).ok().flatten()) {
        _ = line.class_list().add_1("changed");
    }
}

/// Removes the children of `parent` from `from` on until `end`, which stays.
fn remove_until(parent: &Element, mut from: Option<Node>, end: Option<&Node>) {
    while let Some(node) = from.filter(|node| Some(node) != end) {
        from = node.next_sibling();
        _ = parent.remove_child(&node);
    }
}

fn morph_node(old: &Node, new: &Node, keep_focused: bool) {
    match (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        (Some(old), Some(new)) => morph_element(old, new, keep_focused),
        _ if old.node_value() != new.node_value() => {
            old.set_node_value(new.node_value().as_deref());
            mark_changed(old);
        }
        _ => {}
    }
}
