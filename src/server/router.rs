//! Every route of the server.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::server::page::page;
use crate::web::pages::Start;

/// The routes, without the middleware around them.
pub fn router() -> Router {
    Router::new().route("/", get(start)).route("/healthz", get(async || "ok"))
}

async fn start() -> Response {
    page(StatusCode::OK, Start)
}
