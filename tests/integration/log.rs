//! What the server writes about itself, and that it does not depend on it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use axum::http::{Request, StatusCode};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::client::page_of;

/// The program, as a process of its own that serves.
struct Process {
    child: Child,
    addr: SocketAddr,
}

impl Process {
    fn start(log: &str, stderr: impl Into<Stdio>) -> Self {
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_podweave"));
        command.args(["serve", "--addr", &addr.to_string(), "--log", log]).env_clear().stderr(stderr);
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        while TcpStream::connect(addr).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "the server has ended");
            sleep(Duration::from_millis(20));
        }
        Self { child, addr }
    }

    fn answer(&self, request: &str) -> String {
        let mut socket = TcpStream::connect(self.addr).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The status of the answer to a request of HTTP/2.
    fn status_over_http_2(&self, target: &str) -> StatusCode {
        Runtime::new().unwrap().block_on(async {
            let socket = tokio::net::TcpStream::connect(self.addr).await.unwrap();
            let (mut client, connection) = h2::client::handshake(socket).await.unwrap();
            tokio::spawn(connection);
            let request =
                Request::get(format!("http://secret-host{target}")).header("x-secret", "secret-header").body(()).unwrap();
            client.send_request(request, true).unwrap().0.await.unwrap().status()
        })
    }

    /// Asks the process to stop, and answers whether it ended well.
    fn stop(mut self) -> bool {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().success()
    }
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: secret-host\r\nX-Secret: secret-header\r\nConnection: close\r\n\r\n")
}

#[test]
fn a_request_is_logged_without_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let server = Process::start("trace", File::create(&path).unwrap());
    let page = page_of(&json!({"kind": "Pod", "metadata": {"name": "secret-name"}}));
    let (_, code) = page.rsplit_once('/').unwrap();
    let body = "metadata.name=secret-body&edit=secret-edit";
    let post = format!(
        "POST {page} HTTP/1.1\r\nHost: secret-host\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let shown = server.answer(&get(&format!("{page}?secret-query")));
    assert!(shown.starts_with("HTTP/1.1 200 "), "{shown}");
    let (_, id) = shown.split_once("x-request-id: ").unwrap();
    let (id, _) = id.split_once('\r').unwrap();
    for request in [
        get(&format!("{page}.yaml?download=secret-query&download=secret-query")),
        get(&format!("/p/1{code}")),
        get("/secret-path"),
        get("/%FF-secret-path"),
        get("secret-path"),
        post.clone(),
        post.replace("x-www-form-urlencoded", "secret-type"),
        post.replace("metadata.name=secret", "metadata.name=%zzsecret%"),
        "SECRET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".to_owned(),
    ] {
        assert!(!server.answer(&request).is_empty());
    }
    assert_eq!(server.status_over_http_2(&format!("{page}?secret-query")), StatusCode::OK);
    assert!(server.stop());

    let log = fs::read_to_string(path).unwrap();
    assert!(!log.to_lowercase().contains("secret"), "{log}");
    assert!(!log.contains(code), "{log}");
    let line = log.lines().find(|line| line.contains(id)).unwrap();
    for part in ["method=\"GET\"", "route=\"/p/{file}\"", "status=200", "micros=", "received=0", "sent="] {
        assert!(line.contains(part), "{line}");
    }
    let line = log.lines().find(|line| line.contains("method=\"POST\"")).unwrap();
    assert!(line.contains(&format!("received={}", body.len())), "{line}");
}

#[test]
fn without_a_place_for_its_log_the_server_serves() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for log in ["info", "trace"] {
        for stderr in [full(), Stdio::piped(), Stdio::null()] {
            let mut server = Process::start(log, stderr);
            // Nobody reads a pipe of which one end is closed.
            drop(server.child.stderr.take());
            for path in ["/healthz", "/"] {
                let answer = server.answer(&get(path));
                assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
                assert!(answer.contains("\r\n\r\n") && !answer.ends_with("\r\n\r\n"));
            }
            assert!(server.stop());
        }
    }
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let server = Process::start("trace", Stdio::piped());
    let requests = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000) + &get("/healthz");
    let mut socket = TcpStream::connect(server.addr).unwrap();
    let mut other = socket.try_clone().unwrap();
    let writer = std::thread::spawn(move || other.write_all(requests.as_bytes()).unwrap());
    let mut answers = String::new();
    socket.read_to_string(&mut answers).unwrap();
    writer.join().unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2001);
    assert!(server.stop());
}
