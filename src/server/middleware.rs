//! What happens around every route.

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode};
use axum::middleware::{from_fn, map_response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::server::config::{BODY_LIMIT, TIMEOUT};
use crate::server::drain::drain;
use crate::server::{error, headers};

/// Wraps `routes` in the whole stack. A request passes it from top to bottom, its answer from bottom to top.
pub fn around(routes: Router) -> Router {
    routes.layer(
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http())
            .layer(CompressionLayer::new())
            .layer(from_fn(drain))
            .layer(map_response(headers::complete))
            .layer(map_response(async |response: Response<_>| error::pages(response.map(Body::new)).await))
            .layer(CatchPanicLayer::new())
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT)),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::{Bytes, to_bytes};
    use axum::http::Request;
    use axum::routing::{get, post};
    use tower::ServiceExt;

    use super::*;

    #[expect(clippy::panic, reason = "the panic is what is tested")]
    async fn panics() -> &'static str {
        panic!("an inner matter")
    }

    async fn slow() {
        tokio::time::sleep(TIMEOUT + Duration::from_secs(1)).await;
    }

    async fn answer(path: &str, body: Body) -> (StatusCode, String) {
        let routes = Router::new()
            .route("/panics", get(panics))
            .route("/slow", get(slow))
            .route("/length", post(async |body: Bytes| body.len().to_string()));
        let method = if path == "/length" { "POST" } else { "GET" };
        let request = Request::builder().method(method).uri(path).body(body).unwrap();
        let response = around(routes).oneshot(request).await.unwrap();
        let status = response.status();
        let text = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(text.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_becomes_a_page() {
        let (status, text) = answer("/panics", Body::empty()).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(text.contains("<h1>Something went wrong here</h1>"), "{text}");
        assert!(!text.contains("an inner matter"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_answer_is_given_up() {
        let (status, text) = answer("/slow", Body::empty()).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(text.contains("<h1>That took too long</h1>"), "{text}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_goes_wrong_has_the_headers_of_every_answer() {
        for path in ["/panics", "/slow"] {
            let routes = Router::new().route("/panics", get(panics)).route("/slow", get(slow));
            let response = around(routes).oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            let header = |name: &str| response.headers()[name].to_str().unwrap();
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(header("cache-control"), "private, no-cache");
            assert!(header("content-security-policy").contains("'nonce-"));
            assert!(header("permissions-policy").contains("camera=()"));
        }
    }

    #[tokio::test]
    async fn a_large_body_is_refused() {
        assert_eq!(answer("/length", Body::from(vec![0; BODY_LIMIT])).await, (StatusCode::OK, BODY_LIMIT.to_string()));
        let (status, text) = answer("/length", Body::from(vec![0; BODY_LIMIT + 1])).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(text.contains("<h1>That is too much</h1>"), "{text}");
    }
}
