//! The processor work of requests: as much at once as there are processors, so that nothing else waits for it.
//!
//! A request is received as a whole first. Then it takes a place, or waits for one in a bounded queue; where that is full, or
//! takes too long, the answer is 503 at once and nothing is done. The [`Watchdog`] sees to it that the threads that work do not
//! keep the runtime from everything else.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, response};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::server::answer;
use crate::server::cache::{Cache, Wanted};
use crate::server::coding::coded;
use crate::server::connection::Connection;
use crate::server::limits::Limits;
use crate::server::parameters::without_others;
use crate::server::plain_page;
use crate::server::request_log::Received;
use crate::server::upload::{Upload, receive};
use crate::server::watchdog::{Watch, Watchdog};

/// The places for work, and those who wait for one.
#[derive(Clone)]
pub struct Work {
    limits: Arc<Limits>,
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    watchdog: Arc<Watchdog>,
    cache: Cache,
    body_limit: usize,
}

impl Work {
    /// Places for all requests of a server with these `limits`.
    pub fn new(limits: &Limits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.work)),
            queue: Arc::new(Semaphore::new(limits.queue)),
            watchdog: Arc::default(),
            cache: Cache::default(),
            limits: Arc::new(limits.clone()),
            body_limit: 0,
        }
    }

    /// The same places, for requests with bodies of at most `limit` bytes.
    pub fn with_body_limit(&self, limit: usize) -> Self {
        Self { body_limit: limit, ..self.clone() }
    }

    /// Sees to it that the work does not keep the present runtime from everything else, until what is returned is dropped.
    pub fn watch(&self) -> Watch {
        self.watchdog.watch(Handle::current())
    }

    /// Waits for a place for a request on `connection`. `None` if there is none soon, or if the client has left meanwhile.
    async fn place(&self, connection: &Connection, deadline: Instant) -> Option<Place> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(Place { _permit: permit, was_free: true });
        }
        let _queued = self.queue.try_acquire().ok()?;
        let permit = timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()?;
        (!connection.is_finished()).then_some(Place { _permit: permit, was_free: false })
    }

    fn is_full(&self) -> bool {
        self.places.available_permits() == 0 && self.queue.available_permits() == 0
    }
}

/// A place for work, until it is dropped.
struct Place {
    _permit: OwnedSemaphorePermit,
    /// True if nobody had to wait for it.
    was_free: bool,
}

/// Answers a request with what was kept for it, or with what `next` makes of it, in one of the places of `work`.
pub async fn work(State(work): State<Work>, request: Request, next: Next) -> Response {
    let connection = Connection::of(request.extensions());
    let (mut head, body) = request.into_parts();
    if let Some(address) = without_others(&head.uri) {
        head.uri = address;
    }
    let wanted = work.cache.wanted(&mut head).await;
    if let Some(answer) = wanted.not_modified(&head) {
        return answer;
    }
    if let Some(finished) = wanted.kept() {
        let body = answer::body(finished.body.clone(), &connection);
        return finished.with(body);
    }
    if work.is_full() {
        return plain_page::busy();
    }
    let upload = if [Method::GET, Method::HEAD].contains(&head.method) {
        drop(body);
        None
    } else {
        match receive(body, &connection, work.body_limit, work.limits.body).await {
            Ok(upload) => Some(upload),
            Err(StatusCode::SERVICE_UNAVAILABLE) => return plain_page::busy(),
            Err(status) => return plain_page::of_status(status),
        }
    };
    let received = Received(upload.as_ref().map_or(0, |upload| upload.bytes.len()));
    let mut response = answer(&work, &connection, head, upload, wanted, next).await;
    response.extensions_mut().insert(received);
    response
}

async fn answer(
    work: &Work,
    connection: &Arc<Connection>,
    head: Parts,
    upload: Option<Upload>,
    wanted: Wanted,
    next: Next,
) -> Response {
    let working = connection.work();
    let arrived = Instant::now();
    let Some(place) = work.place(connection, arrived + work.limits.wait).await else { return plain_page::busy() };
    let watchdog = Arc::clone(&work.watchdog);
    let is_head = head.method == Method::HEAD;
    // A task of its own, so that the connection is not stuck: it answers in time, and hears of a client that leaves.
    let done = tokio::spawn(async move {
        // Place and memory are given back when the work is done, even if nobody waits for it any longer.
        let (place, _work) = (place, watchdog.begin());
        let (bytes, _held) = upload.map_or_else(Default::default, |upload| (upload.bytes, Some(upload.held)));
        // While this waited for its place, another may have made the same.
        if !place.was_free
            && let Some(finished) = wanted.kept()
        {
            let bytes = finished.body.clone();
            return (finished.with(()).into_parts().0, bytes);
        }
        let (mut head, bytes) = whole(next.run(Request::from_parts(head, Body::from(bytes)))).await;
        let bytes = coded(&mut head, bytes, wanted.coding);
        wanted.keep(&mut head, &bytes);
        (head, bytes)
    });
    let done = timeout_at(arrived + work.limits.answer, done).await;
    drop(working);
    match done {
        Ok(Ok((head, bytes))) if is_head && bytes.is_empty() => Response::from_parts(head, answer::untold()),
        Ok(Ok((head, bytes))) => Response::from_parts(head, answer::body(bytes, connection)),
        Ok(Err(_)) => plain_page::of_status(StatusCode::INTERNAL_SERVER_ERROR),
        Err(_) => plain_page::slow(),
    }
}

