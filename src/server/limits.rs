//! What a client may take of the server: connections, time, memory and work. `docs/LIMITS.md` gives the reasons.

use std::num::NonZero;
use std::thread;
use std::time::Duration;

/// The largest body of a posted text: beyond every document that works, so that a larger one can still be told what is wrong.
pub const MAX_TEXT_BODY: usize = 4 << 20;

/// The largest body of a posted form of the editor. What is typed is escaped in it, which makes it up to three times as long.
pub const MAX_FORM_BODY: usize = 1 << 20;

/// The most bytes of a request's line and headers together, beside which nothing more of a connection is read in advance.
pub const MAX_HEAD: u32 = 64 << 10;

/// The most requests at once on one connection of HTTP/2.
pub const MAX_STREAMS: u32 = 32;

/// How many bytes of bodies a connection of HTTP/2 may have sent before the server has asked for them.
pub const WINDOW: u32 = 64 << 10;

/// How much of an answer the operating system takes before the client has: a client that takes less than a third of it in
/// [`Limits::write`] is cut.
pub const SEND_BUFFER: usize = 128 << 10;

/// How many bytes of an answer are handed to a connection at a time.
pub const CHUNK: usize = 32 << 10;

/// The limits of one server. The defaults are for the open internet; tests set smaller ones.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once. One more closes the one that has kept the server waiting for the longest time.
    pub connections: usize,
    /// Descriptors of the process that connections leave free for everything else.
    pub spare_descriptors: usize,
    /// For a request's line and headers, from the moment when the connection is opened or the last answer is out. An idle
    /// connection is closed after the same time.
    pub head: Duration,
    /// For a request's body.
    pub body: Duration,
    /// For a client to take any byte of an answer.
    pub write: Duration,
    /// For a client to take the next [`CHUNK`] of an answer.
    pub chunk: Duration,
    /// For a client to read the answer, after the server has stopped reading and closes the connection.
    pub close: Duration,
    /// Bytes of request heads, request bodies and answers at once, over all connections. Above it, the connection is cut that
    /// holds the most for the longest time.
    pub held: usize,
    /// Requests whose processor work is done at once.
    pub work: usize,
    /// Requests that wait for a place among them. One more is answered with 503.
    pub queue: usize,
    /// For a request to wait there. Afterwards it is answered with 503.
    pub wait: Duration,
    /// For a request to be answered, from the moment when it has arrived as a whole.
    pub answer: Duration,
    /// To go on accepting connections after the signal to stop, while the server says that it is not ready.
    pub shutdown_delay: Duration,
    /// For open connections to end afterwards.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1000,
            spare_descriptors: 64,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            write: Duration::from_secs(20),
            chunk: Duration::from_mins(1),
            close: Duration::from_secs(5),
            held: 48 << 20,
            work: thread::available_parallelism().map_or(1, NonZero::get),
            queue: 512,
            wait: Duration::from_secs(5),
            answer: Duration::from_secs(10),
            shutdown_delay: Duration::ZERO,
            shutdown: Duration::from_secs(8),
        }
    }
}
