//! What a request takes of the memory of the program, as a process of its own. Only Linux tells how much that was at most.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use podweave::document::link;
use serde_json::json;

/// The most that the program may have had, in MiB: less than half of what a container has, as a second core may take as much.
const MAX_MEBIBYTES: u64 = 104;

struct Server {
    child: Child,
    addr: SocketAddr,
}

impl Server {
    fn start() -> Self {
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_podweave"));
        command.args(["serve", "--addr", &addr.to_string()]).env_clear().stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        while TcpStream::connect(addr).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "the server has ended");
            sleep(Duration::from_millis(20));
        }
        Self { child, addr }
    }

    /// The status of the answer to a request with `head` and `body`.
    fn status(&self, head: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(self.addr).unwrap();
        let length = body.len();
        let request = format!("{head}\r\nHost: a\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// The most that the process has had of the memory, in MiB, but for the file of the program, which is large in a debug build and
    /// which the system reads again when it likes; nothing where the system does not tell.
    fn peak(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let kibibytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        };
        Some(kibibytes("VmHWM:")?.saturating_sub(kibibytes("RssFile:")?) >> 10)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A Pod, and beside it what no Pod has: `text` below the key `key`.
fn beside_a_pod(key: &str, text: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{{name: a, image: b}}]}}\n? {key}\n: {text}\n"
    )
}

/// `item` as often as it fits into `bytes`.
fn filled(item: &str, bytes: usize) -> String {
    item.repeat(bytes / item.len())
}

fn form(text: &str) -> String {
    let code = link::v2::encode(text).unwrap();
    format!("POST /p/{code} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\npodweave-live: 1")
}

#[test]
fn an_edit_of_the_worst_document_fits_into_a_container() {
    let brackets = format!("[{}]", filled(&format!("{}{},", "[".repeat(95), "]".repeat(95)), 250_000));
    let braces = format!("[{}0]", filled(&format!("{}1{},", "{\"a\":".repeat(90), "}".repeat(90)), 240_000));
    let as_json = json!({"apiVersion": "v1", "kind": "Pod", "x": serde_json::from_str::<serde_json::Value>(&braces).unwrap()});
    let documents = [
        // Whoever keeps a path for each of its lines keeps the key two thousand times.
        ("a key of 100 KB", beside_a_pod(&"x".repeat(100_000), &filled("\n  - a: 1", 20_000))),
        ("brackets", beside_a_pod("x", &brackets)),
        ("dashes", beside_a_pod("x", &filled(&format!("\n  {}a", "- ".repeat(90)), 250_000))),
        ("braces", as_json.to_string()),
    ];
    for (name, text) in documents {
        for edit in ["edit=comment&metadata.name=b", "edit=share-new"] {
            let server = Server::start();
            let status = server.status(&form(&text), edit);
            // A machine with very much else to do gives up on it.
            assert!(["200", "422", "503"].contains(&status.as_str()), "{name}, {edit}: {status}");
            let peak = server.peak().unwrap_or_default();
            assert!(peak <= MAX_MEBIBYTES, "{name}, {edit}: {peak} MiB");
        }
    }
}
