//! `/check`: what Kubernetes answers to a text as it stands, and what becomes of its Pods.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

use crate::adviser::advise;
use crate::document::{Edit, File};
use crate::repair::MEND_TEXT;
use crate::server::error::Refusal;
use crate::server::manifest_form::{self, Posted};
use crate::server::page::page;
use crate::web::pages::{self, Checked};
use kube_dry_run::inspection::{Inspections, Lines, inspect_file_with};
use kube_dry_run::mended;

/// Shows the empty box.
pub async fn show(head: Parts) -> Response {
    let checked = Checked { lines: Lines::default(), inspections: Inspections::default(), refusal: None };
    page(head, StatusCode::OK, || pages::check(checked)).await
}

/// Shows the posted text with what is to be said about each of its documents, once the fix is made that was asked for. The
/// status is 200 whatever the answer is.
///
/// # Errors
/// What was posted is no form with a text.
pub async fn check(head: Parts, form: Result<Multipart, MultipartRejection>) -> Result<Response, Refusal> {
    let Posted { text, fix } = manifest_form::read(&head.headers, form).await?;
    let (text, refusal) = match fix.map(|fix| fixed(&text, &fix)) {
        None => (text, None),
        Some(Ok(fixed)) => (fixed.into_bytes(), None),
        Some(Err(refusal)) => (text, Some(refusal)),
    };
    let (lines, inspections) = inspect_file_with(text, advise);
    Ok(page(head, StatusCode::OK, move || pages::check(Checked { lines, inspections, refusal })).await)
}

/// `text` with the fix that a button asks for: [`MEND_TEXT`], or the number of a document and an edit of it.
fn fixed(text: &[u8], fix: &str) -> Result<String, String> {
    if fix == MEND_TEXT {
        let (lines, _) = Lines::of_bytes(text.to_vec());
        return mended(lines.text()).map(|mended| mended.text).ok_or_else(|| "there is nothing to mend any more".to_owned());
    }
    let (number, edit) = fix.split_once(' ').ok_or("there is no such fix")?;
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or("there is no such document")?;
    let edit: Edit = edit.parse().map_err(|_| "there is no such fix")?;
    let edit = Some(edit).filter(Edit::is_fix).ok_or("there is no such fix")?;
    let (lines, _) = Lines::of_bytes(text.to_vec());
    let file = File::open(lines.into_text(), Some(place)).map_err(|error| error.to_string())?;
    let edited = edit.apply(file.document()).map_err(|error| error.to_string())?;
    Ok(file.with(&edited.document).map_err(|error| error.to_string())?.text().to_owned())
}
