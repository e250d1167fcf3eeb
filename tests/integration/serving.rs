//! Connections: how they are served, and how they end.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::http::{Request, StatusCode};
use podweave::server::limits::Limits;
use podweave::server::listener::Listener;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::client::page_of;

/// Far longer than anything here takes; what waits for it has failed.
const TOO_LONG: Duration = Duration::from_mins(1);
const NEVER: Duration = Duration::from_hours(1);
const SOON: Duration = Duration::from_millis(100);

const HALF_HEAD: &str = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
const HALF_BODY: &str = "POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx";
const WELL: &str = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

/// A server in this process.
struct Server {
    addr: SocketAddr,
    stop: mpsc::Sender<()>,
    served: JoinHandle<()>,
}

impl Server {
    async fn start(limits: Limits) -> Self {
        let listener = Listener::bind("127.0.0.1:0", limits).await.unwrap();
        let addr = listener.addr().unwrap();
        let (stop, stopped) = mpsc::channel(2);
        Self { addr, stop, served: tokio::spawn(listener.serve(stopped)) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.addr).await.unwrap()
    }

    /// A connection on which `text` was sent.
    async fn send(&self, text: &str) -> TcpStream {
        let mut socket = self.connect().await;
        socket.write_all(text.as_bytes()).await.unwrap();
        socket
    }

    /// Everything that is answered to `text` until the connection ends.
    async fn answers(&self, text: &str) -> String {
        rest(&mut self.send(text).await).await
    }

    async fn get(&self, path: &str) -> String {
        self.answers(&format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await
    }

    async fn stop(&self) {
        self.stop.send(()).await.unwrap();
    }

    async fn ended(self) {
        in_time(self.served).await.unwrap();
    }
}

async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(TOO_LONG, future).await.unwrap()
}

