//! `/check`: what Kubernetes answers to a text as it stands.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::server::manifest_form;
use crate::server::page::page;
use crate::web::pages;
use kube_dry_run::inspection::{Inspections, Lines, inspect_file};

/// Shows the empty box.
pub async fn show() -> Response {
    page(StatusCode::OK, || pages::check(Lines::default(), Inspections::default())).await
}

/// Shows the posted text with what Kubernetes answers to each of its documents. The status is 200 whatever the answer is.
pub async fn check(headers: HeaderMap, form: Result<Multipart, MultipartRejection>) -> Response {
    let bytes = match manifest_form::read(&headers, form).await {
        Ok(bytes) => bytes,
        Err(refusal) => return refusal.page().await,
    };
    let (lines, inspections) = inspect_file(bytes);
    page(StatusCode::OK, move || pages::check(lines, inspections)).await
}
