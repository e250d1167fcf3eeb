//! `/p/{code}`: the editor of a document, its form, and the document as a file.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRef, Path as UrlPath, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::document::{Comments, Document, File, Links, Path, link};
use crate::form::{Anchors, Applied, Submission, SubmissionError};
use crate::opened::Opened;
use crate::origin::Origin;
use crate::server::documents::Documents;
use crate::server::error::Refusal;
use crate::server::file::{Format, changes, file, manifest};
use crate::server::form_body;
use crate::server::page;
use crate::server::parameters::Parameters;
use crate::server::posted_text;
use crate::server::program::PROGRAM_NAME;
use crate::server::shown_pages::{ShownPages, address};
use crate::web::delta::delta;
use crate::web::html::Html;
use crate::web::pages;
use crate::web::sheet::{Sheet, Unread};
use crate::web::window::{Window, item_around};

/// What is kept of documents and pages for who goes on with them.
#[derive(Clone, Default)]
pub struct Kept {
    documents: Documents,
    pages: ShownPages,
}

impl FromRef<Kept> for Documents {
    fn from_ref(kept: &Kept) -> Self {
        kept.documents.clone()
    }
}

/// With this header a post is answered by the page itself, not by a redirection to it. Its value is the `data-basis` of the page
/// that the browser shows, if it has any.
const LIVE: &str = "podweave-live";
/// The element that a live form makes equal to the answer's.
const SHEET: &str = "sheet";

/// What is escaped in the fragment of an address (RFC 3986, section 3.5), except for the brackets of field paths, which every
/// browser takes as they are.
const NOT_IN_FRAGMENTS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'<').add(b'>').add(b'`');

/// Shows the editor, or answers the file where the address has an extension.
///
/// # Errors
/// The link stands for no document, or there is no such format.
pub async fn show(
    State(documents): State<Documents>,
    UrlPath(name): UrlPath<String>,
    Query(parameters): Query<Parameters>,
    origin: Origin,
) -> Result<Response, Refusal> {
    let (code, extension) = name.split_once('.').map_or((name.as_str(), None), |(code, extension)| (code, Some(extension)));
    if let Some(lesson) = lesson_named(&name) {
        return Ok(lesson);
    }
    let Some(extension) = extension else {
        let opened = documents.judge(code, parameters.place())?;
        let links = parameters.links(code, opened.file(), &origin)?;
        let sheet = Sheet::new(opened, links, parameters.from()).asking(parameters.what).drawn_by(&PROGRAM_NAME);
        return Ok(page::written(StatusCode::OK, || pages::editor(&sheet)));
    };
    match Format::from_extension(extension) {
        _ if extension == "diff" => difference(&text_of(code)?, &parameters),
        Some(Format::Yaml) if parameters.download.is_none() => Ok(manifest(text_of(code)?)),
        Some(format) => Ok(file(documents.open(code, parameters.place())?.file(), format, parameters.download.is_some())),
        None => documents.open(code, parameters.place()).and(Err(Refusal::of_status(StatusCode::NOT_FOUND))),
    }
}

/// What has changed from the text that the address names to `text`.
fn difference(text: &str, parameters: &Parameters) -> Result<Response, Refusal> {
    match parameters.since()? {
        Some(since) => Ok(changes(&since.text, text)),
        None => Err(Refusal::bad_request("This diff has no beginning", "the address lacks since=CODE".to_owned())),
    }
}

/// Answers `HEAD` as [`show`] answers `GET`, without drawing the editor: its link decides the status.
///
/// # Errors
/// As [`show`].
pub async fn head(
    documents: State<Documents>,
    UrlPath(name): UrlPath<String>,
    parameters: Query<Parameters>,
    origin: Origin,
) -> Result<Response, Refusal> {
    if name.contains('.') {
        return show(documents, UrlPath(name), parameters, origin).await;
    }
    if let Some(lesson) = lesson_named(&name) {
        return Ok(lesson);
    }
    let opened = documents.open(&name, parameters.place())?;
    parameters.links(&name, opened.file(), &origin)?;
    Ok(page::head(StatusCode::OK))
}

/// Applies a posted form to the document of the address, and leads to the new document.
///
/// # Errors
/// The link stands for no document, or what was posted is no form of the editor.
pub async fn apply(
    State(kept): State<Kept>,
    UrlPath(code): UrlPath<String>,
    Query(parameters): Query<Parameters>,
    origin: Origin,
    head: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let shown = Shown::at(code, &parameters, &origin, kept)?;
    let body = form_body::read(&head.headers, body)?;
    if let Some(text) = posted_text::read(&body)? {
        return Ok(match posted_text::open(text, parameters.place(), &origin.to_string()) {
            Ok((file, links)) => shown.go_on(&head, file.into(), links, None),
            Err((status, unread)) => shown.wait_for(&head, status, unread),
        });
    }
    let opened = shown.opened.clone();
    let base = opened.file().document();
    let applied = read(base, &body)?;
    if !applied.problems.is_empty() {
        return Ok(shown.refuse(&head, applied));
    }
    if applied.document == *base && applied.comments.is_none() {
        let links = shown.links.clone();
        return Ok(shown.go_on(&head, opened, links, applied.into_focus()));
    }
    Ok(match shown.changed(&applied, &origin) {
        Ok((file, _)) if applied.comments == Some(Comments::Add) && Comments::next_for(file.text()) == Comments::Add => {
            shown.refuse(&head, applied.without_line_for_comments())
        }
        Ok((file, links)) => shown.go_on(&head, file.into(), links, applied.into_focus()),
        Err(message) => {
            let refused = applied.too_large(base, message);
            shown.refuse(&head, refused)
        }
    })
}

