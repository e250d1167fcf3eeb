//! Shows what a field means beside the link that asks for it, and lets one such link follow what is lit.
//!
//! Without this island the same links lead to pages. The popover stands outside of what a live answer changes.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, MouseEvent, ShowPopoverOptions};

use super::events::{by_id, in_browser, listen, target_of};
use super::exchange;

/// The popover, which the browser closes with Escape or a click outside; the focus then returns to where it was.
#[island]
pub fn Explanation() -> impl IntoView {
    in_browser(start);
    view! { <div id="explanation" popover tabindex="-1" role="dialog" aria-label="Explanation" autofocus></div> }
}

fn start() -> Option<()> {
    for name in ["click", "focusin", "keyup"] {
        listen(&document(), name, |event| {
            follow(&event);
            ask(&event);
        });
    }
    Some(())
}

/// Lets the link ask for what the `event` happened to, or for the line that the keys have lit. Names of inputs are paths, and
/// have a dot.
fn follow(event: &Event) -> Option<()> {
    let target = target_of(event)?;
    let lit = if target.id() == "manifest" { target.query_selector(".lit") } else { target.closest("[data-field], [name*='.']") };
    let lit = lit.ok()??;
    let field = lit.get_attribute("data-field").or_else(|| lit.get_attribute("name"))?;
    let link: Element = by_id("ask")?;
    _ = link.set_attribute("href", &(String::from("/explain/") + &link.get_attribute("data-kind")? + "." + &field));
    _ = link.set_attribute("data-field", &field);
    link.set_text_content(Some(&(String::from("Explain ") + &field)));
    Some(())
}

/// Shows what a link that was clicked leads to. With Control held down it opens a page, as every link.
fn ask(event: &Event) -> Option<()> {
    let link: HtmlElement = target_of(event)?.closest("a[href^='/explain']").ok()??.dyn_into().ok()?;
    if !event.dyn_ref::<MouseEvent>()?.ctrl_key() {
        event.prevent_default();
        spawn_local(async move { _ = show(&link).await });
    }
    Some(())
}

async fn show(link: &HtmlElement) -> Option<()> {
    let answer = exchange::page_at(&link.get_attribute("href")?).await.ok()?;
    let article = answer.article()?;
    let popover: HtmlElement = by_id("explanation")?;
    popover.set_text_content(None);
    _ = popover.append_child(&article);
    let options = ShowPopoverOptions::new();
    options.set_source(link);
    // It is open already where the link stands in it.
    _ = popover.show_popover_with_options(&options);
    _ = popover.focus();
    Some(())
}
