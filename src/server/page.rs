//! Renders a view as a whole page.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use futures::stream::{empty, once};
use leptos::nonce::Nonce;
use leptos::prelude::*;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Renders `view` (a whole document, see [`Shell`](crate::web::shell::Shell)) and answers the request with this `head` with it
/// and `status`.
///
/// The view finds in its context the [`Nonce`] that the answer's Content-Security-Policy admits. It is rendered whole
/// before anything is sent, so a panic in it still becomes an error page.
pub async fn page<V>(head: Parts, status: StatusCode, view: impl FnOnce() -> V + Send + 'static) -> Response
where
    V: IntoView + 'static,
{
    // Leptos hands what it starts to the executor named here; naming it again changes nothing.
    _ = any_spawner::Executor::init_tokio();
    let nonce = Nonce::new();
    let policy = content_security_policy(&nonce);
    let context = move || provide_context(nonce.clone());
    let mut response = leptos_axum::handle_response_inner(context, view, request(head), |view, scripts, _| {
        Box::pin(async move {
            let html = view.to_html();
            Box::pin(once(async move { html }).chain(scripts())) as _
        })
    })
    .await;
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}

/// The request with this `head`. Leptos reads the path of its target, which a `CONNECT` does not have.
fn request(mut head: Parts) -> Request<Body> {
    if head.uri.path_and_query().is_none() {
        head.uri = Uri::default();
    }
    Request::from_parts(head, Body::empty())
}

/// What [`page`] answers to `HEAD`: the same status and headers. No page is drawn for it, so its length is not told.
pub fn head(status: StatusCode) -> Response {
    let body = Body::from_stream(empty::<Result<&[u8], Infallible>>());
    let policy = content_security_policy(&Nonce::new());
    (status, [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, policy)], body).into_response()
}

/// The policy of a page: this server's own files and the inline scripts that carry `nonce`.
fn content_security_policy(nonce: &Nonce) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}
