//! `/check`: what Kubernetes answers to a text as it stands.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

use crate::server::error::Refusal;
use crate::server::manifest_form;
use crate::server::page::page;
use crate::web::pages;
use kube_dry_run::inspection::{Inspections, Lines, inspect_file};

/// Shows the empty box.
pub async fn show(head: Parts) -> Response {
    page(head, StatusCode::OK, || pages::check(Lines::default(), Inspections::default())).await
}

/// Shows the posted text with what Kubernetes answers to each of its documents. The status is 200 whatever the answer is.
///
/// # Errors
/// What was posted is no form with a text.
pub async fn check(head: Parts, form: Result<Multipart, MultipartRejection>) -> Result<Response, Refusal> {
    let (lines, inspections) = inspect_file(manifest_form::read(&head.headers, form).await?);
    Ok(page(head, StatusCode::OK, move || pages::check(lines, inspections)).await)
}
