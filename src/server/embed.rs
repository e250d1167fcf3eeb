//! `/embed/{code}`: a document to be read, or a lesson to be begun, in a frame of another page, such as one of a course.

use axum::extract::{Path as UrlPath, Query};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use crate::diagram::Use;
use crate::document::{File, Links};
use crate::lesson::OpenLesson;
use crate::origin::Origin;
use crate::server::editor::file_of;
use crate::server::error::Refusal;
use crate::server::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use crate::server::lesson;
use crate::server::page::{self, page};
use crate::web::pages;
use crate::web::sheet::Sheet;

/// No script, no form, and any page around it.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *",
);
const FRAMED: [(HeaderName, HeaderValue); 2] =
    [(CONTENT_SECURITY_POLICY, POLICY), (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"))];

/// What may stand behind the `?` of the address.
#[derive(Deserialize)]
pub struct Parameters {
    /// The number of the document that is shown, counted from one.
    document: Option<usize>,
}

/// Shows a document without anything to change it. A lesson cannot be led to, because its page is for no frame: what it is about
/// is shown, with its link.
///
/// # Errors
/// The link stands for no document and no lesson.
pub async fn show(
    UrlPath(code): UrlPath<String>,
    Query(parameters): Query<Parameters>,
    origin: Origin,
    head: Parts,
) -> Result<Response, Refusal> {
    if let Ok(lesson) = OpenLesson::open(&code) {
        let draw = move || {
            let picture = lesson::picture(&lesson.lesson).map(|picture| picture.svg(Use::Inline)).unwrap_or_default();
            pages::embed_lesson(&lesson, picture)
        };
        return Ok(framed(page(head, StatusCode::OK, draw).await));
    }
    let file = opened(&code, &parameters)?;
    let links = Links::of_code(origin.to_string(), code, file.contents());
    let response = page(head, StatusCode::OK, move || pages::embed(&Sheet::new(file, links, None))).await;
    Ok(framed(response))
}

/// Answers `HEAD` as [`show`] answers `GET`.
///
/// # Errors
/// As [`show`].
pub async fn head(UrlPath(code): UrlPath<String>, Query(parameters): Query<Parameters>) -> Result<Response, Refusal> {
    if OpenLesson::open(&code).is_err() {
        opened(&code, &parameters)?;
    }
    Ok(framed(page::head(StatusCode::OK)))
}

fn opened(code: &str, parameters: &Parameters) -> Result<File, Refusal> {
    file_of(code, parameters.document.and_then(|number| number.checked_sub(1)))
}

fn framed(mut response: Response) -> Response {
    for (name, value) in FRAMED {
        response.headers_mut().insert(name, value);
    }
    response
}
