//! The program as it is called.

mod advice;
mod bounds;
mod explain;
mod fix;
mod hosts;
mod lesson;
mod link;
mod readme;
mod render;
mod rule;
mod sarif;
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
    for command in ["", "serve", "validate", "render", "link", "explain", "rule", "lesson", "completions", "man", "licences"] {
        let args: Vec<_> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let name = format!("help_{}", if command.is_empty() { "podweave" } else { command });
        insta::assert_snapshot!(name, left(&podweave(&args)));
    }
}

#[test]
fn wrong_arguments_are_told() {
    insta::assert_snapshot!(left(&podweave(&["validate", "-o", "xml", "-"])));
    assert_eq!(podweave(&["expound"]).status.code(), Some(2));
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
fn a_base_that_is_none_is_told_where_it_is_needed() {
    for (base, reason) in [
        ("pods.example", "it must begin with http:// or https://"),
        ("https://$(id)", "there must be a host name or IP address"),
        ("https://pods.example/weave", "not below a path"),
        ("https://pods.example?a", "no ? and no #"),
        ("", "it must begin with http:// or https://"),
    ] {
        let refused = podweave(&["serve", "--addr", "127.0.0.1:0", "--base", base]);
        let told = left(&refused);
        assert!(told.starts_with("exit status 2\n") && told.contains(reason), "{told}");
        assert_eq!(left(&program(&["--addr", "127.0.0.1:0"]).env("PODWEAVE_BASE", base).output().unwrap()), told);
        let checked = program(&["render", "-"]).env("PODWEAVE_BASE", base).output().unwrap();
        assert!(!left(&checked).contains("base"), "{}", left(&checked));
    }
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = podweave(&["completions", shell]);
        assert_eq!(script.status.code(), Some(0));
        for command in ["validate", "render", "link", "explain"] {
            assert!(stdout(&script).contains(command), "{shell} {command}");
        }
    }
}

#[test]
fn the_licences_of_what_is_in_the_program_are_printed() {
    let printed = podweave(&["licences"]);
    assert_eq!(printed.status.code(), Some(0));
    let lines: Vec<_> = stdout(&printed).lines().collect();
    for package in ["axum", "k8s-openapi", "leptos", "libmimalloc-sys", "wasm-bindgen"] {
        assert!(lines.iter().any(|line| line.starts_with(&format!("  {package} "))), "{package}");
    }
    for text in ["Permission is hereby granted", "END OF TERMS AND CONDITIONS", "UNICODE LICENSE V3"] {
        assert!(lines.iter().any(|line| line.contains(text)), "{text}");
    }
    assert_eq!(stdout(&podweave(&["licenses"])), stdout(&printed));
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
    let commands = [
        "-completions",
        "-explain",
        "-lesson-check",
        "-lesson-link",
        "-lesson",
        "-licences",
        "-link",
        "-man",
        "-render",
        "-rule",
        "-serve",
        "-validate",
        "",
    ];
    assert_eq!(pages, commands.map(|command| format!("podweave{command}.1")));
}
