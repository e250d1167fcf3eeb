//! The error policy: whatever goes wrong is answered with a page that says what went wrong and how to go on.
//!
//! Handlers answer a [`Refusal`] where they know more than a bare status; [`pages`] draws the pages of both, for handlers,
//! extractors and middleware alike. Answers of another kind, such as JSON, stay as they are.

use std::borrow::Cow;

use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::document::link::LinkError;
use crate::form::MAX_TEXT_BYTES;
use crate::server::limits::{MAX_FORM_BODY, MAX_TEXT_BODY};
use crate::server::page::page;
use crate::shorten::shorten;
use crate::web::html::IntoHtml;
use crate::web::pages::{Problem, embed_problem};

/// As many columns of an explanation are shown, which may repeat what was sent.
const MAX_TEXT: usize = 1000;

/// Why a request is refused.
#[derive(Clone)]
pub struct Refusal {
    status: StatusCode,
    title: &'static str,
    text: String,
    /// Where the text of a link is that opens nothing.
    source: Option<String>,
}

impl Refusal {
    /// The request makes no sense here: `title` in a few words, `text` with how to go on.
    pub fn bad_request(title: &'static str, text: impl Into<String>) -> Self {
        let text = shorten(&text.into(), MAX_TEXT).into_owned();
        Self { status: StatusCode::BAD_REQUEST, title, text, source: None }
    }

    /// This refusal with the way to the text that `code` stands for, which nothing else shows.
    #[must_use]
    pub fn with_text_of(self, code: &str) -> Self {
        Self { source: Some(format!("/p/{code}.yaml")), ..self }
    }

    /// The code of a link stands for no document.
    pub fn bad_link(error: &LinkError) -> Self {
        let text = format!(
            "Sorry, {error}. A link works only as a whole, because it holds the document itself; nothing is stored here."
        );
        Self::bad_request("This link cannot be opened", text)
    }

    /// A posted form is cut off or malformed.
    pub fn unreadable_form(explanation: impl Into<String>) -> Self {
        Self::bad_request("This form cannot be read", explanation)
    }

    /// The body of a request is of another type than `media_type`, the only one that is taken.
    pub fn wrong_type(media_type: &'static str) -> Self {
        let text = format!("This address takes forms, which a browser sends as {media_type}.");
        Self { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, ..Self::unreadable_form(text) }
    }

    /// The words for a status of which nothing more is known.
    pub fn of_status(status: StatusCode) -> Self {
        let (title, text) = words(status);
        Self { status, ..Self::bad_request(title, text) }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The page that says so in a frame of another page.
    pub async fn in_frame(self, request: Parts) -> Response {
        let Self { status, title, text, .. } = self;
        page(request, status, move || embed_problem(title, &text)).await
    }

    /// The page that says so.
    async fn page(self, request: Parts) -> Response {
        let Self { status, title, text, source } = self;
        page(request, status, move || view! { <Problem title text source /> }.html()).await
    }
}

/// The bare status, with the refusal beside it for [`pages`].
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives a refusal, or an error without a page, its page; its headers stay.
pub async fn pages(request: Request, next: Next) -> Response {
    let (request, body) = request.into_parts();
    let response = next.run(Request::from_parts(request.clone(), body)).await;
    if !is_bare(&response) {
        return response;
    }
    let (mut head, _) = response.into_parts();
    let refusal = head.extensions.remove().unwrap_or_else(|| Refusal::of_status(head.status));
    with_headers_of(&head.headers, refusal.page(request).await)
}

/// Whether an error is answered with nothing but a status, or a library's plain words.
pub(super) fn is_bare(response: &Response) -> bool {
    let is_plain = |content_type: &HeaderValue| content_type.as_bytes().starts_with(b"text/plain");
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && response.headers().get(CONTENT_TYPE).is_none_or(is_plain)
}

/// `page` with the `headers` of the bare error that it stands for.
pub(super) fn with_headers_of(headers: &HeaderMap, mut page: Response) -> Response {
    for (name, value) in headers {
        if ![CONTENT_LENGTH, CONTENT_TYPE].contains(name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// What a status means, in a few words, and how to go on.
pub(super) fn words(status: StatusCode) -> (&'static str, Cow<'static, str>) {
    let (title, text) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => return ("That is too much", Cow::Owned(limits())),
        StatusCode::NOT_FOUND => (
            "There is no such page",
            "The address may be cut off or mistyped. That of a document is /p/ with its code behind it.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => ("That cannot be done here", "This address does not take this kind of request."),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("That took too long", "The server gave up on this request. Go back and try again in a moment.")
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            ("Something went wrong here", "This is a mistake of Podweave, not yours. Go back: your document is still there.")
        }
        _ if status.is_client_error() => ("That request was not understood", "Go back and try again."),
        _ => ("The server cannot answer", "Try again in a moment."),
    };
    (title, Cow::Borrowed(text))
}

/// How much the server takes, for whoever sent more.
fn limits() -> String {
    format!(
        "This server takes a manifest of at most {} MiB, and a form of the editor of at most {} MiB with {} KiB of text in its \
         inputs. Go back: what you typed is still there.",
        MAX_TEXT_BODY >> 20,
        MAX_FORM_BODY >> 20,
        MAX_TEXT_BYTES >> 10
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header::ALLOW;
    use axum::http::{Method, Uri};
    use axum::middleware::from_fn;
    use axum::{Json, Router};
    use tower::ServiceExt;

    use super::*;

    /// What becomes of `response` as the answer to a request.
    async fn answered(response: impl IntoResponse + Clone + Send + Sync + 'static, method: Method, uri: &str) -> Response {
        let routes = Router::new().fallback(async move || response.clone().into_response()).layer(from_fn(pages));
        let request = Request::builder().method(method).uri(uri.parse::<Uri>().unwrap()).body(Body::empty()).unwrap();
        routes.oneshot(request).await.unwrap()
    }

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_bare_status_becomes_a_page_and_keeps_its_headers() {
        let page = answered((StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")]), Method::GET, "/").await;
        assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(page.headers()[ALLOW], "GET");
        assert_eq!(page.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(text(page).await.contains("That cannot be done here"));
    }

    #[tokio::test]
    async fn other_answers_stay_as_they_are() {
        let json = answered((StatusCode::NOT_FOUND, Json("none")), Method::GET, "/").await;
        assert_eq!(text(json).await, "\"none\"");
        let success = answered("ok", Method::GET, "/").await;
        assert_eq!(text(success).await, "ok");
    }

    #[tokio::test]
    async fn a_refusal_is_told_in_its_own_words() {
        for (method, uri) in [(Method::GET, "/p/x?from=a"), (Method::CONNECT, "a:1"), (Method::OPTIONS, "*")] {
            let page = answered(Refusal::bad_request("Not so", "Like this."), method, uri).await;
            assert_eq!(page.status(), StatusCode::BAD_REQUEST);
            let text = text(page).await;
            assert!(text.contains("<h1>Not so</h1>") && text.contains("Like this."), "{text}");
        }
    }
}
