//! Reads what is left of a request's body before its answer is sent.
//!
//! An answer that comes before the whole body was read ends the connection, and a client that is still sending then often
//! sees no answer but a lost connection: of a 413 nginx makes a 502 (RFC 9112, 9.6).

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// So many bytes are read in vain; a client that sends more loses its connection.
const MAX_DRAINED_BYTES: usize = 16 << 20;

/// So long the rest of a body is waited for.
const MAX_DRAINING_TIME: Duration = Duration::from_secs(5);

/// Answers `request` as `next` does, when its body has been read to its end. A client that sends its body only when it is told
/// to (`Expect: 100-continue`) is not told so in vain.
pub async fn drain(request: Request, next: Next) -> Response {
    if request.headers().contains_key(EXPECT) || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (back, mut left) = oneshot::channel();
    let request = request.map(|body| Body::from_stream(Returned { body: Some(body.into_data_stream()), back: Some(back) }));
    let response = next.run(request).await;
    if let Ok(body) = left.try_recv() {
        // Whoever is not done after this time may lose the connection.
        _ = timeout(MAX_DRAINING_TIME, discard(body)).await;
    }
    response
}

async fn discard(mut body: BodyDataStream) {
    let mut read = 0;
    while let Some(Ok(part)) = body.next().await {
        read += part.len();
        if read > MAX_DRAINED_BYTES {
            return;
        }
    }
}

/// A body that is given back if it is dropped before its end.
struct Returned {
    body: Option<BodyDataStream>,
    back: Option<oneshot::Sender<BodyDataStream>>,
}

impl Stream for Returned {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let part = ready!(body.poll_next_unpin(context));
        if !matches!(part, Some(Ok(_))) {
            self.body = None;
        }
        Poll::Ready(part)
    }
}

impl Drop for Returned {
    fn drop(&mut self) {
        if let (Some(body), Some(back)) = (self.body.take(), self.back.take()) {
            // Nobody waits for it where the client has gone.
            _ = back.send(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::body::to_bytes;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use futures::stream;
    use tower::ServiceExt;

    use super::*;

    const PART: usize = 1 << 16;

    /// Posts `parts` parts, and says how many of them were read.
    async fn read_of(path: &str, parts: usize, expect: bool) -> (StatusCode, usize) {
        let routes = Router::new()
            .route("/refused", post(async || StatusCode::FORBIDDEN))
            .route("/read", post(async |body: Body| to_bytes(body, usize::MAX).await.unwrap().len().to_string()))
            .route("/begun", post(async |body: Body| body.into_data_stream().next().await.is_some().to_string()));
        let read = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&read);
        let body = stream::iter(0..parts).map(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, std::io::Error>(vec![b'x'; PART])
        });
        let request = Request::post(path);
        let request = if expect { request.header(EXPECT, "100-continue") } else { request };
        let request = request.body(Body::from_stream(body)).unwrap();
        let response = routes.layer(from_fn(drain)).oneshot(request).await.unwrap();
        (response.status(), read.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn a_body_is_read_to_its_end() {
        assert_eq!(read_of("/refused", 50, false).await, (StatusCode::FORBIDDEN, 50));
        assert_eq!(read_of("/nothing", 50, false).await, (StatusCode::NOT_FOUND, 50));
        assert_eq!(read_of("/begun", 50, false).await, (StatusCode::OK, 50));
        assert_eq!(read_of("/read", 50, false).await, (StatusCode::OK, 50));
        assert_eq!(read_of("/refused", 0, false).await, (StatusCode::FORBIDDEN, 0));
    }

    #[tokio::test]
    async fn a_body_without_an_end_is_given_up() {
        assert_eq!(read_of("/refused", usize::MAX, false).await, (StatusCode::FORBIDDEN, MAX_DRAINED_BYTES / PART + 1));
    }

    #[tokio::test]
    async fn a_body_that_was_not_asked_for_is_not() {
        assert_eq!(read_of("/refused", 50, true).await, (StatusCode::FORBIDDEN, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_not_waited_for() {
        let routes = Router::new().route("/refused", post(async || StatusCode::FORBIDDEN)).layer(from_fn(drain));
        let body = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let response = routes.oneshot(Request::post("/refused").body(body).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
}
