//! The error policy: whatever goes wrong is answered with a page that says what went wrong and how to go on.
//!
//! Handlers answer a bare status, or a page of their own where they know more; [`pages`] turns every bare error, of
//! handlers, extractors and middleware alike, into a page. Answers of another kind, such as JSON, stay as they are.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::server::page::page;
use crate::web::pages::Problem;

/// A page that says what went wrong: `title` in a few words, `text` with how to go on.
pub fn error_page(status: StatusCode, title: &str, text: &str) -> Response {
    page(status, || Problem(Problem::props(title, text)))
}

/// Gives an error without a page its page; its headers stay.
pub async fn pages(response: Response) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || !is_bare(&response) {
        return response;
    }
    let (title, text) = words(status);
    let mut error = error_page(status, title, text);
    for (name, value) in response.headers() {
        error.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    error
}
