//! `/rules`: what is looked for, and a page for each rule.

use axum::extract::Path as UrlPath;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

use crate::server::error::Refusal;
use crate::server::page::{self, page};
use crate::web::pages::{self, AnyRule};

/// Shows the list of all rules.
pub async fn list(head: Parts) -> Response {
    page(head, StatusCode::OK, pages::rules).await
}

/// Shows the page of one rule.
///
/// # Errors
/// There is no such rule.
pub async fn show(UrlPath(id): UrlPath<String>, head: Parts) -> Result<Response, Refusal> {
    let rule = named(&id)?;
    Ok(page(head, StatusCode::OK, move || pages::rule(rule)).await)
}

/// Answers `HEAD` as [`show`] answers `GET`.
///
/// # Errors
/// As [`show`].
pub async fn head(UrlPath(id): UrlPath<String>) -> Result<Response, Refusal> {
    named(&id).map(|_| page::head(StatusCode::OK))
}

fn named(id: &str) -> Result<AnyRule, Refusal> {
    AnyRule::named(id).ok_or_else(|| Refusal::of_status(StatusCode::NOT_FOUND))
}
