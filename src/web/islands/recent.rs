//! The last documents, which the browser keeps for the start page: time, link and name of each, unless somebody turned it off.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use web_sys::{Element, HtmlInputElement};

use super::events::{by_id, in_browser, in_page, listen, local_storage, target_of};

/// Under this key the browser keeps them, the last one first, each on a line. `web::shell` counts the lines before the first
/// paint, so that their places are there.
const KEY: &str = "recent";
/// Stands there where nothing is to be kept.
const OFF: &str = "off";
/// As many are kept.
pub const MAX_RECENT: usize = 10;
/// Up to its minutes a time has so many characters.
const MINUTES: usize = "2026-12-31 23:59".len();
/// What the title of a page has behind its name.
const SITE: &str = " · Podweave";

/// Fills the list of the start page, which `web::pages::start` draws.
#[island]
pub fn RecentDocuments() -> impl IntoView {
    in_browser(start);
    // An island has an element, or else hydration does not find its end.
    in_page(|| view! { <span hidden></span> })
}

fn start() -> Option<()> {
    let section: Element = by_id("recent")?;
    let switch: HtmlInputElement = by_id("recent-on")?;
    show();
    listen(&window(), "pageshow", |_| _ = show());
    listen(&section, "click", |event| _ = target_of(&event).and_then(|target| forget(&target)));
    listen(&switch.clone(), "change", move |_| write(if switch.checked() { "" } else { OFF }));
    Some(())
}

/// Keeps the document on the page now, and again whenever the page is left, in the place of what it has been before.
pub(super) fn keep() {
    let last = RefCell::default();
    _ = record(&last);
    listen(&document(), "visibilitychange", move |_| _ = record(&last));
}

fn record(last: &RefCell<String>) -> Option<()> {
    let kept = read();
    if kept == OFF {
        return None;
    }
    let link = by_id::<Element>("editor")?.get_attribute("action")?;
    let before = last.replace(link.clone());
    let title = document().title();
    let name = title.strip_suffix(SITE).unwrap_or(&title);
    // The way in which dates are written in Sweden is that of ISO 8601. A title has no tab and no line break.
    let time = String::from(js_sys::Date::new_0().to_locale_string("sv", &JsValue::UNDEFINED));
    let entry = String::from(time.get(..MINUTES)?) + "\t" + &link + "\t" + name;
    write(&(entry + &without(&kept, &[&link, &before])));
    Some(())
}

/// The lines of `kept` but for those with one of `links`, each behind a line break; no more than leave room for another one.
fn without(kept: &str, links: &[&str]) -> String {
    let mut rest = String::new();
    for line in kept.split('\n').filter(|line| !links.contains(&link_of(line))).take(MAX_RECENT - 1) {
        rest = rest + "\n" + line;
    }
    rest
}

fn link_of(line: &str) -> &str {
    line.split('\t').nth(1).unwrap_or_default()
}

/// Forgets the document whose button `target` is, or all.
fn forget(target: &Element) -> Option<()> {
    if target.id() == "recent-clear" {
        write("");
    } else if target.tag_name() == "BUTTON" {
        let link = target.closest("li").ok()??.query_selector("a").ok()??.get_attribute("href")?;
        write(without(&read(), &[&link, ""]).get(1..).unwrap_or_default());
    }
    Some(())
}

/// Writes the list anew into the rows that there are.
fn show() -> Option<()> {
    let kept = read();
    let root = document().document_element()?;
    _ = root.toggle_attribute_with_force("data-recent", !kept.is_empty());
    by_id::<HtmlInputElement>("recent-on")?.set_checked(kept != OFF);
    let mut lines = kept.split('\n');
    let mut next = by_id::<Element>("recent-list")?.first_element_child();
    while let Some(row) = next {
        let is_shown = lines.next().and_then(|line| fill(&row, line)).is_some();
        _ = row.toggle_attribute_with_force("hidden", !is_shown);
        next = row.next_element_sibling();
    }
    Some(())
}

fn fill(row: &Element, entry: &str) -> Option<()> {
    let mut parts = entry.split('\t');
    let (time, link, name) = (parts.next()?, parts.next()?, parts.next()?);
    let part = |selector| row.query_selector(selector).ok().flatten();
    let (anchor, note, button) = (part("a")?, part(".hint")?, part("button")?);
    _ = anchor.set_attribute("href", link);
    anchor.set_text_content(Some(name));
    note.set_text_content(Some(time));
    _ = button.set_attribute("aria-label", &(String::from("Forget ") + name));
    Some(())
}

fn read() -> String {
    local_storage().and_then(|storage| storage.get_item(KEY).ok()?).unwrap_or_default()
}

fn write(text: &str) {
    let Some(storage) = local_storage() else { return };
    _ = if text.is_empty() { storage.remove_item(KEY) } else { storage.set_item(KEY, text) };
    _ = show();
}
