//! Every route of the server.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::server::assets;
use crate::server::page::page;
use crate::web::pages::Start;

/// The routes, without what is [around](crate::server::middleware::around) them.
pub fn routes() -> Router {
    Router::new()
        .route("/", get(start))
        .route("/healthz", get(async || "ok"))
        .route(assets::ROUTE, get(assets::asset))
        .fallback(async || StatusCode::NOT_FOUND)
}

async fn start() -> Response {
    page(StatusCode::OK, Start)
}
