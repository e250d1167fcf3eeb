//! What was typed and could not be sent before the page was left: kept in the browser for this tab, and offered again.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage, UrlSearchParams};

use super::events::{by_id, each, in_page, listen, target_of};
use super::exchange::body;
use super::file_drop::KEPT_TEXT;
use super::typed::{TEXT_FORM, text_form};

/// Under this key the browser keeps the form, behind the address that it is to be sent to.
const KEY: &str = "draft";
/// Stands between the two.
const SEPARATOR: char = '\n';
/// The id of the button that puts back what was kept.
const RESTORE: &str = "draft-restore";

/// The offer, hidden where there is nothing to offer.
#[island]
pub fn DraftOffer() -> impl IntoView {
    in_page(|| {
        view! {
            <div id="draft" class="banner" role="status" hidden>
                <p>"Something that you typed here was not sent when the page was left."</p>
                <div class="buttons">
                    <button type="button" id=RESTORE>"Put it back"</button>
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

/// Listens to the buttons of the offer. What is put back into `form`, or into the text, is told to `restored`, with true if it is
/// the text.
pub(super) fn start(form: HtmlFormElement, restored: impl Fn(bool) + 'static) -> Option<()> {
    _ = storage()?.remove_item(KEPT_TEXT);
    offer(&form);
    let banner: Element = by_id("draft")?;
    listen(&banner, "click", move |event| {
        let Some(button) = target_of(&event).filter(|target| target.tag_name() == "BUTTON") else { return };
        if button.id() == RESTORE
            && let Some((form, kept)) = kept_for(&form)
            && let Ok(kept) = UrlSearchParams::new_with_str(&kept)
        {
            each(&form, "input[name], textarea[name], select[name]", |input| put_back(input, &kept));
            restored(form.id() == TEXT_FORM);
        }
        _ = storage().map(|storage| storage.remove_item(KEY));
        offer(&form);
    });
    Some(())
}

/// Shows the offer if something was kept for `form`, or for the text of its document, that is something else than stands there.
pub(super) fn offer(form: &HtmlFormElement) {
    let is_offered = kept_for(form).is_some_and(|(form, kept)| body(&form, "").is_ok_and(|body| body.to_string() != kept));
    _ = by_id::<Element>("draft").map(|offer| offer.toggle_attribute_with_force("hidden", !is_offered));
}

/// What was kept, if it is for the document of `form`: the form that it stood in, and what stood there.
fn kept_for(form: &HtmlFormElement) -> Option<(HtmlFormElement, String)> {
    let draft = storage()?.get_item(KEY).ok()??;
    let (_, kept) = draft.split_once(SEPARATOR).filter(|(action, _)| *action == form.action())?;
    let form = if kept.starts_with("text=") { text_form()? } else { form.clone() };
    Some((form, kept.to_owned()))
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

/// What the browser keeps for the tab.
pub(super) fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
