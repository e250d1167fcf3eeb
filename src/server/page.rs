//! Renders a view as a whole page.

use std::sync::Arc;

use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::nonce::Nonce;
use leptos::prelude::*;

/// Renders `view` (a whole document, see [`Shell`](crate::web::shell::Shell)) and answers it with `status`.
///
/// The view finds in its context the [`Nonce`] that the answer's Content-Security-Policy admits. It is rendered whole
/// before anything is sent, so a panic in it still becomes an error page.
pub fn page<V: IntoView>(status: StatusCode, view: impl FnOnce() -> V) -> Response {
    let nonce = Nonce::new();
    let policy = content_security_policy(&nonce);
    (status, [(CONTENT_SECURITY_POLICY, policy)], Html(render(nonce, view))).into_response()
}

fn render<V: IntoView>(nonce: Nonce, view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(nonce);
        view().to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

/// The policy of a page: this server's own files and the inline scripts that carry `nonce`.
fn content_security_policy(nonce: &Nonce) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}
