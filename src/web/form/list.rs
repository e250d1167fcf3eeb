//! Lists of the form: their frame, and the buttons that every item has.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Path, Segment};
use crate::web::form::control::messages;
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::{Icon, icon};
use crate::web::sheet::Sheet;

/// The buttons that move, copy and remove the item at `path`, named after `what`, such as `container web`.
pub fn actions(sheet: &Sheet, path: &Path, what: &str) -> Html {
    let (index, count) = place(sheet, path);
    view! {
        <div class="actions">
            {action(&Edit::Up(path.clone()), Icon::Up, &format!("Move {what} up"), index == 0)}
            {action(&Edit::Down(path.clone()), Icon::Down, &format!("Move {what} down"), index + 1 >= count)}
            {action(&Edit::Duplicate(path.clone()), Icon::Duplicate, &format!("Duplicate {what}"), false)}
            {action(&Edit::Remove(path.clone()), Icon::Remove, &format!("Remove {what}"), false)}
        </div>
    }
    .html()
}

fn action(edit: &Edit, kind: Icon, label: &str, disabled: bool) -> Html {
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
    .html()
}

/// A button that applies `edit`, with a visible label.
pub fn edit_button(edit: &Edit, label: impl Into<String>) -> Html {
    view! {
        <button type="submit" class="add" name="edit" value=edit.to_string()>
            {icon(Icon::Add)}
            {label.into()}
        </button>
    }
    .html()
}

/// The items of `list` that the page shows, each drawn by `item`, with buttons that turn it to the others.
pub fn items(sheet: &Sheet, list: &Path, item: impl Fn(&Sheet, &Path) -> Html) -> Html {
    let shown = sheet.window.range(list);
    let items = shown.clone().map(|index| item(sheet, &list.index(index))).collect();
    let count = sheet.document().get(list).and_then(Value::as_array).map_or(0, Vec::len);
    let before = shown.start;
    let after = count - shown.end;
    let earlier = before.saturating_sub(shown.len().max(1));
    let turn_back = || turn(&list.index(earlier), format!("There are {before} more before these."));
    let turn_on = || turn(&list.index(shown.end), format!("There are {after} more, which stay in the manifest as they are."));
    let before = if before > 0 { turn_back() } else { Html::default() };
    let after = if after > 0 { turn_on() } else { Html::default() };
    Html::from([before, items, after])
}

/// A sentence about items that the page does not show, and the button that turns it to the one at `item`.
fn turn(item: &Path, sentence: String) -> Html {
    view! {
        <p class="hint">
            {sentence} " "
            <button type="submit" class="turn" name="edit" value=Edit::Show(item.clone()).to_string()>"Show them"</button>
        </p>
    }
    .html()
}

/// A list within a card: a heading, the items, and the button that adds one.
pub fn sub_list(sheet: &Sheet, list: &Path, heading: &'static str, add: &'static str, items: Html) -> Html {
    view! {
        <div class="sub-list" role="group" id=list.to_text() tabindex="-1" aria-label=heading>
            <h4>{heading}</h4>
            {messages(sheet, list)}
            {items}
            {edit_button(&Edit::Add(list.clone()), add)}
        </div>
    }
    .html()
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
