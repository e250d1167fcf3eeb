//! `/l/{key}`, a lesson, `/lesson`, where one is written, and `/lesson/format`, how.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path as UrlPath};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use kube_dry_run::inspection::Lines;
use pod_lesson::{Lesson, Review, lessons};

use crate::diagram::{Picture, Use};
use crate::document::{File, link};
use crate::lesson::{LessonError, OpenLesson, manifest_page};
use crate::origin::Origin;
use crate::server::error::Refusal;
use crate::server::manifest_form;
use crate::server::page::{self, page};
use crate::web::about::{About, MAX_DESCRIPTION, Preview};
use crate::web::pages::{self, Draft};

/// Shows a lesson, or leads to the editor where the address is that of a manifest but for its first letter.
///
/// # Errors
/// The address stands for no lesson.
pub async fn show(UrlPath(key): UrlPath<String>, origin: Origin, head: Parts) -> Result<Response, Refusal> {
    let lesson = match open(&key) {
        Ok(lesson) => lesson,
        Err(refusal) => return elsewhere(&key, &head.uri).ok_or(refusal),
    };
    Ok(page(head, StatusCode::OK, move || {
        let picture = picture(&lesson.lesson);
        let drawn = picture.as_ref().map(|picture| picture.svg(Use::Inline)).unwrap_or_default();
        pages::lesson(&lesson, about(&lesson, picture.as_ref(), &origin), drawn)
    })
    .await)
}

/// Answers `HEAD` as [`show`] answers `GET`.
///
/// # Errors
/// As [`show`].
pub async fn head(UrlPath(key): UrlPath<String>, address: Uri) -> Result<Response, Refusal> {
    open(&key).map(|_| page::head(StatusCode::OK)).or_else(|refusal| elsewhere(&key, &address).ok_or(refusal))
}

/// Leads from `address`, which names a text by `key`, to the editor, if the text is a manifest.
fn elsewhere(key: &str, address: &Uri) -> Option<Response> {
    let page = manifest_page(key)?;
    let query = address.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(Redirect::to(&(page + &query)).into_response())
}

/// Shows the box for a lesson, with the first one in it to learn from.
pub async fn write(head: Parts, origin: Origin) -> Response {
    let text = lessons().first().map(|lesson| lesson.source.to_owned()).unwrap_or_default();
    author(head, StatusCode::OK, Lines::new(text), &origin).await
}

/// Shows how a lesson is written.
pub async fn format(head: Parts) -> Response {
    page(head, StatusCode::OK, pages::lesson_format).await
}

/// Shows what is to be said of the posted lesson, with the link that opens it. The status is 200 whatever that is.
///
/// # Errors
/// What was posted is no form with a text.
pub async fn check(head: Parts, origin: Origin, form: Result<Multipart, MultipartRejection>) -> Result<Response, Refusal> {
    let (lines, not_unicode) = Lines::of_bytes(manifest_form::read(&head.headers, form).await?.text);
    match not_unicode {
        Some(error) => Err(Refusal::unreadable_form(error.to_string())),
        None => Ok(author(head, StatusCode::OK, lines, &origin).await),
    }
}

/// The page where the lesson `lines` is written, with what is to be said of it.
pub async fn author(head: Parts, status: StatusCode, lines: Lines, origin: &Origin) -> Response {
    let draft = draft(lines, origin);
    page(head, status, move || pages::lesson_author(&draft)).await
}

fn draft(lines: Lines, origin: &Origin) -> Draft {
    let Review { lesson, problems } = pod_lesson::review(lines.text());
    let link = || link::encode(lines.text()).map(|code| format!("{origin}/l/{code}")).map_err(|error| error.to_string());
    let link = lesson.is_some().then(link);
    Draft { lines, lesson, problems, link }
}

fn open(key: &str) -> Result<OpenLesson, Refusal> {
    OpenLesson::open(key).map_err(|error| match error {
        LessonError::Link(error) => Refusal::bad_link(&error),
        error @ LessonError::Text { .. } => {
            Refusal::bad_request("This link holds no lesson", format!("Sorry, {error}.")).with_text_of(key)
        }
    })
}

/// What a link to a lesson is shown with in a chat: its title, what it is about, and the picture of its manifest.
fn about(open: &OpenLesson, picture: Option<&Picture>, origin: &Origin) -> About {
    let preview = picture.zip(open.picture()).map(|(picture, address)| Preview {
        page: format!("{origin}{}", open.page()),
        picture: format!("{origin}{address}"),
        words: picture.in_words(MAX_DESCRIPTION),
    });
    About { description: open.lesson.summary().replace('`', ""), preview }
}

/// The picture of what comes of a lesson, or of what it begins with.
pub fn picture(lesson: &Lesson) -> Option<Picture> {
    let file = File::open(lesson.finished.as_ref().unwrap_or(&lesson.start).clone(), None).ok()?;
    Some(Picture::of(file.document().value()))
}
