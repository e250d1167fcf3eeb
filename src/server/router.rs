//! Every route of the server.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;

use crate::server::{assets, check, editor, start};

/// The routes, without what is [around](crate::server::middleware::around) them.
pub fn routes() -> Router {
    Router::new()
        .route("/", get(start::show).post(start::open))
        .route("/check", get(check::show).post(check::check))
        .route("/p/{file}", get(editor::show).post(editor::apply))
        .route("/healthz", get(async || "ok"))
        .route(assets::ROUTE, get(assets::asset))
        .fallback(async || StatusCode::NOT_FOUND)
}
