//! `/embed/{code}`: a document to be read, or a lesson to be begun, in a frame of another page, such as one of a course.

use axum::extract::{Path as UrlPath, Query};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use crate::diagram::Use;
use crate::document::{File, Links};
use crate::lesson::OpenLesson;
use crate::origin::Origin;
use crate::server::editor::{open, text_of};
use crate::server::error::Refusal;
use crate::server::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use crate::server::lesson;
use crate::server::page::{self, page};
use crate::server::parameters::Parameters;
use crate::web::pages;
use crate::web::sheet::Sheet;

/// No script, no form, and any page around it.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *",
);
const CROSS_ORIGIN_EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");
/// A page that is isolated from other origins, as one is that runs notebooks, frames only what is so too.
const FRAMED: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    (CROSS_ORIGIN_EMBEDDER_POLICY, HeaderValue::from_static("require-corp")),
];

/// What a frame shows.
enum Shown {
    /// A document, without anything to change it.
    Document(Box<File>),
    /// What a lesson is about, with its link: nobody can be led to its page, which is for no frame.
    Lesson(Box<OpenLesson>),
}

impl Shown {
    fn open(code: &str, parameters: &Parameters) -> Result<Self, Refusal> {
        if let Some(lesson) = OpenLesson::built_in(code) {
            return Ok(Self::Lesson(Box::new(lesson)));
        }
        let text = text_of(code)?;
        if let Ok(lesson) = OpenLesson::read(code, &text) {
            return Ok(Self::Lesson(Box::new(lesson)));
        }
        open(code, text, parameters.place()).map(|file| Self::Document(Box::new(file)))
    }
}

/// Shows what the link with this code stands for, or why that is nothing: a page that frames it would have a hole otherwise.
pub async fn show(UrlPath(code): UrlPath<String>, Query(parameters): Query<Parameters>, origin: Origin, head: Parts) -> Response {
    let response = match Shown::open(&code, &parameters) {
        Ok(Shown::Document(file)) => {
            let links = Links::of_code(origin.to_string(), code, file.contents());
            page(head, StatusCode::OK, move || pages::embed(&Sheet::new(*file, links, None))).await
        }
        Ok(Shown::Lesson(lesson)) => {
            let draw = move || {
                let picture = lesson::picture(&lesson.lesson).map(|picture| picture.svg(Use::Inline)).unwrap_or_default();
                pages::embed_lesson(&lesson, picture)
            };
            page(head, StatusCode::OK, draw).await
        }
        Err(refusal) => refusal.in_frame(head).await,
    };
    framed(response)
}

/// What `HEAD` has to be answered.
pub async fn head(UrlPath(code): UrlPath<String>, Query(parameters): Query<Parameters>) -> Response {
    let status = Shown::open(&code, &parameters).map_or_else(|refusal| refusal.status(), |_| StatusCode::OK);
    framed(page::head(status))
}

fn framed(mut response: Response) -> Response {
    for (name, value) in FRAMED {
        response.headers_mut().insert(name, value);
    }
    response
}
