//! Listens, serves every connection, and ends.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Version};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rustix::net::sockopt::set_socket_send_buffer_size;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::sleep;
use tower::Service;

use crate::origin::Origin;
use crate::server::answer;
use crate::server::connection::{Connection, Ending};
use crate::server::connections::{Connections, Place};
use crate::server::health::Readiness;
use crate::server::limits::{CHUNK, Limits, MAX_HEAD, MAX_STREAMS, SEND_BUFFER, WINDOW};
use crate::server::middleware;
use crate::server::plain_page;
use crate::server::transport::Transport;
use crate::server::work::Work;

/// How long to wait where the system has no connection to give because it lacks something itself.
const PAUSE: Duration = Duration::from_millis(100);

/// How many connections may wait to be taken: more than may be open, so that a crowd need not try again after a second.
const BACKLOG: i32 = 4096;

/// How long to take connections at least after the signal to stop, so that none of those is lost.
const LAST_CONNECTIONS: Duration = Duration::from_millis(20);

/// What a header takes in memory beside its name and value, and a request beside its headers; generously.
const ENTRY: usize = 256;
const FIELDS: usize = 4096;

/// A server that listens.
pub struct Listener {
    socket: TcpListener,
    work: Work,
    app: Router,
    readiness: Readiness,
    limits: Limits,
}

impl Listener {
    /// Listens on `addr` for requests to the whole application, and keeps the connections below the descriptors that the
    /// process may have.
    ///
    /// # Errors
    /// The address is taken, is not of this machine, or may not be used.
    pub async fn bind(addr: &str, limits: Limits) -> io::Result<Self> {
        let socket = TcpListener::bind(addr).await?;
        // Where the system refuses, a client that does not read costs it more, and fewer clients at once wait to be taken.
        _ = set_socket_send_buffer_size(&socket, SEND_BUFFER);
        _ = rustix::net::listen(&socket, BACKLOG);
        let limits = Limits { connections: limits.connections.min(descriptors(&limits)).max(1), ..limits };
        let (work, readiness) = (Work::new(&limits), Readiness::default());
        Ok(Self { socket, app: middleware::app(&work, &readiness), work, readiness, limits })
    }

    /// This server with links that lead to `base`, where there is one.
    #[must_use]
    pub fn with_base(self, base: Option<Origin>) -> Self {
        Self { app: super::at(base, self.app), ..self }
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not say.
    pub fn addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Serves until `stop` gives an item, and then a little longer: [`Limits::shutdown_delay`] as before, but not ready, and at
    /// most [`Limits::shutdown`] without new connections. Another item ends everything at once.
    pub async fn serve(self, mut stop: mpsc::Receiver<()>) {
        let connections = Connections::new(self.limits.clone());
        let closing = tokio::spawn(Arc::clone(&connections).close_overdue());
        let _watch = self.work.watch();
        let told_again = tokio::select! {
            never = self.accept(&connections) => match never {},
            again = self.told_to_stop(&mut stop) => again,
        };
        drop(self);
        if !told_again {
            tokio::select! {
                () = connections.shut_down() => (),
                () = told(&mut stop) => (),
            }
        }
        connections.cut_all();
        closing.abort();
    }

    /// Waits for the signal to stop, and until no new connections are taken. Answers whether there was another signal.
    async fn told_to_stop(&self, stop: &mut mpsc::Receiver<()>) -> bool {
        stop.recv().await;
        tracing::info!("stopping");
        self.readiness.stop();
        tokio::select! {
            () = sleep(self.limits.shutdown_delay.max(LAST_CONNECTIONS)) => false,
            () = told(stop) => true,
        }
    }

    async fn accept(&self, connections: &Arc<Connections>) -> Infallible {
        let protocol = Arc::new(protocol());
        loop {
            match self.socket.accept().await {
                Ok((socket, _)) => {
                    let place = connections.place().await;
                    let served = serve(socket, place, self.app.clone(), Arc::clone(&protocol), self.limits.close);
                    tokio::spawn(served);
                }
                Err(error) if is_of_the_client(&error) => (),
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken");
                    connections.cut_longest_waiting();
                    sleep(PAUSE).await;
                }
            }
        }
    }
}

/// Waits for an item; for ever, where none can come.
async fn told(stop: &mut mpsc::Receiver<()>) {
    if stop.recv().await.is_none() {
        pending::<()>().await;
    }
}

/// Whether a connection failed because its client was gone before it was taken.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}

/// How many descriptors the process may have for connections. It asks for more where it may.
fn descriptors(limits: &Limits) -> usize {
    let wanted = limits.connections + limits.spare_descriptors;
    let present = getrlimit(Resource::Nofile);
    let Some(current) = present.current else { return limits.connections };
    let most = present.maximum.map_or(wanted as u64, |maximum| maximum.min(wanted as u64));
    let is_raised = most > current && setrlimit(Resource::Nofile, Rlimit { current: Some(most), ..present }).is_ok();
    let available = if is_raised { most } else { current };
    usize::try_from(available).unwrap_or(usize::MAX).saturating_sub(limits.spare_descriptors)
}

/// HTTP/1.1, or HTTP/2 where the client begins so, as a proxy may.
///
/// The times of a connection are watched by [`Connections`], in one way for both: hyper itself has none for the first bytes, by
/// which the two are told apart, nor for a connection of HTTP/2 on which nothing is asked.
fn protocol() -> Builder<TokioExecutor> {
    let mut protocol = Builder::new(TokioExecutor::new());
    protocol.http1().header_read_timeout(None).max_buf_size(MAX_HEAD as usize);
    protocol
        .http2()
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEAD)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_send_buf_size(CHUNK);
    protocol
}

/// Serves one connection until it ends, by itself or because it is told to.
async fn serve(socket: TcpStream, place: Place, app: Router, protocol: Arc<Builder<TokioExecutor>>, close: Duration) {
    // Without it, the last part of an answer may wait for the client to confirm the part before.
    _ = socket.set_nodelay(true);
    let connection = &place.connection;
    let transport = TokioIo::new(Transport::new(socket, Arc::clone(connection), close));
    let service = service_fn(|request| respond(request, app.clone(), connection));
    let mut served = pin!(protocol.serve_connection(transport, service));
    loop {
        tokio::select! {
            // The end comes first: an answer that is made after it says that the connection closes.
            biased;
            ending = connection.told() => match ending {
                Ending::Graceful => served.as_mut().graceful_shutdown(),
                Ending::Cut => break,
            },
            // Whatever the client did wrong has been answered, or it is not there any more.
            _ = served.as_mut() => break,
        }
    }
}

/// Answers one request on `connection`.
fn respond(
    mut request: Request<Incoming>,
    mut app: Router,
    connection: &Arc<Connection>,
) -> impl Future<Output = Result<Response, Infallible>> + use<> {
    let phase = connection.begin();
    let head = (request.version() == Version::HTTP_2).then(|| connection.try_hold(size_of_head(&request)));
    let connection = Arc::clone(connection);
    request.extensions_mut().insert(Arc::clone(&connection));
    async move {
        connection.writable().await;
        let response = match head {
            Some(None) => plain_page::busy(),
            _ => app.call(request.map(Body::new)).await?,
        };
        Ok(response.map(|body| answer::ending(body, phase)))
    }
}

/// What a request of HTTP/2 takes in memory before anything is done: one of HTTP/1.1 has its place in the connection's buffer.
fn size_of_head<B>(request: &Request<B>) -> usize {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + ENTRY);
    headers.sum::<usize>() + target + FIELDS
}
