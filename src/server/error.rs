//! Requests that are refused, as pages that say what is wrong.
//!
//! What a person typed is never answered by such a page where a form can be shown again instead.

use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

use crate::document::link::LinkError;
use crate::server::page::page;
use crate::web::pages;

/// Why a request is refused.
pub struct Refusal {
    status: StatusCode,
    title: &'static str,
    explanation: String,
}

impl Refusal {
    /// The address is none of this server's.
    pub fn no_such_page() -> Self {
        let explanation = "Podweave has no page at this address. A link to a document is /p/ and a code of letters and digits.";
        Self { status: StatusCode::NOT_FOUND, title: "There is no such page", explanation: explanation.to_owned() }
    }

    /// The code of a link stands for no document.
    pub fn bad_link(error: &LinkError) -> Self {
        let explanation = format!("{error}. A link must be copied whole; nothing about it is stored on this server.");
        Self { status: StatusCode::BAD_REQUEST, title: "This link cannot be opened", explanation }
    }

    /// A posted form cannot be read.
    pub fn bad_form(rejection: &FormRejection) -> Self {
        Self { status: rejection.status(), title: "This form cannot be read", explanation: rejection.body_text() }
    }

    /// The request makes no sense here.
    pub fn bad_request(title: &'static str, explanation: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, title, explanation }
    }

    /// The page that says so.
    pub async fn page(self, parts: Parts) -> Response {
        page(self.status, parts, move || pages::problem(self.title, self.explanation)).await
    }
}
