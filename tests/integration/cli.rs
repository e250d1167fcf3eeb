//! The program as it is called.

use std::net::TcpListener;
use std::process::{Command, Output};

fn podweave(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_podweave"))
        .args(args)
        .env_remove("PODWEAVE_ADDR")
        .env_remove("PODWEAVE_LOG")
        .output()
        .unwrap()
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
