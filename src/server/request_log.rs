//! One line in the log for each request: what was asked for, how it was answered, and what it took.
//!
//! The address, the query and the body are the document itself, so none of them is written: a request is named by the pattern
//! of its route, and by a number that the answer carries too.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Level;

/// What a filter of the log calls these lines: `request=debug` shows them.
pub const TARGET: &str = "request";

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How many bytes of a request's body were received; an extension of the answer.
#[derive(Clone, Copy, Default)]
pub struct Received(pub usize);

/// The number of a request, different for each of this and of other processes.
#[derive(Clone, Copy)]
struct RequestId(u32);

impl RequestId {
    fn next() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0) >> 32);
        write!(formatter, "{:08x}-{}", *PROCESS, self.0)
    }
}

/// Answers a request with what `next` makes of it, and writes its line. A request whose client leaves before the answer has a
/// line without a status.
pub async fn log(request: Request, next: Next) -> Response {
    let id = RequestId::next();
    let mut line = tracing::enabled!(target: TARGET, Level::DEBUG).then(|| Line::new(id, &request));
    let mut response = next.run(request).await;
    if let Some(line) = &mut line {
        line.answered(&response);
    }
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }
    response
}

struct Line {
    id: RequestId,
    method: Method,
    route: Option<MatchedPath>,
    begun: Instant,
    answer: Option<Answer>,
}

struct Answer {
    status: StatusCode,
    received: usize,
    sent: Option<u64>,
}

impl Line {
    fn new(id: RequestId, request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        Self { id, method: request.method().clone(), route, begun: Instant::now(), answer: None }
    }

    fn answered(&mut self, response: &Response) {
        let Received(received) = response.extensions().get().copied().unwrap_or_default();
        self.answer = Some(Answer { status: response.status(), received, sent: response.body().size_hint().exact() });
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Self { id, method, route, begun, answer } = self;
        let route = route.as_ref().map_or("none", MatchedPath::as_str);
        let micros = begun.elapsed().as_micros();
        // A method may be any word.
        let method = if is_known(method) { method.as_str() } else { "other" };
        let (status, received, sent) = match answer {
            Some(answer) => (Some(answer.status.as_u16()), Some(answer.received), answer.sent),
            None => (None, None, None),
        };
        tracing::debug!(target: TARGET, %id, method, route, status, micros, received, sent);
    }
}

fn is_known(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH].contains(method)
}