/// What is read until the connection ends, one way or another.
async fn rest(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    _ = in_time(socket.read_to_end(&mut bytes)).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes until the server has closed the connection.
async fn until_closed(socket: &mut TcpStream) {
    in_time(async {
        while socket.write_all(b"\r\n").await.is_ok() {
            sleep(SOON).await;
        }
    })
    .await;
}

fn status_of(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// RFC 9110, 8.6: what HEAD is told is the length of what GET would get, or nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn who_asks_for_the_head_of_a_page_is_not_told_that_it_is_empty() {
    let server = Server::start(Limits::default()).await;
    for path in ["/", "/check", "/rules", "/explain", "/l/web-content"] {
        let head = server.answers(&format!("HEAD {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(status_of(&head), "200", "{path}");
        assert!(!head.to_ascii_lowercase().contains("content-length: 0"), "{path}: {head}");
        assert!(head.ends_with("\r\n\r\n"), "{path}: {head}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_connection_that_asks_nothing_is_closed() {
    let server = Server::start(Limits { head: SOON, ..Limits::default() }).await;
    for begun in ["", "P", "GET", HALF_HEAD, "PRI * HTTP/2.0\r\n\r\nSM", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        assert!(!server.answers(begun).await.contains("200"), "{begun}");
    }
    assert_eq!(status_of(&server.answers(WELL).await), "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_body_that_does_not_arrive_is_answered() {
    let server = Server::start(Limits { body: SOON, ..Limits::default() }).await;
    assert_eq!(status_of(&server.answers(HALF_BODY).await), "408");
    let server = Server::start(Limits::default()).await;
    let mut cut = server.send(HALF_BODY).await;
    cut.shutdown().await.unwrap();
    assert_eq!(status_of(&rest(&mut cut).await), "400");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_client_that_does_not_read_is_cut() {
    let server = Server::start(Limits { write: SOON, ..Limits::default() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut socket = in_time(socket.connect(server.addr)).await.unwrap();
    let containers = vec![json!({"name": "a", "image": "b", "args": vec!["x".repeat(100); 50]}); 50];
    let page = page_of(&json!({"kind": "Pod", "spec": {"containers": containers}}));
    for _ in 0..10 {
        socket.write_all(format!("GET {page} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes()).await.unwrap();
    }
    until_closed(&mut socket).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_client_that_does_not_read_is_not_listened_to() {
    let server = Server::start(Limits { write: NEVER, ..Limits::default() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut socket = in_time(socket.connect(server.addr)).await.unwrap();
    let heads = "HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1000);
    let taken = in_time(async {
        for sent in 0..2000 {
            if timeout(Duration::from_secs(2), socket.write_all(heads.as_bytes())).await.is_err() {
                return sent;
            }
        }
        2000
    })
    .await;
    assert!(taken < 2000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn past_the_most_connections_the_oldest_idle_one_makes_room() {
    let server = Server::start(Limits { connections: 4, head: NEVER, body: NEVER, ..Limits::default() }).await;
    let mut first = server.send(HALF_HEAD).await;
    let mut posts = Vec::new();
    for _ in 0..8 {
        posts.push(server.send(HALF_BODY).await);
    }
    assert_eq!(rest(&mut first).await, "");
    for _ in 0..8 {
        assert_eq!(status_of(&server.get("/healthz").await), "200");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn bodies_that_take_too_much_memory_make_room() {
    let server = Server::start(Limits { held: 3 << 20, body: NEVER, ..Limits::default() }).await;
    let body = "x".repeat(2 << 20);
    let mut cut = Vec::new();
    for _ in 0..3 {
        let mut socket = server.send("POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n").await;
        _ = socket.write_all(body.as_bytes()).await;
        cut.push(socket);
    }
    assert!(!rest(&mut cut[0]).await.contains(" 200 "));
    assert_eq!(status_of(&server.get("/").await), "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn half_requests_do_not_outlast_the_signal_to_stop() {
    let limits = Limits { shutdown: SOON, head: NEVER, body: NEVER, ..Limits::default() };
    let server = Server::start(limits).await;
    let mut held = Vec::new();
    for half in ["", "GET", HALF_HEAD, HALF_BODY] {
        held.push(server.send(half).await);
    }
    assert_eq!(status_of(&server.get("/healthz").await), "200");
    server.stop().await;
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_request_that_has_begun_is_answered_after_the_signal_to_stop() {
    let server = Server::start(Limits { shutdown: NEVER, ..Limits::default() }).await;
    let form = "--x--\r\n";
    let head = "POST /check HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\n";
    let mut begun = server.send(&format!("{head}Content-Length: {}\r\nExpect: 100-continue\r\n\r\n", form.len())).await;
    let mut told_to_continue = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    in_time(begun.read_exact(&mut told_to_continue)).await.unwrap();
    let mut idle = server.connect().await;
    assert_eq!(status_of(&server.get("/healthz").await), "200");
    server.stop().await;
    assert_eq!(rest(&mut idle).await, "");
    begun.write_all(form.as_bytes()).await.unwrap();
    let answer = rest(&mut begun).await;
    assert_eq!(status_of(&answer), "200");
    assert!(answer.contains("connection: close"), "{answer}");
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn another_signal_ends_it_at_once() {
    let limits = Limits { shutdown: NEVER, head: NEVER, ..Limits::default() };
    let server = Server::start(limits).await;
    let _half = server.send(HALF_HEAD).await;
    assert_eq!(status_of(&server.get("/healthz").await), "200");
    server.stop().await;
    server.stop().await;
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_server_that_is_told_to_stop_lives_but_is_not_ready() {
    let server = Server::start(Limits { shutdown_delay: NEVER, ..Limits::default() }).await;
    assert_eq!(status_of(&server.get("/readyz").await), "200");
    server.stop().await;
    in_time(async { while status_of(&server.get("/readyz").await) != "503" {} }).await;
    assert_eq!(status_of(&server.get("/healthz").await), "200");
    assert_eq!(status_of(&server.get("/").await), "200");
    server.stop().await;
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_server_with_too_much_to_do_says_so_and_lives() {
    let limits = Limits { work: 0, queue: 0, ..Limits::default() };
    let server = Server::start(limits).await;
    let busy = server.get("/").await;
    assert_eq!(status_of(&busy), "503");
    assert!(busy.contains("retry-after: "), "{busy}");
    assert!(busy.contains("<h1>The server is busy</h1>"), "{busy}");
    // Nobody waits for a body that is not wanted.
    assert_eq!(status_of(&server.answers(HALF_BODY).await), "503");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(status_of(&server.get(path).await), "200");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn what_is_no_http_is_answered_with_an_error() {
    let server = Server::start(Limits { close: SOON, ..Limits::default() }).await;
    let long = "x".repeat(100_000);
    let many = "a: b\r\n".repeat(1000);
    for (text, status) in [
        ("what is this\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(), "400"),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        ("GET /healthz HTTP/1.1\r\nAccept: */*\r\n\r\n".to_owned(), "400"),
        ("GET http://pods.example/ HTTP/1.1\r\n\r\n".to_owned(), "400"),
        ("GET /healthz HTTP/1.0\r\n\r\n".to_owned(), "200"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n".to_owned(), "400"),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\nHost: a\r\na: {long}\r\n\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"), "431"),
    ] {
        assert_eq!(status_of(&server.answers(&text).await), status, "{}", &text[..text.len().min(20)]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_client_that_sends_too_much_hears_so() {
    let server = Server::start(Limits::default()).await;
    let head = "POST /check HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut socket = server.send(head).await;
    let chunk = format!("100000\r\n{}\r\n", "x".repeat(1 << 20));
    for _ in 0..16 {
        socket.write_all(chunk.as_bytes()).await.unwrap();
    }
    socket.shutdown().await.unwrap();
    assert_eq!(status_of(&rest(&mut socket).await), "413");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_client_that_has_closed_its_side_is_answered() {
    let server = Server::start(Limits::default()).await;
    for path in ["/", "/healthz"] {
        let mut socket = server.send(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        socket.shutdown().await.unwrap();
        assert_eq!(status_of(&rest(&mut socket).await), "200");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_proxy_may_speak_http_2() {
    let server = Server::start(Limits::default()).await;
    let (mut client, connection) = h2::client::handshake(server.connect().await).await.unwrap();
    let connection = tokio::spawn(connection);
    for path in ["/", "/healthz"] {
        let request = Request::get(format!("http://a{path}")).body(()).unwrap();
        let (response, _) = client.send_request(request, true).unwrap();
        let response = in_time(response).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }
    server.stop().await;
    server.ended().await;
    drop(client);
    _ = in_time(connection).await.unwrap();
}
