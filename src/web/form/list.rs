//! Lists of the form: their frame, and the buttons that every item has.

use leptos::prelude::*;

use crate::document::{Edit, Path, Segment};
use crate::web::form::control::messages;
use crate::web::icon::{Icon, icon};
use crate::web::sheet::Sheet;

/// The buttons that move, copy and remove the item at `path`, named after `what`, such as `container web`.
pub fn actions(sheet: &Sheet, path: &Path, what: &str) -> AnyView {
    let (index, count) = place(sheet, path);
    view! {
        <div class="actions">
            {action(&Edit::Up(path.clone()), Icon::Up, &format!("Move {what} up"), index == 0)}
            {action(&Edit::Down(path.clone()), Icon::Down, &format!("Move {what} down"), index + 1 >= count)}
            {action(&Edit::Duplicate(path.clone()), Icon::Duplicate, &format!("Duplicate {what}"), false)}
            {action(&Edit::Remove(path.clone()), Icon::Remove, &format!("Remove {what}"), false)}
        </div>
    }
    .into_any()
}

fn action(edit: &Edit, kind: Icon, label: &str, disabled: bool) -> AnyView {
    view! {
        <button
            type="submit"
            class="icon-button"
            name="edit"
            value=edit.to_string()
            aria-label=label.to_owned()
            title=label.to_owned()
            disabled=disabled
        >
            {icon(kind)}
        </button>
    }
    .into_any()
}

/// A button that applies `edit`, with a visible label.
pub fn edit_button(edit: &Edit, label: impl Into<String>) -> AnyView {
    view! {
        <button type="submit" class="add" name="edit" value=edit.to_string()>
            {icon(Icon::Add)}
            {label.into()}
        </button>
    }
    .into_any()
}

/// A list within a card: a heading, the items, and the button that adds one.
pub fn sub_list(sheet: &Sheet, list: &Path, heading: &'static str, add: &'static str, items: Vec<AnyView>) -> AnyView {
    view! {
        <div class="sub-list" role="group" id=list.to_string() tabindex="-1" aria-label=heading>
            <h4>{heading}</h4>
            {messages(sheet, list)}
            {items}
            {edit_button(&Edit::Add(list.clone()), add)}
        </div>
    }
    .into_any()
}

/// The place of an item in its list and the length of the list.
fn place(sheet: &Sheet, path: &Path) -> (usize, usize) {
    let index = match path.last() {
        Some(Segment::Index(index)) => *index,
        _ => 0,
    };
    (index, path.parent().map_or(0, |list| sheet.document.items(&list).count()))
}