/// The text that `code` stands for, with the document at `place` open, or the one that opens by itself.
///
/// # Errors
/// The link stands for no such document.
pub fn file_of(code: &str, place: Option<usize>) -> Result<File, Refusal> {
    open(code, text_of(code)?, place)
}

/// Leads to the lesson of this `name`, which is no code: no text is lost that way. A lesson that somebody wrote is a text, and
/// stays one here; the editor says what it is.
fn lesson_named(name: &str) -> Option<Response> {
    pod_lesson::lesson(name).map(|lesson| Redirect::to(&format!("/l/{}", lesson.name)).into_response())
}

/// The text that `code` stands for.
///
/// # Errors
/// It stands for none.
pub fn text_of(code: &str) -> Result<String, Refusal> {
    link::decode(code).map_err(|error| Refusal::bad_link(&error))
}

/// The file whose `text` stands for `code`.
///
/// # Errors
/// The text holds no such document.
pub fn open(code: &str, text: String, place: Option<usize>) -> Result<File, Refusal> {
    File::open(text, place)
        .map_err(|error| Refusal::bad_request("This link holds no such manifest", error.to_string()).with_text_of(code))
}

fn read(base: &Document, body: &[u8]) -> Result<Applied, Refusal> {
    let submission = Submission::read(form_body::pairs(body)).map_err(|error| match error {
        SubmissionError::TooMuchText => Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        error => Refusal::bad_request("This form is not of this page", error.to_string()),
    })?;
    Ok(submission.apply(base))
}

/// The page that a form was posted from.
struct Shown {
    opened: Opened,
    links: Links,
    /// The item that it was turned to.
    from: Option<Path>,
    kept: Kept,
}

impl Shown {
    fn at(code: String, parameters: &Parameters, origin: &Origin, kept: Kept) -> Result<Self, Refusal> {
        let opened = kept.documents.open(&code, parameters.place())?;
        let links = parameters.links(&code, opened.file(), origin)?;
        Ok(Self { opened, links, from: parameters.from(), kept })
    }

    /// The text with the applied form in it, and its addresses.
    fn changed(&self, applied: &Applied, origin: &Origin) -> Result<(File, Links), String> {
        let file = self.opened.file().with(&applied.document).and_then(|file| match applied.comments {
            None => Ok(file),
            Some(comments) => file.with_comments(comments),
        });
        let file = file.map_err(|error| error.to_string())?;
        let links = Links::new(origin.to_string(), &file).map_err(|error| error.to_string())?;
        Ok((file, links))
    }

    /// Shows the form as it was typed, without the edits of buttons: it will be posted to the same document again, in which
    /// everything still has its old place.
    fn refuse(self, head: &Parts, applied: Applied) -> Response {
        let status = if applied.is_too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
        let opened = self.opened.file().with(&applied.typed).map_or_else(|_| self.opened.clone(), Opened::from);
        let sheet = Sheet::refused(opened, applied, self.links.clone(), self.from.clone());
        self.answer(head, status, sheet)
    }

    /// Shows a posted text that cannot be read as it was typed, above the document that it was posted from.
    fn wait_for(self, head: &Parts, status: StatusCode, unread: Unread) -> Response {
        let sheet = Sheet::new(self.opened.clone(), self.links.clone(), self.from.clone()).waiting_for(unread);
        self.answer(head, status, sheet)
    }

    /// Leads a browser to the new document, or a live form right into it. The page is turned to the field to go on with, where
    /// it would not be shown otherwise.
    fn go_on(self, head: &Parts, opened: Opened, links: Links, focus: Option<Path>) -> Response {
        self.kept.documents.add(links.code(), &opened);
        let document = opened.file().document();
        let links = links.within(self.links.lesson().map(str::to_owned)).comparing(self.links.since().cloned());
        let focus = focus.map(|field| Anchors::new(document).of(&field));
        let window = Window::new(document, self.from.as_ref());
        let from = match &focus {
            Some(field) if !window.shows(field) => item_around(field),
            _ => self.from.clone().filter(|_| !window.is_whole()),
        };
        if head.headers.contains_key(LIVE) {
            let sheet = Sheet::applied(opened, links, from, focus).drawn_by(&PROGRAM_NAME);
            return self.answer(head, StatusCode::OK, sheet);
        }
        let fragment = focus.map(|field| format!("#{}", utf8_percent_encode(&field.to_string(), NOT_IN_FRAGMENTS)));
        let target = links.page_from(from.as_ref()) + &fragment.unwrap_or_default();
        (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
    }

    /// The page of `sheet`; to a browser that shows just this page, what differs.
    fn answer(self, head: &Parts, status: StatusCode, sheet: Sheet) -> Response {
        let is_basis = head.headers.get(LIVE).is_some_and(|basis| *basis == *PROGRAM_NAME);
        page::written(status, || {
            let whole = pages::editor(&sheet);
            self.kept.pages.keep(&sheet, &whole);
            // The page before it may have to be drawn too, with as much memory.
            drop(sheet);
            let delta = if is_basis { delta(&self.drawn(), whole.as_str(), SHEET) } else { None };
            delta.map_or(whole, Html::written)
        })
    }

    /// The page itself.
    fn drawn(self) -> Arc<str> {
        let address = address(&self.links.share(), &self.links.page_from(self.from.as_ref()));
        let draw = || pages::editor(&Sheet::new(self.opened, self.links, self.from)).into_string().into();
        self.kept.pages.get(&address).unwrap_or_else(draw)
    }
}
