//! The program as it is called.

use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

fn podweave(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_podweave"))
        .args(args)
        .env_remove("PODWEAVE_ADDR")
        .env_remove("PODWEAVE_LOG")
        .output()
        .unwrap()
}

fn podweave_reads(args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podweave"));
    let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn help_is_good_reading() {
    let help = podweave(&["--help"]);
    assert!(help.status.success());
    insta::assert_snapshot!(String::from_utf8(help.stdout).unwrap());
}

#[test]
fn a_taken_address_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let refused = podweave(&["serve", "--addr", &addr]);
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.starts_with(&format!("podweave: cannot listen on {addr}: Address already in use")), "{told}");
}

const REFUSED: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {tier: yes}
spec:
  containers:
  - name: web
    image: nginx
    ports:
    - containerPort: 80a
---
apiVersion: v1
kind: Pod
metadata: {name: b, nam: b}
---
a: [
";

#[test]
fn validate_says_what_is_wrong_and_where() {
    let answer = podweave_reads(&["validate", "-"], REFUSED.as_bytes());
    assert_eq!(answer.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(answer.stdout).unwrap());
}

#[test]
fn validate_says_it_as_json() {
    let answer = podweave_reads(&["validate", "-o", "json", "-"], REFUSED.as_bytes());
    assert_eq!(answer.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(answer.stdout).unwrap());
}

#[test]
fn validate_accepts_the_presets() {
    let answer = podweave(&["validate", concat!(env!("CARGO_MANIFEST_DIR"), "/src/document/presets")]);
    assert_eq!(answer.status.code(), Some(0), "{}", String::from_utf8_lossy(&answer.stdout));
}

#[test]
fn validate_names_what_it_cannot_read() {
    let answer = podweave(&["validate", "no/such/file.yaml"]);
    assert_eq!(answer.status.code(), Some(2));
    assert!(String::from_utf8(answer.stderr).unwrap().starts_with("podweave: no/such/file.yaml: No such file"));
}
