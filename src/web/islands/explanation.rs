//! Shows what a field means beside the link that asks for it, and lets one such link follow what is lit.
//!
//! Without this island the same links lead to pages. The popover stands outside of what a live answer changes.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, MouseEvent, ShowPopoverOptions};

use super::events::{by_id, in_browser, in_page, listen, target_of};
use super::exchange::Request;

/// The popover, which the browser closes with Escape or a click outside; the focus then returns to where it was.
#[island]
pub fn Explanation() -> impl IntoView {
    in_browser(|| {
        listen(&document(), "click", |event| _ = ask(&event));
        Some(())
    });
    in_page(|| view! { <div id="explanation" popover tabindex="-1" role="dialog" aria-label="Explanation" autofocus></div> })
}

/// Lets the link beside the manifest ask for `field`, if it is one. Inputs that are about no field have names without a dot.
pub(super) fn ask_about(field: Option<String>) -> Option<()> {
    let field = field.filter(|field| field.contains('.'))?;
    let link: Element = by_id("ask")?;
    _ = link.set_attribute("href", &(link.get_attribute("data-pages")? + &field));
    _ = link.set_attribute("data-field", &field);
    link.set_text_content(Some(&(String::from("Explain ") + &field)));
    Some(())
}

/// Shows what a link that was clicked leads to. With Control held down it opens a page, as every link.
fn ask(event: &Event) -> Option<()> {
    let link: HtmlElement = target_of(event)?.closest("a[href^='/explain']").ok()??.unchecked_into();
    if !event.unchecked_ref::<MouseEvent>().ctrl_key() {
        event.prevent_default();
        spawn_local(show(link));
    }
    Some(())
}

async fn show(link: HtmlElement) {
    let address = link.get_attribute("href").unwrap_or_default();
    let Ok(answer) = Request::get(address).send(None).await else { return };
    let (Some(article), Some(popover)) = (answer.article(), by_id::<HtmlElement>("explanation")) else { return };
    popover.set_text_content(None);
    _ = popover.append_child(&article);
    // What was asked stays in view, so that the focus can return to it.
    _ = link.set_attribute("data-asked", "");
    let options = ShowPopoverOptions::new();
    options.set_source(&link);
    // It is open already where the link stands in it.
    _ = popover.show_popover_with_options(&options);
    _ = popover.focus();
}
