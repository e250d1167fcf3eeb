//! `/`: the lessons, and the box that opens a manifest.

use std::sync::LazyLock;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use crate::diagram::{Picture, Use};
use crate::document::{Contents, Document, File, Links};
use crate::lesson::{OpenLesson, is_meant_as_lesson};
use crate::origin::Origin;
use crate::repair::MEND_TEXT;
use crate::server::error::Refusal;
use crate::server::lesson;
use crate::server::manifest_form::{self, Posted};
use crate::server::page::page;
use crate::web::pages::{self, Card, Gallery, Start};
use kube_dry_run::inspection::Lines;
use kube_dry_run::mended;
use pod_lesson::lessons;

/// How many reasons are told why there is no form for any document of a text.
const MAX_REASONS: usize = 5;

/// The lessons with their links and pictures.
static GALLERY: LazyLock<Gallery> = LazyLock::new(|| Gallery { new_pod: new_pod(), lessons: cards() });

/// Shows the start page.
pub async fn show(origin: Origin, head: Parts) -> Response {
    answer(origin, head, StatusCode::OK, String::new(), None).await
}

/// Opens the posted text, mended if a button asks for that: leads to the editor if there is a form for exactly one of its
/// documents, or to the lesson that the text is, asks which one is meant if there is for several, shows a lesson with mistakes
/// where lessons are written, or shows the text again with the reason why it cannot be opened.
///
/// # Errors
/// What was posted is no form with a text.
pub async fn open(origin: Origin, head: Parts, form: Result<Multipart, MultipartRejection>) -> Result<Response, Refusal> {
    let Posted { text, fix } = manifest_form::read(&head.headers, form).await?;
    let (mut lines, not_unicode) = Lines::of_bytes(text);
    if let Some(mended) = fix.filter(|fix| fix == MEND_TEXT).and_then(|_| mended(lines.text())) {
        lines = Lines::new(mended.text);
    }
    let opened = match not_unicode {
        None => opened(&lines),
        Some(error) => Err(error.to_string()),
    };
    Ok(match opened {
        Ok(Opened::Page(path)) => Redirect::to(&path).into_response(),
        Ok(Opened::Draft) => lesson::author(head, StatusCode::UNPROCESSABLE_ENTITY, lines, &origin).await,
        Ok(Opened::Choice(path, contents)) => page(head, StatusCode::OK, move || pages::choice(path, contents)).await,
        Err(reason) => answer(origin, head, StatusCode::UNPROCESSABLE_ENTITY, lines.into_text(), Some(reason)).await,
    })
}

/// What a text is opened as, with its path.
enum Opened {
    /// The editor of the one document that there is a form for, or a lesson.
    Page(String),
    /// The page where lessons are written, with one that has mistakes.
    Draft,
    /// The editor, with one of these documents.
    Choice(String, Contents),
}

/// Opens the text `lines`.
fn opened(lines: &Lines) -> Result<Opened, String> {
    let file = File::open(lines.text().to_owned(), None).map_err(|error| error.explained(lines))?;
    let contents = file.contents();
    match contents.forms {
        0 if is_meant_as_lesson(&file) => Ok(page_of_lesson(&file).map_or(Opened::Draft, Opened::Page)),
        0 => Err(refusal(contents)),
        1 => Ok(Opened::Page(page_of(&file)?)),
        _ => Ok(Opened::Choice(page_of(&file)?, contents.clone())),
    }
}

/// The path of the lesson that the text of `file` is, if it is one without mistakes.
fn page_of_lesson(file: &File) -> Option<String> {
    let links = Links::new("", file).ok()?;
    Some(OpenLesson::read(links.code(), file.text()).ok()?.page())
}

fn refusal(contents: &Contents) -> String {
    let refusals = contents.listed.iter().filter_map(|listed| listed.refusal.as_deref());
    refusals.take(MAX_REASONS).collect::<Vec<_>>().join("; ")
}

fn page_of(file: &File) -> Result<String, String> {
    Links::new("", file).map(|links| links.text()).map_err(|error| error.to_string())
}

async fn answer(origin: Origin, head: Parts, status: StatusCode, text: String, refusal: Option<String>) -> Response {
    let start = Start { origin: origin.to_string(), gallery: &GALLERY, text, refusal };
    page(head, status, move || pages::start(start)).await
}

fn cards() -> Vec<Card> {
    lessons()
        .iter()
        .map(|lesson| Card {
            lesson,
            picture: Picture::of(&lesson.document).svg(Use::Inline),
            page: File::open(lesson.finished().to_owned(), None).ok().and_then(|file| page_of(&file).ok()).unwrap_or_default(),
        })
        .collect()
}

fn new_pod() -> String {
    File::of_document(&Document::new_pod()).ok().and_then(|file| page_of(&file).ok()).unwrap_or_default()
}
