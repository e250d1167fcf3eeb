//! Lists of the form: their frame, and the buttons that every item has.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Path, Segment};
use crate::web::budget::{drawn, written};
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

/// The items of `list` that the page shows, each drawn by `item`, with buttons that turn it to the others.
pub fn items(sheet: &Sheet, list: &Path, item: impl Fn(&Sheet, &Path) -> AnyView) -> AnyView {
    let shown = sheet.window.range(list);
    let html: String = shown.clone().map(|index| drawn(item(sheet, &list.index(index)))).collect();
    let count = sheet.document().get(list).and_then(Value::as_array).map_or(0, Vec::len);
    let before = shown.start;
    let after = count - shown.end;
    let earlier = before.saturating_sub(shown.len().max(1));
    (
        (before > 0).then(|| turn(&list.index(earlier), format!("There are {before} more before these."))),
        written(html),
        (after > 0)
            .then(|| turn(&list.index(shown.end), format!("There are {after} more, which stay in the manifest as they are."))),
    )
        .into_any()
}

/// A sentence about items that the page does not show, and the button that turns it to the one at `item`.
fn turn(item: &Path, sentence: String) -> AnyView {
    view! {
        <p class="hint">
            {sentence} " "
            <button type="submit" class="turn" name="edit" value=Edit::Show(item.clone()).to_string()>"Show them"</button>
        </p>
    }
    .into_any()
}

/// A list within a card: a heading, the items, and the button that adds one.
pub fn sub_list(sheet: &Sheet, list: &Path, heading: &'static str, add: &'static str, items: AnyView) -> AnyView {
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
    let list = path.parent().and_then(|list| sheet.document().get(&list));
    (index, list.and_then(Value::as_array).map_or(0, Vec::len))
}
