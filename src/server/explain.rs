//! `/explain`: what can be asked about fields, and a page for each field.

use axum::extract::Path as UrlPath;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

use crate::server::page::{self, page};
use crate::web::pages;
use kube_explain::{Explanation, Unknown};

/// The kind whose fields are meant where a path begins with none.
const KIND: &str = "Pod";

/// Shows what can be asked.
pub async fn list(head: Parts) -> Response {
    page(head, StatusCode::OK, pages::explanations).await
}

/// Shows what is known of one field; of one that there is not, those that may be meant.
pub async fn show(UrlPath(path): UrlPath<String>, head: Parts) -> Response {
    match explain(&path) {
        Ok(explanation) => page(head, StatusCode::OK, move || pages::explanation(&explanation)).await,
        Err(unknown) => page(head, StatusCode::NOT_FOUND, move || pages::no_explanation(&unknown)).await,
    }
}

/// Answers `HEAD` as [`show`] answers `GET`.
pub async fn head(UrlPath(path): UrlPath<String>) -> Response {
    page::head(if explain(&path).is_ok() { StatusCode::OK } else { StatusCode::NOT_FOUND })
}

fn explain(path: &str) -> Result<Explanation, Unknown> {
    kube_explain::explain(KIND, path)
}
