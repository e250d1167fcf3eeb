//! What was typed and could not be sent before the page was left: kept in the browser for this tab, and offered again.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage, UrlSearchParams};

use super::events::{by_id, each, go_to, in_page, listen};
use super::exchange::body;

/// Under this key the browser keeps the form, behind the address that it is to be sent to.
const KEY: &str = "draft";
/// Stands between the two.
const SEPARATOR: char = '\n';

/// The offer, hidden where there is nothing to offer.
#[island]
pub fn DraftOffer() -> impl IntoView {
    in_page(|| {
        view! {
            <div id="draft" class="banner" role="status" hidden>
                <p>"Something that you typed here was not sent when the page was left."</p>
                <div class="buttons">
                    <button type="button" id="draft-restore">"Put it back"</button>
                    <button type="button" id="draft-forget">"Forget it"</button>
                </div>
            </div>
        }
    })
}

/// Keeps what stands in `form`.
pub(super) fn keep(form: &HtmlFormElement) {
    if let (Some(storage), Ok(body)) = (storage(), body(form, "")) {
        let mut draft = form.action();
        draft.push(SEPARATOR);
        _ = storage.set_item(KEY, &(draft + &String::from(body.to_string())));
    }
}

/// Offers what was kept for `form`, or for the text of its document, if that is something else than stands there, and calls
/// `restored` once it is put back, with true if it is the text.
pub(super) fn offer(form: &HtmlFormElement, restored: impl Fn(bool) + 'static) -> Option<()> {
    let storage = storage()?;
    let draft = storage.get_item(KEY).ok()??;
    _ = storage.remove_item(KEY);
    let (action, kept) = draft.split_once(SEPARATOR)?;
    let is_text = kept.starts_with("text=");
    let form = if is_text { by_id("text-form")? } else { form.clone() };
    if action != form.action() || body(&form, "").is_ok_and(|body| body.to_string() == kept) {
        return None;
    }
    let kept = UrlSearchParams::new_with_str(kept).ok()?;
    let offer: Element = by_id("draft")?;
    _ = offer.remove_attribute("hidden");
    let (restore, forget): (Element, Element) = (by_id("draft-restore")?, by_id("draft-forget")?);
    let hidden = offer.clone();
    listen(&forget, "click", move |_| _ = hidden.set_attribute("hidden", ""));
    listen(&restore, "click", move |_| {
        each(&form, "input[name], textarea[name], select[name]", |input| put_back(input, &kept));
        _ = offer.set_attribute("hidden", "");
        restored(is_text);
        if is_text {
            _ = by_id("text-box").map(|text| go_to(&text));
        }
    });
    Some(())
}

fn put_back(input: &Element, kept: &UrlSearchParams) {
    let value = input.get_attribute("name").and_then(|name| kept.get(&name));
    if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
        match (input.type_().as_str(), value) {
            ("checkbox", value) => input.set_checked(value.is_some()),
            ("hidden", _) | (_, None) => {}
            (_, Some(value)) => input.set_value(&value),
        }
    } else if let (Some(area), Some(value)) = (input.dyn_ref::<HtmlTextAreaElement>(), &value) {
        area.set_value(value);
    } else if let (Some(select), Some(value)) = (input.dyn_ref::<HtmlSelectElement>(), &value) {
        select.set_value(value);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
