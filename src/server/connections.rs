//! All open connections: for whom the server waits, since when, and what it holds for them meanwhile.
//!
//! A client costs the server something as long as the server waits for it: for the rest of a request, or for the client to
//! read an answer. Every such wait has a limit, and where there is too little for everybody, the client that has cost the most
//! makes room for the next one. A connection for which the server itself works is never closed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};

use crate::server::connection::{Connection, Ending};
use crate::server::limits::Limits;

/// How often [`Connections::close_overdue`] looks.
const ROUND: Duration = Duration::from_millis(250);

/// The open connections of a server.
pub struct Connections {
    limits: Limits,
    places: Arc<Semaphore>,
    /// By the order in which they were opened.
    open: Mutex<BTreeMap<usize, Arc<Connection>>>,
    opened: AtomicUsize,
    held: AtomicUsize,
}

impl Connections {
    /// None so far, and at most [`Limits::connections`].
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(limits.connections)),
            limits,
            open: Mutex::default(),
            opened: AtomicUsize::new(0),
            held: AtomicUsize::new(0),
        })
    }

    /// A place for one more connection. If there is none, the client that has kept the server waiting for the longest time
    /// loses its own.
    pub async fn place(self: &Arc<Self>) -> Place {
        let permit = loop {
            if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
                break permit;
            }
            self.cut_longest_waiting();
            if let Ok(Ok(permit)) = timeout(ROUND, Arc::clone(&self.places).acquire_owned()).await {
                break permit;
            }
        };
        let connection = Arc::new(Connection::new(self));
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        self.open().insert(number, Arc::clone(&connection));
        Place { connection, number, all: Arc::clone(self), _permit: permit }
    }

    /// Closes connections whose time is over, for ever.
    pub async fn close_overdue(self: Arc<Self>) {
        loop {
            sleep(ROUND).await;
            let now = Instant::now();
            for connection in self.open().values() {
                connection.close_if_overdue(now, &self.limits);
            }
        }
    }

    /// Lets every connection finish what it was asked, and waits until all are closed. Those that are still open after
    /// [`Limits::shutdown`] are cut.
    pub async fn shut_down(&self) {
        self.end_all(Ending::Graceful);
        if timeout(self.limits.shutdown, self.all_closed()).await.is_err() {
            self.end_all(Ending::Cut);
        }
    }

    /// Cuts every connection.
    pub fn cut_all(&self) {
        self.end_all(Ending::Cut);
    }

    async fn all_closed(&self) {
        let all = u32::try_from(self.limits.connections).unwrap_or(u32::MAX);
        // It fails only for a closed semaphore, which this one never is.
        _ = self.places.acquire_many(all).await;
    }

    fn end_all(&self, ending: Ending) {
        for connection in self.open().values() {
            connection.end(ending);
        }
    }

    /// Counts `bytes` as held.
    pub(super) fn count(&self, bytes: usize) {
        self.held.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Cuts connections as long as more than [`Limits::held`] is held.
    ///
    /// Answers whether there is room now: there is none where the server works on everything that is held, or where the
    /// connection `of` that asks has itself cost the most.
    pub(super) fn make_room(&self, of: &Arc<Connection>) -> bool {
        while self.held.load(Ordering::Relaxed) > self.limits.held {
            let Some(costliest) = self.costliest() else { return false };
            costliest.end(Ending::Cut);
            if Arc::ptr_eq(&costliest, of) {
                return false;
            }
        }
        true
    }

    /// Counts `bytes` as held no longer.
    pub(super) fn discount(&self, bytes: usize) {
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// The waiting connection with the greatest product of bytes and time.
    fn costliest(&self) -> Option<Arc<Connection>> {
        let now = Instant::now();
        let cost = |connection: &Arc<Connection>| Some((connection.cost(now)?, Arc::clone(connection)));
        self.open().values().filter_map(cost).max_by_key(|(cost, _)| *cost).map(|(_, connection)| connection)
    }

    /// Cuts an idle connection, or else one that takes its time with a request or an answer; of each kind the oldest.
    pub fn cut_longest_waiting(&self) {
        let now = Instant::now();
        let open = self.open();
        let longest =
            open.values().filter_map(|connection| Some((connection.waited(now)?, connection))).max_by_key(|(time, _)| *time);
        if let Some((_, connection)) = longest {
            connection.end(Ending::Cut);
        }
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<usize, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of an open connection, which is free again when this is dropped.
pub struct Place {
    /// What is known of the connection.
    pub connection: Arc<Connection>,
    number: usize,
    all: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.open().remove(&self.number);
    }
}
