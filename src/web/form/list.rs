//! Lists of the form: their frame, and the buttons that every item has.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Path, Segment};
use crate::web::form::ask::ask;
use crate::web::form::control::messages;
use crate::web::html::{Html, IntoHtml, Part, part};
use crate::web::icon::{Icon, icon};
use crate::web::sheet::Sheet;
use crate::web::tag::Tag;

/// The buttons that move, copy and remove the item at `path`, named after `what`, such as `container web`.
pub fn actions(sheet: &Sheet, path: &Path, what: &str) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| {
        let (index, count) = place(sheet, path);
        html.start("div").with("class", ["actions"]).close();
        action(html, &Edit::Up(path.clone()), Icon::Up, ["Move ", what, " up"], index == 0);
        action(html, &Edit::Down(path.clone()), Icon::Down, ["Move ", what, " down"], index + 1 >= count);
        action(html, &Edit::Duplicate(path.clone()), Icon::Duplicate, ["Duplicate ", what, ""], false);
        action(html, &Edit::Remove(path.clone()), Icon::Remove, ["Remove ", what, ""], false);
        html.end("div");
    })
}

fn action(html: &mut Html, edit: &Edit, kind: Icon, label: [&str; 3], is_disabled: bool) {
    let tag = submit(html, "icon-button", edit).with("aria-label", label).with("title", label);
    tag.flag("disabled", is_disabled).close();
    html.add(icon(kind));
    html.end("button");
}

/// Begins a button that applies `edit`.
fn submit<'a>(html: &'a mut Html, class: &str, edit: &Edit) -> Tag<'a> {
    let button = html.start("button").with("type", ["submit"]).with("class", [class]).with("name", ["edit"]);
    button.with("value", [&edit.to_string()])
}

/// A choice called `label` among edits, which `options` writes, with what `field` means.
pub fn edit_select(
    sheet: &Sheet,
    id: String,
    label: &'static str,
    field: Path,
    options: impl FnOnce(&mut Html) + Send,
) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| {
        html.start("div").with("class", ["field"]).close();
        view! { <div class="labelled"><label for=id.clone()>{label}</label>{ask(sheet, &field)}</div> }.write(html);
        html.start("select").with("id", [&id]).with("name", ["edit"]).close();
        options(html);
        html.end("select");
        html.end("div");
    })
}

/// A button that applies `edit`, with a visible label.
pub fn edit_button(edit: Edit, label: impl Into<String>) -> Part<impl FnOnce(&mut Html) + Send> {
    let label = label.into();
    part(move |html| {
        submit(html, "add", &edit).close();
        html.add(icon(Icon::Add));
        html.text(&label);
        html.end("button");
    })
}

/// The items of `list` that the page shows, each drawn by `item`, with buttons that turn it to the others.
pub fn items<V: IntoView>(sheet: &Sheet, list: &Path, item: impl Fn(Path) -> V + Send) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| {
        let shown = sheet.window.range(list);
        let count = sheet.document().get(list).and_then(Value::as_array).map_or(0, Vec::len);
        let (before, after) = (shown.start, count - shown.end);
        if before > 0 {
            let earlier = before.saturating_sub(shown.len().max(1));
            turn(list.index(earlier), format!("There are {before} more before these.")).write(html);
        }
        let end = shown.end;
        shown.for_each(|index| item(list.index(index)).write(html));
        if after > 0 {
            turn(list.index(end), format!("There are {after} more, which stay in the manifest as they are.")).write(html);
        }
    })
}

/// A sentence about items that the page does not show, and the button that turns it to the one at `item`.
fn turn(item: Path, sentence: String) -> impl IntoView {
    view! {
        <p class="hint">
            {sentence} " "
            <button type="submit" class="turn" name="edit" value=Edit::Show(item).to_string()>"Show them"</button>
        </p>
    }
}

/// A list within a card: a heading, the items, and the button that adds one.
pub fn sub_list<V: IntoView>(
    sheet: &Sheet,
    list: Path,
    heading: &'static str,
    add: &'static str,
    item: impl Fn(Path) -> V + Send,
) -> Part<impl FnOnce(&mut Html) + Send> {
    part(move |html| {
        view! {
            <div class="sub-list" role="group" id=list.to_text() tabindex="-1" aria-label=heading>
                <h4>{heading}</h4>
                {messages(sheet, &list)}
                {items(sheet, &list, item)}
                {edit_button(Edit::Add(list.clone()), add)}
            </div>
        }
        .write(html);
    })
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
