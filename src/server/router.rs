//! Every route of the server.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;

use crate::server::health::{self, Readiness};
use crate::server::{assets, check, editor, embed, explain, lesson, page, rules, start};

/// Where a text is posted, what explains itself, and every address that is none.
pub fn texts() -> Router {
    Router::new()
        .route("/", get(start::show).head(drawn).post(start::open))
        .route("/check", get(check::show).head(drawn).post(check::check))
        .route("/explain", get(explain::list).head(drawn))
        .route("/explain/{*path}", get(explain::show).head(explain::head))
        .route("/rules", get(rules::list).head(drawn))
        .route("/rules/{id}", get(rules::show).head(rules::head))
        .route("/l/{key}", get(lesson::show).head(lesson::head))
        .route("/lesson", get(lesson::write).head(drawn).post(lesson::check))
        .route("/lesson/format", get(lesson::format).head(drawn))
        .route("/embed/{code}", get(embed::show).head(embed::head))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// Where the form of a document is posted.
pub fn forms() -> Router {
    let forms = get(editor::show).head(editor::head).post(editor::apply);
    Router::new().route("/p/{file}", forms).with_state(editor::Kept::default())
}

/// What is answered without work.
pub fn files() -> Router {
    Router::new().route("/healthz", get(health::live)).route(assets::ROUTE, get(assets::asset))
}

/// Where a server says whether it is ready.
pub fn readiness(readiness: Readiness) -> Router {
    Router::new().route("/readyz", get(health::ready)).with_state(readiness)
}

/// Answers `HEAD` for a page that is always there.
async fn drawn() -> axum::response::Response {
    page::head(StatusCode::OK)
}
