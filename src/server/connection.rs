//! One connection: what it waits for, and what is held for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::http::Extensions;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::server::connections::Connections;
use crate::server::limits::Limits;

/// How long a connection that has asked for nothing yet counts as busy: its first request is surely under way.
const ARRIVING: Duration = Duration::from_secs(1);

/// How a connection is told to end.
#[derive(Clone, Copy, PartialEq)]
pub enum Ending {
    /// After the answers to the requests that have arrived.
    Graceful,
    /// At once.
    Cut,
}

/// What is known of a connection. A request carries the connection on which it came among its extensions.
pub struct Connection {
    /// All connections of the server, of which this is one.
    others: Weak<Connections>,
    state: Mutex<State>,
    told: Notify,
}

struct State {
    /// Since when the present wait lasts.
    since: Instant,
    /// Since when the client has taken no byte of what is written.
    blocked: Option<Instant>,
    /// Requests that have begun and whose answers are not out.
    requests: usize,
    /// Requests among them whose bodies are being received.
    receiving: usize,
    /// Requests among them for which the server works, or which wait for that.
    working: usize,
    /// Bytes that are held for the client.
    held: usize,
    /// The client sends nothing more.
    finished: bool,
    /// How the connection was told to end.
    ending: Option<Ending>,
    /// Who reads, and hears of the client's end when no request is left.
    reader: Option<Waker>,
    /// Who answers, and waits for the client to take what was written before.
    writers: Vec<Waker>,
}

impl Connection {
    /// A new connection, one of `others`.
    pub fn new(others: &Arc<Connections>) -> Self {
        Self::with(Arc::downgrade(others))
    }

    fn with(others: Weak<Connections>) -> Self {
        let state = State {
            since: Instant::now(),
            blocked: None,
            requests: 0,
            receiving: 0,
            working: 0,
            held: 0,
            finished: false,
            ending: None,
            reader: None,
            writers: Vec::new(),
        };
        Self { others, state: Mutex::new(state), told: Notify::new() }
    }

    /// The connection on which a request with these `extensions` came. A request that came on none gets one of its own.
    pub fn of(extensions: &Extensions) -> Arc<Self> {
        extensions.get().cloned().unwrap_or_else(|| Arc::new(Self::with(Weak::new())))
    }

    /// Tells the connection to end. Whoever serves it hears of it in [`told`](Self::told).
    pub fn end(&self, ending: Ending) {
        let mut state = self.state();
        if state.is_cut() {
            return;
        }
        state.ending = Some(ending);
        if ending == Ending::Cut {
            self.discount(std::mem::take(&mut state.held));
        }
        drop(state);
        self.told.notify_one();
    }

    /// Waits until the connection is told to end, and how.
    pub async fn told(&self) -> Ending {
        self.told.notified().await;
        self.state().ending.unwrap_or(Ending::Graceful)
    }

    /// Tells the connection to end if the client has kept the server waiting for longer than `limits` allow: gracefully at
    /// first, in case that a request is on its way.
    pub fn close_if_overdue(&self, now: Instant, limits: &Limits) {
        let state = self.state();
        if !state.is_overdue(now, limits) {
            return;
        }
        let ending = if state.is_idle() && state.ending.is_none() { Ending::Graceful } else { Ending::Cut };
        drop(state);
        self.end(ending);
    }

    /// What the wait for the client has cost so far, in bytes times microseconds. `None` where the server does not wait for
    /// the client.
    pub fn cost(&self, now: Instant) -> Option<u128> {
        let state = self.state();
        let bytes = state.waits().then_some(state.held).filter(|bytes| *bytes > 0)?;
        Some((bytes as u128).saturating_mul(now.duration_since(state.since).as_micros().max(1)))
    }

    /// For how long the server has waited for the client, and before that whether the client has asked for nothing meanwhile.
    /// `None` where the server does not wait.
    pub fn waited(&self, now: Instant) -> Option<(bool, Duration)> {
        let state = self.state();
        let waited = now.duration_since(state.since);
        state.waits().then_some((state.requests == 0 && waited > ARRIVING, waited))
    }

    /// Begins a request.
    pub fn begin(self: &Arc<Self>) -> Phase {
        Phase::new(self, |state| &mut state.requests)
    }

    /// Begins to receive the body of a request.
    pub fn receive(self: &Arc<Self>) -> Phase {
        Phase::new(self, |state| &mut state.receiving)
    }

