//! One exchange with the server: the form goes out, the page of the new document comes back.

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortSignal, Document, DomParser, Element, FormData, HtmlFormElement, Node, RequestInit, Response, SupportedType,
    UrlSearchParams,
};

use super::events::{by_id, wait};

/// The name of the buttons and choices that carry an edit.
pub(super) const EDIT: &str = "edit";

/// The server's answer, or that of a proxy in front of it.
pub(super) struct Answer {
    page: Document,
    pub(super) status: u16,
}

/// Where a form that was applied has led to.
pub(super) struct Destination {
    /// The path of the new document's page.
    pub(super) page: String,
    /// The field to go on with; empty where there is none.
    pub(super) field: String,
}

impl Answer {
    /// What the editor shows; `None` on any other page.
    pub(super) fn sheet(&self) -> Option<Element> {
        self.element("sheet")
    }

    /// The element of the page with that `id`.
    pub(super) fn element(&self, id: &str) -> Option<Element> {
        self.page.get_element_by_id(id)
    }

    /// Where the form has led to; `None` where it was refused, or none was sent. The page says so, not a header: proxies take
    /// only short headers.
    pub(super) fn destination(&self) -> Option<Destination> {
        let field = self.sheet()?.get_attribute("data-focus")?;
        let page = self.element("editor")?.get_attribute("action")?;
        Some(Destination { page, field })
    }

    /// What a page has to say, if it is a text.
    pub(super) fn article(&self) -> Option<Element> {
        self.page.query_selector("article").ok().flatten()
    }

    pub(super) fn title(&self) -> String {
        self.page.title()
    }

    /// What a page says that is not the editor.
    pub(super) fn words(&self) -> String {
        let text = |selector| self.page.query_selector(selector).ok().flatten().and_then(|element| element.text_content());
        match (text("h1"), text(".lead")) {
            (Some(title), Some(lead)) => title + ". " + &lead,
            _ => words_for(self.status).to_owned(),
        }
    }
}

/// What is to be said of a page that is not of this server.
fn words_for(status: u16) -> &'static str {
    match status {
        413 => "A proxy on the way takes no form of this size. What you typed is still here.",
        414 | 431 => "A proxy on the way takes no address as long as this document has. Back undoes the last change.",
        502 => "A proxy on the way gets no answer from the server. What you typed is still here, and your next change sends it.",
        _ => "The server answered with something else than the editor. What you typed is still here.",
    }
}

/// True if `form` says something else than the server wrote into it: somebody typed before this program had arrived.
pub(super) fn is_edited(form: &HtmlFormElement) -> bool {
    let Ok(pristine) = form.clone_node_with_deep(true).map(Node::unchecked_into::<HtmlFormElement>) else { return false };
    pristine.reset();
    match (body(form, ""), body(&pristine, "")) {
        (Ok(now), Ok(then)) => now.to_string() != then.to_string(),
        _ => false,
    }
}

/// What is sent to the server.
pub(super) struct Request {
    address: String,
    init: RequestInit,
    /// Which program has drawn what the page shows, if it shows just what the form's address stands for: the answer then leaves
    /// out what stays.
    basis: String,
}

impl Request {
    /// `form`, with `edit` unless that is empty.
    pub(super) fn post(form: &HtmlFormElement, edit: &str) -> Result<Self, JsValue> {
        let basis = by_id::<Element>("sheet").and_then(|sheet| sheet.get_attribute("data-basis"));
        let request = Self { basis: basis.unwrap_or_else(any_basis), ..Self::get(form.action()) };
        request.init.set_method("POST");
        request.init.set_body(&body(form, edit)?.into());
        Ok(request)
    }

    /// `form`, which may have a file in it.
    pub(super) fn post_file(form: &HtmlFormElement) -> Result<Self, JsValue> {
        let request = Self::get(form.action());
        request.init.set_method("POST");
        request.init.set_body(&FormData::new_with_form(form)?.into());
        Ok(request)
    }

    /// Nothing: the page at `address` is asked for.
    pub(super) fn get(address: String) -> Self {
        Self { address, init: RequestInit::new(), basis: any_basis() }
    }

    /// What comes back, unless a `signal` says that nobody waits for it any more.
    pub(super) async fn send(self, signal: Option<&AbortSignal>) -> Result<Answer, JsValue> {
        let headers = web_sys::Headers::new()?;
        headers.append("podweave-live", &self.basis)?;
        self.init.set_headers(&headers);
        self.init.set_signal(signal);
        let response: Response = wait(window().fetch_with_str_and_init(&self.address, &self.init)).await?;
        let html: js_sys::JsString = wait(response.text()?).await?;
        let page = DomParser::new()?.parse_from_string(&String::from(html), SupportedType::TextHtml)?;
        Ok(Answer { page, status: response.status() })
    }
}

/// The answer is a whole page.
fn any_basis() -> String {
    String::from("1")
}

/// What stands in `form`, with `edit` unless that is empty.
pub(super) fn body(form: &HtmlFormElement, edit: &str) -> Result<UrlSearchParams, JsValue> {
    let data = FormData::new_with_form(form)?;
    data.delete(EDIT);
    if !edit.is_empty() {
        data.append_with_str(EDIT, edit)?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data)
}
