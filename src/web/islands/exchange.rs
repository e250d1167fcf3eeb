//! One exchange with the server: the form goes out, the page of the new document comes back.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use web_sys::{
    AbortSignal, Document, DomParser, FormData, HtmlFormElement, RequestInit, Response, SupportedType, UrlSearchParams,
};

use super::events::wait;

/// The server's answer.
pub(super) struct Answer {
    /// The page.
    pub page: Document,
    /// Its address with the field to go on with as the fragment; `None` where the form was refused.
    pub address: Option<String>,
}

/// Sends `form`, with one more `edit` unless that is empty.
pub(super) async fn post(form: &HtmlFormElement, edit: &str, signal: &AbortSignal) -> Result<Answer, JsValue> {
    let data = FormData::new_with_form(form)?;
    if !edit.is_empty() {
        data.append_with_str("edit", edit)?;
    }
    let body = UrlSearchParams::new_with_str_sequence_sequence(&data)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&body);
    ask(&form.action(), &request, signal).await
}

/// Asks for the page at `address`.
pub(super) async fn get(address: &str, signal: &AbortSignal) -> Result<Answer, JsValue> {
    ask(address, &RequestInit::new(), signal).await
}

async fn ask(address: &str, request: &RequestInit, signal: &AbortSignal) -> Result<Answer, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.append("podweave-live", "1")?;
    request.set_headers(&headers);
    request.set_signal(Some(signal));
    let response: Response = wait(window().fetch_with_str_and_init(address, request)).await?;
    let location = response.headers().get("content-location")?;
    let html: js_sys::JsString = wait(response.text()?).await?;
    let page = DomParser::new()?.parse_from_string(&String::from(html), SupportedType::TextHtml)?;
    Ok(Answer { page, address: location })
}
