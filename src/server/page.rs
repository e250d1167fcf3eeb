//! Renders a view as a whole page.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use futures::stream::{empty, once};
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos::reactive::owner::Sandboxed;
use leptos_integration_utils::{BoxedFnOnce, PinnedFuture, PinnedStream, build_response};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Renders `view` (a whole document, see [`Shell`](crate::web::shell::Shell)) and answers it with `status`.
///
/// The view finds in its context the [`Nonce`] that the answer's Content-Security-Policy admits. It is rendered whole
/// before anything is sent, so a panic in it still becomes an error page.
pub async fn page<V>(status: StatusCode, view: impl FnOnce() -> V + Send + 'static) -> Response
where
    V: IntoView + 'static,
{
    // Leptos hands what it starts to the executor named here; naming it again changes nothing.
    _ = any_spawner::Executor::init_tokio();
    let nonce = Nonce::new();
    let policy = content_security_policy(&nonce);
    let (owner, rendering) = build_response(view, move || provide_context(nonce), whole, false);
    let html: String = Sandboxed::new(async move { rendering.await.collect().await }).await;
    owner.unset_with_forced_cleanup();
    (status, [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, policy)], html).into_response()
}

/// The view as one text, and after it the scripts with what the islands need.
fn whole<V: IntoView + 'static>(
    view: V,
    scripts: BoxedFnOnce<PinnedStream<String>>,
    _out_of_order: bool,
) -> PinnedFuture<PinnedStream<String>> {
    Box::pin(async move {
        let html: String = view.to_html_stream_in_order().collect().await;
        Box::pin(once(async move { html }).chain(scripts())) as _
    })
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
