//! Shows what a field means beside the link that asks for it, and lets one such link follow what is lit.
//!
//! Without this island the same links lead to pages. The popover stands outside of what a live answer changes.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomParser, Element, Event, HtmlElement, MouseEvent, Response, ShowPopoverOptions, SupportedType};

use super::events::{by_id, each, in_browser, listen, target_of, wait};

const LINK: &str = "a[href^='/explain']";
/// What stands for a field: its views, and its inputs, whose names are paths.
const FIELD: &str = "[data-field], [name*='.']";

/// The popover, which the browser closes with Escape or a click outside; the focus then returns to where it was.
#[island]
pub fn Explanation() -> impl IntoView {
    in_browser(start);
    view! { <div id="explanation" popover tabindex="-1" role="dialog" aria-label="Explanation" autofocus></div> }
}

fn start() -> Option<()> {
    let popover: HtmlElement = by_id("explanation")?;
    let sheet: Element = by_id("sheet")?;
    let body = document().body()?;
    listen(&body, "click", move |event| _ = clicked(&popover, &event));
    for name in ["click", "focusin", "keyup"] {
        listen(&sheet, name, |event| _ = follow(&event));
    }
    Some(())
}

/// A click with a key held down opens the page, as for every link.
fn clicked(popover: &HtmlElement, event: &Event) -> Option<()> {
    let link: HtmlElement = target_of(event)?.closest(LINK).ok()??.dyn_into().ok()?;
    let mouse = event.dyn_ref::<MouseEvent>()?;
    if !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key()) {
        event.prevent_default();
        let popover = popover.clone();
        spawn_local(async move { _ = show(&popover, &link).await });
    }
    Some(())
}

/// Shows the main part of the page that `link` leads to.
async fn show(popover: &HtmlElement, link: &HtmlElement) -> Result<(), JsValue> {
    let address = link.get_attribute("href").unwrap_or_default();
    let response: Response = wait(window().fetch_with_str(&address)).await?;
    let html: js_sys::JsString = wait(response.text()?).await?;
    let page = DomParser::new()?.parse_from_string(&String::from(html), SupportedType::TextHtml)?;
    let Some(article) = page.query_selector("article")? else { return Ok(()) };
    each(&article, "a", |link| _ = link.set_attribute("target", "_blank"));
    let options = ShowPopoverOptions::new();
    options.set_source(link);
    popover.replace_children_with_node_1(&article);
    popover.set_scroll_top(0);
    // It is open already where the link stands in it.
    _ = popover.show_popover_with_options(&options);
    popover.focus()
}

/// Lets the link ask for what the `event` happened to, or for the line that the keys have lit.
fn follow(event: &Event) -> Option<()> {
    let target = target_of(event)?;
    let view = match target.id().as_str() {
        "manifest" => target.query_selector(".lit"),
        _ => target.closest(FIELD),
    };
    let view = view.ok()??;
    let field = view.get_attribute("data-field").or_else(|| view.get_attribute("name"))?;
    let link: Element = by_id("ask")?;
    let address = String::from(js_sys::encode_uri_component(&field));
    _ = link.set_attribute("href", &(String::from("/explain/") + &link.get_attribute("data-kind")? + "." + &address));
    _ = link.set_attribute("data-field", &field);
    link.set_text_content(Some(&(String::from("Explain ") + &field)));
    Some(())
}