    /// Begins to work for a request.
    pub fn work(self: &Arc<Self>) -> Phase {
        Phase::new(self, |state| &mut state.working)
    }

    /// Holds `bytes` for the client. `None` if there is no room for so many.
    pub fn try_hold(self: &Arc<Self>, bytes: usize) -> Option<Held> {
        let others = self.others.upgrade();
        if let Some(others) = &others {
            others.count(bytes);
        }
        let mut state = self.state();
        if state.is_cut() {
            self.discount(bytes);
            return None;
        }
        state.held += bytes;
        drop(state);
        let held = Held { connection: Arc::clone(self), bytes };
        others.is_none_or(|others| others.make_room(self)).then_some(held)
    }

    /// Whether the client has closed its side, so that it may have left.
    pub fn is_finished(&self) -> bool {
        self.state().finished
    }

    /// Waits until the client takes what was written before, so that not one answer after the other is kept for it.
    pub async fn writable(&self) {
        std::future::poll_fn(|context| {
            let mut state = self.state();
            if state.blocked.is_none() {
                return Poll::Ready(());
            }
            if !state.writers.iter().any(|writer| writer.will_wake(context.waker())) {
                state.writers.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// Notes that the client took something.
    pub(super) fn wrote(&self) {
        let mut state = self.state();
        state.blocked = None;
        state.writers.drain(..).for_each(Waker::wake);
    }

    /// Notes that the client takes nothing.
    pub(super) fn write_blocked(&self) {
        self.state().blocked.get_or_insert_with(Instant::now);
    }

    /// Notes that the client sends nothing more. Whoever reads hears of it only when no request is left to be answered: a
    /// client that has closed its side may still read the answer.
    pub(super) fn poll_finished(&self, context: &Context<'_>) -> Poll<()> {
        let mut state = self.state();
        state.finished = true;
        if state.requests == 0 || state.receiving > 0 {
            return Poll::Ready(());
        }
        state.reader = Some(context.waker().clone());
        Poll::Pending
    }

    /// Whether the connection was told to end at once.
    pub(super) fn is_cut(&self) -> bool {
        self.state().is_cut()
    }

    fn discount(&self, bytes: usize) {
        if let Some(others) = self.others.upgrade() {
            others.discount(bytes);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_cut(&self) -> bool {
        self.ending == Some(Ending::Cut)
    }

    fn waits(&self) -> bool {
        self.working == 0 && !self.is_cut()
    }

    fn is_idle(&self) -> bool {
        self.requests == 0 && self.blocked.is_none()
    }

    fn is_overdue(&self, now: Instant, limits: &Limits) -> bool {
        let is_over = |since: Instant, limit| now.duration_since(since) > limit;
        match self.blocked {
            Some(blocked) => is_over(blocked, limits.write),
            None if self.is_idle() => is_over(self.since, limits.head),
            None => self.working == 0 && self.receiving == 0 && is_over(self.since, limits.chunk),
        }
    }
}

/// A part of a request's time, which is over when this is dropped.
pub struct Phase {
    connection: Arc<Connection>,
    counter: fn(&mut State) -> &mut usize,
}

impl Phase {
    fn new(connection: &Arc<Connection>, counter: fn(&mut State) -> &mut usize) -> Self {
        let mut state = connection.state();
        *counter(&mut state) += 1;
        state.since = Instant::now();
        drop(state);
        Self { connection: Arc::clone(connection), counter }
    }
}

impl Drop for Phase {
    fn drop(&mut self) {
        let mut state = self.connection.state();
        *(self.counter)(&mut state) -= 1;
        state.since = Instant::now();
        let reader = if state.requests == 0 { state.reader.take() } else { None };
        drop(state);
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}

/// Bytes that are held for a client, until this is dropped.
pub struct Held {
    connection: Arc<Connection>,
    bytes: usize,
}

impl Held {
    /// Takes `bytes` of these into an own part.
    pub fn split(&mut self, bytes: usize) -> Self {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        Self { connection: Arc::clone(&self.connection), bytes }
    }

    /// Holds `bytes` more. `false` if there is no room for so many.
    pub fn try_grow(&mut self, bytes: usize) -> bool {
        let Some(mut more) = self.connection.try_hold(bytes) else { return false };
        self.bytes += std::mem::take(&mut more.bytes);
        true
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut state = self.connection.state();
        state.since = Instant::now();
        // A connection that was cut has given back everything already.
        if state.is_cut() {
            return;
        }
        state.held -= self.bytes;
        drop(state);
        self.connection.discount(self.bytes);
    }
}
