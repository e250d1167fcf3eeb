//! `podweave link`.

use podweave::document::link;

use super::{feed, left, podweave, podweave_reads, program, stdout};

const POD: &str = "kind: Pod\nmetadata: {name: web}\n";

#[test]
fn a_link_carries_the_whole_text() {
    let links = podweave_reads(&["link"], format!("{POD}---\nkind: Job\n"));
    assert_eq!(links.status.code(), Some(0));
    let codes = stdout(&links).lines().map(|line| line.strip_prefix("http://127.0.0.1:3000/p/").unwrap());
    let texts: Vec<_> = codes.map(|code| link::decode(code).unwrap()).collect();
    assert_eq!(texts, [format!("{POD}---\nkind: Job\n")]);
}

#[test]
fn the_server_is_named_by_option_or_environment() {
    let option = podweave_reads(&["link", "--base", "https://pods.example/"], POD);
    assert!(stdout(&option).starts_with("https://pods.example/p/2"), "{}", left(&option));
    let environment = feed(program(&["link"]).env("PODWEAVE_BASE", "http://[::1]:80"), POD.as_bytes());
    assert!(stdout(&environment).starts_with("http://[::1]:80/p/2"), "{}", left(&environment));
    assert_eq!(podweave(&["link", "--base", "pods.example", "-"]).status.code(), Some(2));
}

#[test]
fn documents_without_a_link_are_told() {
    let answer = podweave_reads(&["link"], "kind: Service\nmetadata: {name: a}\n---\n- 1\n---\nkind: Pod\n");
    insta::assert_snapshot!(left(&answer));
    let large = podweave_reads(&["link"], format!("kind: Pod\nmetadata: {{name: {}}}\n", "a".repeat(300_000)));
    assert!(left(&large).ends_with("the document is larger than the 262144 bytes that a link may carry\n"));
    assert_eq!(large.status.code(), Some(1));
    for broken in [&b""[..], b"a: b: c", b"\xff"] {
        let answer = podweave_reads(&["link"], broken);
        assert_eq!((answer.status.code(), stdout(&answer)), (Some(1), ""));
    }
}

#[test]
fn a_long_link_comes_with_a_warning() {
    let labels: Vec<_> = (0..2000).map(|n| format!("  k{}: v{}", n * 7919 % 2003, n * 104_729 % 9973)).collect();
    let answer = podweave_reads(&["link"], format!("kind: Pod\nmetadata:\n{}\n", labels.join("\n")));
    assert_eq!(answer.status.code(), Some(0));
    let told = String::from_utf8(answer.stderr).unwrap();
    assert!(told.starts_with("podweave: -: warning: some programs cut links above 2000 characters"), "{told}");
}
