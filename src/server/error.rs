//! The error policy: whatever goes wrong is answered with a page that says what went wrong and how to go on.
//!
//! Handlers answer a bare status, or a page of their own where they know more; [`pages`] turns every bare error, of
//! handlers, extractors and middleware alike, into a page. Answers of another kind, such as JSON, stay as they are.

use axum::extract::rejection::FormRejection;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use crate::document::link::LinkError;
use crate::server::page::page;
use crate::web::pages::Problem;

/// Why a request is refused.
pub struct Refusal {
    status: StatusCode,
    title: &'static str,
    text: String,
}

impl Refusal {
    /// The request makes no sense here: `title` in a few words, `text` with how to go on.
    pub fn bad_request(title: &'static str, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, title, text: text.into() }
    }

    /// The code of a link stands for no document.
    pub fn bad_link(error: &LinkError) -> Self {
        let text = format!(
            "Sorry, {error}. A link works only as a whole, because it holds the document itself; nothing is stored here."
        );
        Self::bad_request("This link cannot be opened", text)
    }

    /// A posted form cannot be read.
    pub fn bad_form(rejection: &FormRejection) -> Self {
        Self { status: rejection.status(), ..Self::bad_request("This form cannot be read", rejection.body_text()) }
    }

    /// The words for a status of which nothing more is known.
    pub fn of_status(status: StatusCode) -> Self {
        let (title, text) = words(status);
        Self { status, ..Self::bad_request(title, text) }
    }

    /// The page that says so.
    pub async fn page(self) -> Response {
        let Self { status, title, text } = self;
        page(status, move || view! { <Problem title text /> }).await
    }
}

/// Gives an error without a page its page; its headers stay.
pub async fn pages(response: Response) -> Response {
    if !is_bare(&response) {
        return response;
    }
    let (head, _) = response.into_parts();
    with_headers_of(&head.headers, Refusal::of_status(head.status).page().await)
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
pub(super) fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => {
            ("There is no such page", "The address may have been cut or mistyped. A document is at /p/ and its code.")
        }
        StatusCode::METHOD_NOT_ALLOWED => ("That cannot be done here", "This address does not take this kind of request."),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("That is too much", "What was sent is larger than this server takes. Go back: your text is still there.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("That took too long", "The server gave up on this request. Go back and try again in a moment.")
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            ("Something went wrong here", "This is a mistake of Podweave, not yours. Go back: your document is still there.")
        }
        _ if status.is_client_error() => ("That request was not understood", "Go back and try again."),
        _ => ("The server cannot answer", "Try again in a moment."),
    }
}

#[cfg(test)]
mod tests {
    use axum::Json;
    use axum::http::header::ALLOW;
    use axum::response::IntoResponse;

    use super::*;

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_bare_status_becomes_a_page_and_keeps_its_headers() {
        let bare = (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")]).into_response();
        let page = pages(bare).await;
        assert_eq!(page.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(page.headers()[ALLOW], "GET");
        assert_eq!(page.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(text(page).await.contains("That cannot be done here"));
    }

    #[tokio::test]
    async fn other_answers_stay_as_they_are() {
        let json = pages((StatusCode::NOT_FOUND, Json("none")).into_response()).await;
        assert_eq!(text(json).await, "\"none\"");
        let success = pages("ok".into_response()).await;
        assert_eq!(text(success).await, "ok");
    }
}
