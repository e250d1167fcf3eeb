//! Every route of the server.

use axum::Router;
use axum::routing::get;

use crate::server::{editor, start};

/// The routes, without the middleware around them.
pub fn router() -> Router {
    Router::new()
        .route("/", get(start::show).post(start::open))
        .route("/p/{file}", get(editor::show).post(editor::apply))
        .route("/healthz", get(async || "ok"))
}
