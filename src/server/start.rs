//! `/`: the presets, and the box that opens a manifest.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use crate::diagram;
use crate::document::{Document, presets};
use crate::import::{Candidate, import};
use crate::server::manifest_form;
use crate::server::page::page;
use crate::web::links::Links;
use crate::web::pages::{self, Card, Choice, Start};
use kube_dry_run::inspection::Lines;

/// As many documents of a text are offered.
const MOST_CHOICES: usize = 200;

/// Shows the start page.
pub async fn show() -> Response {
    answer(StatusCode::OK, String::new(), None).await
}

/// Opens the posted manifest: leads to its editor, asks which of several documents is meant, or shows the text again with the
/// reason why it cannot be opened.
pub async fn open(headers: HeaderMap, form: Result<Multipart, MultipartRejection>) -> Response {
    let (lines, mistake) = match manifest_form::read(&headers, form).await {
        Ok(bytes) => Lines::of_bytes(bytes),
        Err(refusal) => return refusal.page().await,
    };
    let candidates = mistake.map_or_else(|| import(lines.text()), |mistake| Err(mistake.into()));
    let text = lines.into_text();
    match candidates {
        Ok(candidates) => offer(text, candidates).await,
        Err(error) => answer(StatusCode::UNPROCESSABLE_ENTITY, text, Some(error.to_string())).await,
    }
}

async fn offer(text: String, candidates: Vec<Candidate>) -> Response {
    let count = candidates.len();
    let mut choices: Vec<Choice> = candidates.into_iter().take(MOST_CHOICES).map(choice).collect();
    match (choices.len(), choices.pop()) {
        (1, Some(Choice { page: Ok(page), .. })) => Redirect::to(&page).into_response(),
        (1, Some(Choice { page: Err(reason), .. })) => answer(StatusCode::UNPROCESSABLE_ENTITY, text, Some(reason)).await,
        (_, last) => {
            choices.extend(last);
            page(StatusCode::OK, move || pages::choice(choices, count)).await
        }
    }
}

fn choice(candidate: Candidate) -> Choice {
    let page = candidate.document.map_err(|error| error.to_string()).and_then(|document| page_of(&document));
    Choice { title: candidate.title, page }
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
