//! What happens around every route.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::IntoResponse;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use crate::server::health::Readiness;
use crate::server::limits::{MAX_FORM_BODY, MAX_TEXT_BODY};
use crate::server::origin::of_one_host;
use crate::server::work::{Work, work};
use crate::server::{error, headers, plain_page, request_log, router};

/// Every route of the server in the stack that it needs.
pub fn app(places: &Work, readiness: &Readiness) -> Router {
    let texts = worked(router::texts(), places, MAX_TEXT_BODY);
    let forms = worked(router::forms(), places, MAX_FORM_BODY);
    let files = router::files().layer(map_response(plain_page::pages));
    around(texts.merge(forms).merge(files).merge(router::readiness(readiness.clone())))
}

/// Wraps all `routes` in what every answer needs. A request passes it from top to bottom, its answer from bottom to top.
fn around(routes: Router) -> Router {
    routes.layer(
        ServiceBuilder::new().layer(from_fn(request_log::log)).layer(map_response(headers::complete)).layer(from_fn(of_one_host)),
    )
}

/// Wraps `routes` that take processor time, and bodies of at most `body_limit` bytes. All below the first layer happens in a
/// place of `work`.
fn worked(routes: Router, places: &Work, body_limit: usize) -> Router {
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(places.with_body_limit(body_limit), work))
            .layer(from_fn(error::pages))
            // The message of a panic may repeat a part of a document; the log has its place.
            .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
            // The body is there already, and no larger than it may be.
            .layer(DefaultBodyLimit::disable()),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, mpsc};
    use std::time::Duration;

    use axum::body::{Body, Bytes, to_bytes};
    use axum::http::header::{HOST, RETRY_AFTER};
    use axum::http::{Request, Response};
    use axum::routing::{get, post};
    use tower::ServiceExt;

    use super::*;
    use crate::server::limits::Limits;

    const LIMIT: usize = 1 << 20;

    #[expect(clippy::panic, reason = "the panic is what is tested")]
    async fn panics() -> &'static str {
        panic!("an inner matter")
    }

    async fn answer(path: &str, body: Body) -> (Response<()>, String) {
        let (_answered, is_answered) = mpsc::channel::<()>();
        let is_answered = Arc::new(Mutex::new(is_answered));
        // Keeps its thread until nobody waits for it.
        let slow = async move || _ = is_answered.lock().unwrap().recv();
        let routes = Router::new()
            .route("/panics", get(panics))
            .route("/slow", get(slow))
            .route("/length", post(async |body: Bytes| body.len().to_string()));
        let method = if path == "/length" { "POST" } else { "GET" };
        let request = Request::builder().method(method).uri(path).header(HOST, "pods.example").body(body).unwrap();
        let limits = Limits { answer: Duration::from_millis(50), ..Limits::default() };
        let work = Work::new(&limits);
        let _watch = work.watch();
        let response = around(worked(routes, &work, LIMIT)).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let text = to_bytes(body, usize::MAX).await.unwrap();
        (Response::from_parts(head, ()), String::from_utf8(text.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_becomes_a_page() {
        let (response, text) = answer("/panics", Body::empty()).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(text.contains("<h1>Something went wrong here</h1>"), "{text}");
        assert!(!text.contains("an inner matter"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_slow_answer_is_given_up() {
        let (response, text) = answer("/slow", Body::empty()).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.headers().contains_key(RETRY_AFTER));
        assert!(text.contains("<h1>That took too long</h1>"), "{text}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_goes_wrong_has_the_headers_of_every_answer() {
        for path in ["/panics", "/slow"] {
            let (response, _) = answer(path, Body::empty()).await;
            let header = |name: &str| response.headers()[name].to_str().unwrap();
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(header("cache-control"), "private, no-cache");
            assert!(header("content-security-policy").starts_with("default-src 'none'; "));
            assert!(header("permissions-policy").contains("camera=()"));
        }
    }

    #[tokio::test]
    async fn a_large_body_is_refused() {
        let (response, text) = answer("/length", Body::from(vec![0; LIMIT])).await;
        assert_eq!((response.status(), text), (StatusCode::OK, LIMIT.to_string()));
        let (response, text) = answer("/length", Body::from(vec![0; LIMIT + 1])).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(text.contains("<h1>That is too much</h1>"), "{text}");
    }
}