/// A response whose body has been made, too.
async fn whole(response: impl Future<Output = Response>) -> (response::Parts, Bytes) {
    let (head, body) = response.await.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => (head, bytes),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR.into_response().into_parts().0, Bytes::new()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use axum::Router;
    use axum::http::header::RETRY_AFTER;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tokio::task::yield_now;
    use tower::ServiceExt;

    use super::*;
    use crate::server::connections::Connections;

    /// Routes whose work ends when it is told to, with a count of how often it has begun.
    struct Workplace {
        work: Work,
        app: Router,
        begun: Arc<AtomicUsize>,
        end: mpsc::Sender<()>,
        _watch: Watch,
    }

    impl Workplace {
        fn new(limits: &Limits) -> Self {
            let places = Work::new(limits);
            let (end, ended) = mpsc::channel();
            let ended = Arc::new(std::sync::Mutex::new(ended));
            let begun = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&begun);
            let handler = async move || {
                count.fetch_add(1, Ordering::SeqCst);
                ended.lock().unwrap().recv().unwrap();
            };
            let app = Router::new().route("/", get(handler)).layer(from_fn_with_state(places.clone(), work));
            Self { _watch: places.watch(), work: places, app, begun, end }
        }

        fn ask(&self, connection: Option<&Arc<Connection>>) -> tokio::task::JoinHandle<Response> {
            let mut request = Request::new(Body::empty());
            if let Some(connection) = connection {
                request.extensions_mut().insert(Arc::clone(connection));
            }
            let app = self.app.clone();
            tokio::spawn(async move { app.oneshot(request).await.unwrap() })
        }

        /// Waits until as many requests work and wait for a place.
        async fn until(&self, working: usize, waiting: usize) {
            let Limits { queue, .. } = *self.work.limits;
            while self.begun.load(Ordering::SeqCst) != working || queue - self.work.queue.available_permits() != waiting {
                yield_now().await;
            }
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 3)]
    async fn past_a_short_queue_the_answer_is_503_at_once() {
        let place = Workplace::new(&Limits { work: 1, queue: 1, ..Limits::default() });
        let first = place.ask(None);
        place.until(1, 0).await;
        let second = place.ask(None);
        place.until(1, 1).await;
        let third = place.ask(None).await.unwrap();
        assert_eq!(third.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(third.headers().contains_key(RETRY_AFTER));
        place.end.send(()).unwrap();
        place.end.send(()).unwrap();
        assert_eq!(first.await.unwrap().status(), StatusCode::OK);
        assert_eq!(second.await.unwrap().status(), StatusCode::OK);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 3)]
    async fn work_that_waits_past_its_time_is_not_begun() {
        let place = Workplace::new(&Limits { work: 1, queue: 1, wait: Duration::from_millis(20), ..Limits::default() });
        let first = place.ask(None);
        place.until(1, 0).await;
        assert_eq!(place.ask(None).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
        place.end.send(()).unwrap();
        assert_eq!(first.await.unwrap().status(), StatusCode::OK);
        assert_eq!(place.begun.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 3)]
    async fn work_for_a_client_that_has_left_is_not_begun() {
        let limits = Limits { work: 1, queue: 2, ..Limits::default() };
        let place = Workplace::new(&limits);
        let first = place.ask(None);
        place.until(1, 0).await;
        let connection = Arc::new(Connection::new(&Connections::new(limits)));
        let closed = place.ask(Some(&connection));
        let dropped = place.ask(None);
        place.until(1, 2).await;
        _ = connection.poll_finished(&std::task::Context::from_waker(std::task::Waker::noop()));
        dropped.abort();
        place.until(1, 1).await;
        place.end.send(()).unwrap();
        assert_eq!(first.await.unwrap().status(), StatusCode::OK);
        assert_eq!(closed.await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(place.begun.load(Ordering::SeqCst), 1);
    }
}
