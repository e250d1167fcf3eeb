//! Every route of the server.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;

use crate::server::{assets, check, editor, form_body, page, start};

/// The routes, without what is [around](crate::server::middleware::around) them.
pub fn routes() -> Router {
    Router::new()
        .route("/", get(start::show).head(drawn).post(start::open))
        .route("/check", get(check::show).head(drawn).post(check::check))
        .route(
            "/p/{file}",
            get(editor::show).head(editor::head).post(editor::apply).layer(DefaultBodyLimit::max(form_body::MAX_BYTES)),
        )
        .route("/healthz", get(async || "ok"))
        .route(assets::ROUTE, get(assets::asset))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// Answers `HEAD` for a page that is always there.
async fn drawn() -> axum::response::Response {
    page::head(StatusCode::OK)
}
