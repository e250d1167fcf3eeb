//! `/`: the presets, and the box that opens a manifest.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use crate::diagram;
use crate::document::{Document, presets};
use crate::import::{Candidate, ImportError, candidates};
use crate::server::manifest_form;
use crate::server::page::page;
use crate::web::links::Links;
use crate::web::pages::{self, Card, Choice, Start};
use kube_dry_run::inspection::Lines;

/// How many documents of a text are offered.
const MAX_CHOICES: usize = 200;

/// How many characters the links of all choices may have together.
const MAX_LINK_BYTES: usize = 2 << 20;

const EMPTY: &str = "there is no manifest in this text; paste one, or choose a file";
const TOO_LARGE_TOGETHER: &str = "the documents before this one are too large to offer a link to each: paste it alone";

/// Shows the start page.
pub async fn show() -> Response {
    answer(StatusCode::OK, String::new(), None).await
}

/// Opens the posted manifest: leads to its editor, asks which of several documents is meant, or shows the text again with the
/// reason why it cannot be opened.
pub async fn open(headers: HeaderMap, form: Result<Multipart, MultipartRejection>) -> Response {
    let (lines, not_unicode) = match manifest_form::read(&headers, form).await {
        Ok(bytes) => Lines::of_bytes(bytes),
        Err(refusal) => return refusal.page().await,
    };
    let choices = match not_unicode {
        None => choices(lines.text()),
        Some(error) => Err(error.into()),
    };
    let text = lines.into_text();
    match choices {
        Ok(choices) => offer(text, choices).await,
        Err(error) => answer(StatusCode::UNPROCESSABLE_ENTITY, text, Some(error.to_string())).await,
    }
}

/// The documents of a text that are offered, and how many there are.
#[derive(Default)]
struct Choices {
    offered: Vec<Choice>,
    count: usize,
}

/// The choices that `text` gives. No document is kept: each becomes its link at once.
fn choices(text: &str) -> Result<Choices, ImportError> {
    let mut choices = Choices::default();
    let mut bytes_left = MAX_LINK_BYTES;
    for candidate in candidates(text) {
        let candidate = candidate?;
        choices.count += 1;
        if choices.offered.len() < MAX_CHOICES {
            choices.offered.push(choice(candidate, &mut bytes_left));
        }
    }
    Ok(choices)
}

fn choice(candidate: Candidate, bytes_left: &mut usize) -> Choice {
    let Candidate { title, document } = candidate;
    let page = document.map_err(|error| error.to_string()).and_then(|document| match *bytes_left {
        0 => Err(TOO_LARGE_TOGETHER.to_owned()),
        _ => page_of(&document),
    });
    if let Ok(page) = &page {
        *bytes_left = bytes_left.saturating_sub(page.len());
    }
    Choice { title, page }
}

async fn offer(text: String, mut choices: Choices) -> Response {
    match (choices.count, choices.offered.pop()) {
        (1, Some(Choice { page: Ok(page), .. })) => Redirect::to(&page).into_response(),
        (1, Some(Choice { page: Err(reason), .. })) => answer(StatusCode::UNPROCESSABLE_ENTITY, text, Some(reason)).await,
        (_, None) => answer(StatusCode::UNPROCESSABLE_ENTITY, text, Some(EMPTY.to_owned())).await,
        (count, last) => {
            choices.offered.extend(last);
            page(StatusCode::OK, move || pages::choice(choices.offered, count)).await
        }
    }
}

fn page_of(document: &Document) -> Result<String, String> {
    Links::new("", document).map(|links| links.page()).map_err(|error| error.to_string())
}

async fn answer(status: StatusCode, text: String, refusal: Option<String>) -> Response {
    let start = Start { empty_pod: page_of(&Document::empty_pod()).unwrap_or_default(), presets: cards(), text, refusal };
    page(status, move || pages::start(start)).await
}

fn cards() -> Vec<Card> {
    presets()
        .iter()
        .map(|preset| Card {
            preset,
            picture: diagram::svg(&preset.document, diagram::Use::Inline),
            page: Document::try_from(preset.document.clone())
                .ok()
                .and_then(|document| page_of(&document).ok())
                .unwrap_or_default(),
        })
        .collect()
}
