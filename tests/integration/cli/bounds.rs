//! What the program writes of texts that want too much of it, to readers that have seen enough, and of nothing at all.

use std::fs;
use std::io::{Write as _, pipe};
use std::process::Stdio;

use serde_json::{Value, json};

use super::{folder, left, podweave, podweave_reads, program, stdout};

const GOOD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec: {containers: [{name: web, image: nginx:1.29}]}\n";

/// A hundred documents in 123 KB, each with 97,361 errors behind its aliases.
fn many_findings() -> String {
    let mounts = format!("{{volumeMounts: [{}]}}", "{},".repeat(300));
    let spec = format!("spec: {{containers: [&c {mounts},{}]}}\n", "*c,".repeat(80));
    vec![format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n{spec}"); 100].join("---\n")
}

#[test]
fn what_is_found_without_end_is_written_in_part_and_counted() {
    let text = many_findings();
    let written = podweave_reads(&["validate", "-o", "json"], &text);
    assert_eq!(written.status.code(), Some(1));
    assert!(written.stdout.len() < 4 << 20, "{}", written.stdout.len());
    let answer: Value = serde_json::from_slice(&written.stdout).unwrap();
    let documents = answer["files"][0]["documents"].as_array().unwrap();
    let count = |document: &Value| document["findings"].as_array().map_or(0, Vec::len);
    assert_eq!(documents.len(), 100);
    assert_eq!((count(&documents[0]), &documents[0]["omitted"]), (1_000, &json!({"errors": 96_361})));
    assert!(documents.iter().map(count).sum::<usize>() <= 5_000);

    let log = podweave_reads(&["validate", "-o", "sarif"], &text);
    assert!(log.stdout.len() < 4 << 20, "{}", log.stdout.len());
    let log: Value = serde_json::from_slice(&log.stdout).unwrap();
    let run = &log["runs"][0];
    assert!(run["results"].as_array().is_some_and(|results| results.len() <= 5_000));
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "warning");
    assert!(notification["properties"]["omitted"]["errors"].as_u64() > Some(1_000_000), "{notification}");

    let shown = podweave_reads(&["validate"], &text);
    assert!(shown.stdout.len() < 200_000, "{}", shown.stdout.len());
    assert!(stdout(&shown).ends_with("100 documents in 1 file: 0 accepted, 100 refused\n"));
}

