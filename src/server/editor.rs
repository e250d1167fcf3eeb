//! `/p/{code}`: the editor of a document, its form, and the document as a file.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path as UrlPath, Query};
use axum::http::header::{CONTENT_LOCATION, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::document::link;
use crate::document::{Document, Path};
use crate::form::{Applied, Problem, Submission};
use crate::server::error::Refusal;
use crate::server::file::{Format, file};
use crate::server::origin::Origin;
use crate::server::page::page;
use crate::web::links::Links;
use crate::web::pages;
use crate::web::sheet::Sheet;

/// With this header a post is answered by the page itself, not by a redirection to it.
const LIVE: &str = "podweave-live";

/// What may stand behind the `?` of an address.
#[derive(Deserialize)]
pub struct Wish {
    download: Option<String>,
}

/// Shows the editor, or answers the file where the address has an extension.
pub async fn show(UrlPath(name): UrlPath<String>, Query(wish): Query<Wish>, origin: Origin) -> Response {
    let (code, extension) = name.split_once('.').map_or((name.as_str(), None), |(code, extension)| (code, Some(extension)));
    let document = match document_of(code) {
        Ok(document) => document,
        Err(refusal) => return refusal.page().await,
    };
    match extension.map(Format::from_extension) {
        None => {
            let links = Links::of_code(origin.to_string(), code);
            answer(StatusCode::OK, Sheet::new(document, links)).await
        }
        Some(Some(format)) => file(&document, format, wish.download.is_some()),
        Some(None) => Refusal::of_status(StatusCode::NOT_FOUND).page().await,
    }
}

/// Applies a posted form to the document of the address, and leads to the new document.
pub async fn apply(
    UrlPath(code): UrlPath<String>,
    origin: Origin,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let applied = match read(&code, form) {
        Ok(applied) => applied,
        Err(refusal) => return refusal.page().await,
    };
    let links = Links::new(origin.to_string(), &applied.document);
    match links {
        Ok(links) if applied.problems.is_empty() => lead_to(&headers, applied, links).await,
        Ok(_) => refuse(StatusCode::UNPROCESSABLE_ENTITY, applied, Links::of_code(origin.to_string(), code)).await,
        Err(error) => {
            let problems = vec![Problem { field: Path::root(), typed: None, message: error.to_string() }];
            let links = Links::of_code(origin.to_string(), code);
            refuse(StatusCode::PAYLOAD_TOO_LARGE, Applied { problems, ..applied }, links).await
        }
    }
}

fn document_of(code: &str) -> Result<Document, Refusal> {
    let value = link::v1::decode(code).map_err(|error| Refusal::bad_link(&error))?;
    Document::try_from(value).map_err(|error| Refusal::bad_request("This link holds no manifest", error.to_string()))
}

fn read(code: &str, form: Result<Form<Vec<(String, String)>>, FormRejection>) -> Result<Applied, Refusal> {
    let base = document_of(code)?;
    let Form(pairs) = form.map_err(|rejection| Refusal::bad_form(&rejection))?;
    let submission =
        Submission::read(pairs).map_err(|error| Refusal::bad_request("This form is not of this page", error.to_string()))?;
    Ok(submission.apply(&base))
}

/// Shows the form as it was typed, without the edits of buttons: it will be posted to the same document again, in which
/// everything still has its old place.
async fn refuse(status: StatusCode, applied: Applied, links: Links) -> Response {
    let applied = Applied { document: applied.typed.clone(), ..applied };
    answer(status, Sheet::refused(applied, links)).await
}

/// Leads a browser to the new document, or a live form right into it.
async fn lead_to(headers: &HeaderMap, applied: Applied, links: Links) -> Response {
    let fragment = applied.focus.map(|field| format!("#{field}")).unwrap_or_default();
    let target = links.page() + &fragment;
    let Ok(target) = HeaderValue::try_from(target) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if !headers.contains_key(LIVE) {
        return (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response();
    }
    let mut response = answer(StatusCode::OK, Sheet::new(applied.document, links)).await;
    response.headers_mut().insert(CONTENT_LOCATION, target);
    response
}

async fn answer(status: StatusCode, sheet: Sheet) -> Response {
    page(status, move || pages::editor(&sheet)).await
}
