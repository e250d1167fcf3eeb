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
use crate::server::connection::Connection;
use crate::server::limits::Limits;
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
    body_limit: usize,
}

impl Work {
    /// Places for all requests of a server with these `limits`.
    pub fn new(limits: &Limits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.work)),
            queue: Arc::new(Semaphore::new(limits.queue)),
            watchdog: Arc::default(),
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
    async fn place(&self, connection: &Connection, deadline: Instant) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(place);
        }
        let _queued = self.queue.try_acquire().ok()?;
        let place = timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()?;
        (!connection.is_finished()).then_some(place)
    }

    fn is_full(&self) -> bool {
        self.places.available_permits() == 0 && self.queue.available_permits() == 0
    }
}

/// Answers a request with what `next` makes of it, in one of the places of `work`.
pub async fn work(State(work): State<Work>, request: Request, next: Next) -> Response {
    if work.is_full() {
        return plain_page::busy();
    }
    let connection = Connection::of(request.extensions());
    let (head, body) = request.into_parts();
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
    connection.writable().await;
    let mut response = answer(&work, &connection, head, upload, next).await;
    response.extensions_mut().insert(received);
    response
}

async fn answer(work: &Work, connection: &Arc<Connection>, head: Parts, upload: Option<Upload>, next: Next) -> Response {
    let working = connection.work();
    let arrived = Instant::now();
    let Some(place) = work.place(connection, arrived + work.limits.wait).await else { return plain_page::busy() };
    let watchdog = Arc::clone(&work.watchdog);
    // A task of its own, so that the connection is not stuck: it answers in time, and hears of a client that leaves.
    let done = tokio::spawn(async move {
        // Place and memory are given back when the work is done, even if nobody waits for it any longer.
        let (_place, _work) = (place, watchdog.begin());
        let (bytes, _held) = upload.map_or_else(Default::default, |upload| (upload.bytes, Some(upload.held)));
        whole(next.run(Request::from_parts(head, Body::from(bytes)))).await
    });
    let done = timeout_at(arrived + work.limits.answer, done).await;
    drop(working);
    match done {
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
