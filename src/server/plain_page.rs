//! Errors that are answered without any work: a small page, without scripts.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::server::error;
use crate::web::site;

const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// In how many seconds a busy server may be asked again.
const RETRY: HeaderValue = HeaderValue::from_static("2");

/// The server has too much to do for this request.
pub fn busy() -> Response {
    let text = "Too many people ask at the same moment. Nothing is lost: go back, and try again in a few seconds.";
    unavailable("The server is busy", text)
}

/// The work for this request takes too long.
pub fn slow() -> Response {
    let (title, text) = error::words(StatusCode::SERVICE_UNAVAILABLE);
    unavailable(title, &text)
}

/// The page for a `status` of which nothing more is known.
pub fn of_status(status: StatusCode) -> Response {
    let (title, text) = error::words(status);
    page(status, title, &text)
}

/// Gives an error without a page its page, without any work; its headers stay.
pub async fn pages(response: Response) -> Response {
    if !error::is_bare(&response) {
        return response;
    }
    error::with_headers_of(response.headers(), of_status(response.status()))
}

fn unavailable(title: &str, text: &str) -> Response {
    let mut response = page(StatusCode::SERVICE_UNAVAILABLE, title, text);
    response.headers_mut().insert(RETRY_AFTER, RETRY);
    response
}

fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let root = site::root();
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Podweave</title><link rel=\"stylesheet\" href=\"{root}/pkg/podweave.css\"></head>\
         <body><main><div class=\"start\"><h1>{title}</h1><p class=\"lead\">{text}</p>\
         <p><a class=\"button\" href=\"/\">To the start</a></p></div></main></body></html>\n"
    );
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, html).into_response()
}
