//! Lists of the form: their frame, and the buttons that every item has.

use crate::document::{Edit, ItemEdit, Path, Segment};
use crate::web::form::ask::labelled;
use crate::web::form::control::messages;
use crate::web::form::place::Place;
use crate::web::html::Html;
use crate::web::icon::{Icon, icon};
use crate::web::sheet::Sheet;
use crate::web::tag::Tag;

/// The buttons that move, copy and remove an item, named after `what`, such as `container web`.
pub fn actions(html: &mut Html, sheet: &Sheet, Place { path, id, .. }: &Place<'_>, what: &str) {
    let (index, count) = place_in_list(sheet, path);
    html.start("div").class("actions").holding(|html| {
        action(html, ItemEdit::Up, id, Icon::Up, ["Move ", what, " up"], index == 0);
        action(html, ItemEdit::Down, id, Icon::Down, ["Move ", what, " down"], index + 1 >= count);
        action(html, ItemEdit::Duplicate, id, Icon::Duplicate, ["Duplicate ", what, ""], false);
        action(html, ItemEdit::Remove, id, Icon::Remove, ["Remove ", what, ""], false);
    });
}

/// A button that applies `edit` to the item of which `id` is the path as text.
fn action(html: &mut Html, edit: ItemEdit, id: &str, kind: Icon, label: [&str; 3], is_disabled: bool) {
    let button = submit_words(html, "icon-button", [edit.word(), " ", id]).with("aria-label", label).with("title", label);
    button.flag("disabled", is_disabled).holding(|html| html.add(icon(kind)));
}

/// Begins a button that applies `edit`.
pub fn submit<'a>(html: &'a mut Html, class: &'static str, edit: &Edit) -> Tag<'a> {
    submit_words(html, class, [&edit.to_text()])
}

/// Begins a button that applies the edit which is written as `words`.
fn submit_words<'a, const N: usize>(html: &'a mut Html, class: &'static str, words: [&str; N]) -> Tag<'a> {
    html.start("button").fixed("type", "submit").class(class).fixed("name", "edit").with("value", words)
}

/// A choice called `label` among edits, which `options` writes, with what `field` means.
pub fn edit_select(html: &mut Html, sheet: &Sheet, id: &str, label: &str, field: &Path, options: impl FnOnce(&mut Html)) {
    html.start("div").class("field").holding(|html| {
        labelled(html, sheet, field, |html| html.start("label").with("for", [id]).saying(label));
        html.start("select").with("id", [id]).fixed("name", "edit").holding(options);
    });
}

/// A button that applies `edit`, with a visible label.
pub fn edit_button(html: &mut Html, edit: &Edit, label: &str) {
    submit(html, "add", edit).holding(|html| {
        html.add(icon(Icon::Add));
        html.text(label);
    });
}

/// The items of `list` that the page shows, each written by `item`, with buttons that turn it to the others.
pub fn items(html: &mut Html, sheet: &Sheet, list: &Place<'_>, mut item: impl FnMut(&mut Html, &Place<'_>)) {
    let count = list.count();
    let shown = sheet.window.range(&list.path, count);
    let (before, after, end) = (shown.start, count - shown.end, shown.end);
    if before > 0 {
        let earlier = before.saturating_sub(shown.len().max(1));
        turn(html, list.path.index(earlier), &format!("There are {before} more before these."));
    }
    shown.for_each(|index| item(html, &list.item(index)));
    if after > 0 {
        turn(html, list.path.index(end), &format!("There are {after} more, which stay in the manifest as they are."));
    }
}

/// A sentence about items that the page does not show, and the button that turns it to the one at `item`.
fn turn(html: &mut Html, item: Path, sentence: &str) {
    html.start("p").class("hint").holding(|html| {
        html.text(sentence);
        html.text(" ");
        submit(html, "turn", &Edit::Show(item)).saying("Show them");
    });
}

/// A list within a card: a heading, the items, each written by `item`, and the button that adds one.
pub fn sub_list(
    html: &mut Html,
    sheet: &Sheet,
    list: &Place<'_>,
    heading: &str,
    add: &str,
    item: impl FnMut(&mut Html, &Place<'_>),
) {
    let frame = html.start("div").class("sub-list").fixed("role", "group").target(&list.id);
    frame.with("aria-label", [heading]).holding(|html| {
        html.start("h4").saying(heading);
        messages(html, sheet, &list.id);
        items(html, sheet, list, item);
        edit_button(html, &Edit::Add(list.path.clone()), add);
    });
}

/// Begins the group of the inputs of one item, which lines and shapes for it lead to.
pub fn group<'a>(html: &'a mut Html, class: &'static str, Place { id, .. }: &Place<'_>, label: &str) -> Tag<'a> {
    let group = html.start("div").class(class).fixed("role", "group").target(id);
    group.with("aria-label", [label]).with("data-field", [id])
}

/// The place of an item in its list and the length of the list.
fn place_in_list(sheet: &Sheet, path: &Path) -> (usize, usize) {
    let index = match path.last() {
        Some(Segment::Index(index)) => *index,
        _ => 0,
    };
    (index, path.parent().map_or(0, |list| sheet.document().count(&list)))
}
