//! Renders a view as a whole page.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures::stream::once;
use leptos::prelude::*;
use sha2::{Digest, Sha256};

use crate::server::answer;
use crate::web::html::Html;
use crate::web::shell;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The policy of a page: this server's own files, and the scripts that stand in every page.
static CONTENT_SECURITY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hashes = shell::inline_scripts().map(|script| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))));
    let policy = format!(
        "default-src 'none'; script-src 'self' {} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        hashes.join(" ")
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
});

/// Answers the request with this `head` with what `draw` writes (a whole document, see [`Shell`](shell::Shell)) and `status`.
///
/// It is written whole before anything is sent, so a panic in it still becomes an error page. leptos would send the values
/// behind it that the browser's part begins with; there are none.
pub async fn page(head: Parts, status: StatusCode, draw: impl FnOnce() -> Html + Send + 'static) -> Response {
    // Leptos hands what it starts to the executor named here; naming it again changes nothing.
    _ = any_spawner::Executor::init_tokio();
    let view = move || draw().into_render();
    let mut response = leptos_axum::handle_response_inner(
        || {},
        view,
        request(head),
        |view, _, _| Box::pin(async move { Box::pin(once(async move { view.to_html() })) as _ }),
    )
    .await;
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, CONTENT_SECURITY.clone());
    response
}

/// Answers with a page that `draw` writes itself, to the last tag: for that leptos' own response is not needed, which costs as
/// much as a tenth of the page.
pub fn written(status: StatusCode, draw: impl FnOnce() -> Html) -> Response {
    let mut html = Owner::new_root(None).with(draw).into_string();
    // What waits to be sent, or is kept, is counted by its length.
    html.shrink_to_fit();
    (status, [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, CONTENT_SECURITY.clone())], html).into_response()
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
    (status, [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, CONTENT_SECURITY.clone())], answer::untold()).into_response()
}
