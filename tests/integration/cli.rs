//! The program as it is called.

mod link;
mod render;
mod validate;

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A call of the program, in an environment without settings.
fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podweave"));
    command.args(args).env_clear().stdin(Stdio::null());
    command
}

fn podweave(args: &[&str]) -> Output {
    program(args).output().unwrap()
}

fn podweave_reads(args: &[&str], input: impl AsRef<[u8]>) -> Output {
    feed(&mut program(args), input.as_ref())
}

fn feed(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that has seen enough closes its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// Everything that a call left: the exit status, what it wrote, and what it complained of.
fn left(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let complaints = text(&output.stderr);
    let complaints = if complaints.is_empty() { complaints } else { format!("--- stderr ---\n{complaints}") };
    format!("exit status {}\n{}{complaints}", output.status.code().unwrap(), text(&output.stdout))
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn help_is_good_reading() {
    for command in ["", "serve", "validate", "render", "link", "completions", "man"] {
        let args: Vec<_> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let name = format!("help_{}", if command.is_empty() { "podweave" } else { command });
        insta::assert_snapshot!(name, left(&podweave(&args)));
    }
}

#[test]
fn wrong_arguments_are_told() {
    insta::assert_snapshot!(left(&podweave(&["validate", "-o", "xml", "-"])));
    assert_eq!(podweave(&["explain"]).status.code(), Some(2));
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

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = podweave(&["completions", shell]);
        assert_eq!(script.status.code(), Some(0));
        for command in ["validate", "render", "link"] {
            assert!(stdout(&script).contains(command), "{shell} {command}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let page = podweave(&["man"]);
    assert!(stdout(&page).contains(".TH podweave 1"));
    let folder = folder(&[]);
    let written = program(&["man", "new/man1"]).current_dir(&folder).output().unwrap();
    assert_eq!(left(&written), "exit status 0\n");
    let mut pages: Vec<_> = fs::read_dir(folder.path().join("new/man1"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    let commands = ["-completions", "-link", "-man", "-render", "-serve", "-validate", ""];
    assert_eq!(pages, commands.map(|command| format!("podweave{command}.1")));
}