#[test]
fn documents_without_end_are_counted() {
    let answer = podweave_reads(&["validate", "-o", "json"], "- a\n---\n".repeat(12_000));
    assert!(answer.stdout.len() < 8 << 20, "{}", answer.stdout.len());
    let value: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let file = &value["files"][0];
    assert_eq!(file["documents"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(file["omitted"], json!({"documents": 2_000, "refused": 2_000, "warned": 0, "notJudged": 0}));
    let last = &file["documents"][9_999];
    assert_eq!(
        (&last["verdict"], &last["findings"], &last["omitted"]),
        (&json!("client_error"), &json!([]), &json!({"errors": 1}))
    );
    let accepted = podweave_reads(&["validate"], GOOD.to_owned() + &format!("---\n{GOOD}").repeat(10_001));
    assert_eq!(left(&accepted), "exit status 0\n10002 documents in 1 file: 10002 accepted, 0 refused\n");
}

#[test]
fn a_text_that_grows_when_it_is_laid_out_is_bounded() {
    let document = format!("a: {}{}{}\n", "[".repeat(95), "1,".repeat(100_000), "]".repeat(95));
    let deep = format!("{document}---\n{document}");
    for format in ["yaml", "json"] {
        let answer = podweave_reads(&["render", "-o", format], &deep);
        assert_eq!((answer.status.code(), stdout(&answer)), (Some(1), ""));
        assert!(left(&answer).contains("the documents would be larger than 32 MiB when they are written"), "{}", left(&answer));
    }
    let broken = podweave_reads(&["render"], "[\n---\n".repeat(10_000));
    assert!(left(&broken).ends_with("… and 9900 more\n\n"), "{:.300}", left(&broken));
}

#[test]
fn a_reader_that_has_seen_enough_changes_no_exit_status() {
    let all = format!("{GOOD}---\nkind: Service\n---\n{}", "a: [\n---\n".repeat(3_000));
    let fixable = GOOD.replace("apiVersion: v1\n", "");
    let folder = folder(&[("all.yaml", &all), ("good.yaml", GOOD), ("fixable.yaml", &fixable)]);
    for (arguments, status) in [
        ("validate all.yaml", 1),
        ("validate -o json all.yaml", 1),
        ("validate -o sarif all.yaml", 1),
        ("validate -o github all.yaml", 1),
        ("validate -o gitlab all.yaml", 1),
        ("validate good.yaml", 0),
        ("validate --fix --dry-run fixable.yaml", 1),
        ("lesson check good.yaml", 1),
        ("render good.yaml", 0),
        ("render -o json good.yaml", 0),
        ("link good.yaml", 0),
        ("completions bash", 0),
        ("man", 0),
        ("licences", 0),
        ("help", 0),
        ("--help", 0),
        ("validate --help", 0),
        ("--version", 0),
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let arguments: Vec<_> = arguments.split(' ').collect();
        let output = program(&arguments).current_dir(&folder).stdout(writer).output().unwrap();
        assert_eq!(left(&output), format!("exit status {status}\n"), "{arguments:?}");
    }
}

#[test]
fn a_closed_error_stream_changes_nothing() {
    let folder = folder(&[("broken.yaml", "a: [\n"), ("service.yaml", "kind: Service\n")]);
    for (arguments, status) in
        [("render broken.yaml", 1), ("link service.yaml", 1), ("validate no.yaml", 2), ("validate broken.yaml", 1)]
    {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let arguments: Vec<_> = arguments.split(' ').collect();
        let child = program(&arguments).current_dir(&folder).stdout(Stdio::null()).stderr(writer).spawn().unwrap();
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(status), "{arguments:?}");
    }
}

#[test]
fn an_input_without_a_manifest_is_told() {
    let told = |arguments: &[&str], input: &str| {
        let output = podweave_reads(arguments, input);
        let complaint = String::from_utf8(output.stderr.clone()).unwrap();
        (output.status.code().unwrap(), complaint)
    };
    for (command, status) in [("validate", 2), ("render", 1), ("link", 1)] {
        let empty = "podweave: -: the standard input is empty\n".to_owned();
        assert_eq!(told(&[command], ""), (status, empty.clone()));
        assert_eq!(told(&[command, "-"], " \n"), (status, empty));
        let (found, complaint) = told(&[command], "# nothing\n---\n");
        assert_eq!(
            (found, complaint.starts_with("podweave: -: there is no manifest in this text")),
            (status, true),
            "{complaint}"
        );
    }
    let folder = folder(&[("a.yaml", ""), ("b.yaml", "# nothing\n"), ("good.yaml", GOOD)]);
    let of = |arguments: &[&str]| left(&program(arguments).current_dir(&folder).output().unwrap());
    assert_eq!(
        of(&["validate", "a.yaml"]),
        "exit status 2\n0 documents in 1 file (1 without a manifest): 0 accepted, 0 refused\n\
         --- stderr ---\npodweave: a.yaml: this file is empty\n"
    );
    assert!(of(&["validate", "a.yaml", "b.yaml"]).ends_with("podweave: there is no manifest in these 2 files\n"));
    assert_eq!(of(&["validate", "."]), "exit status 0\n1 document in 3 files (2 without a manifest): 1 accepted, 0 refused\n");
    let sarif = program(&["validate", "-o", "sarif", "b.yaml"]).current_dir(&folder).output().unwrap();
    let log: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_directory_of_many_files_is_judged() {
    let folder = folder(&[]);
    for number in 0..2_000 {
        fs::write(folder.path().join(format!("{number}.yaml")), GOOD).unwrap();
    }
    let answer = program(&["validate", "."]).current_dir(&folder).output().unwrap();
    assert_eq!(left(&answer), "exit status 0\n2000 documents in 2000 files: 2000 accepted, 0 refused\n");
}

#[test]
fn an_input_that_is_too_large_is_told_without_reading_it_all() {
    let mut child = program(&["validate"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mebibyte = " ".repeat(1 << 20);
    let written = (0..64).map(|_| input.write_all(mebibyte.as_bytes())).take_while(Result::is_ok).count();
    drop(input);
    assert!(written < 64, "{written} MiB");
    let output = child.wait_with_output().unwrap();
    assert!(left(&output).ends_with("podweave: -: larger than 4 MiB, and the API server takes 3 MiB\n"), "{}", left(&output));
    assert_eq!(podweave(&["validate", "no.yaml"]).status.code(), Some(2));
}
