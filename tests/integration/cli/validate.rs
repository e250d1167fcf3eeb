//! `podweave validate`.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use pod_lesson::lessons;
use serde_json::{Value, json};

use super::{feed, folder, left, podweave_reads, program, stdout};

const INVALID: &str = "apiVersion: v1
kind: Pod
metadata:
  name: Web_1
spec:
  restartPolicy: Sometimes
  containers:
  - name: web
    ports: [{containerPort: 70000}, {containerPort: 80, name: \"http server\"}]
    volumeMounts:
    - name: html
      mountPath: /usr/share/nginx/html
";

const WRONG_TYPES: &str = "apiVersion: v1
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
";

const STRICT: &str = "apiVersion: v1
kind: Pod
metadata: {name: b, nam: b}
spec:
  containers: []
  containers: []
";

const WARNED: &str = "apiVersion: v1
kind: Pod
metadata: {name: warned}
spec:
  nodeSelector: {beta.kubernetes.io/arch: amd64}
  containers:
  - {name: web, image: nginx:1.29}
";

const GOOD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec: {containers: [{name: web, image: nginx:1.29}]}\n";

const SYNTAX: &str = "apiVersion: v1\nkind: Pod\n\tspec: {}\n";

/// One document of every sort.
fn all() -> String {
    [INVALID, WRONG_TYPES, STRICT, WARNED, GOOD, "kind: Service\n", "kind: Pod\napiVersion: v2\n", SYNTAX, "# nothing\n"]
        .join("---\n")
}

#[test]
fn text_shows_every_finding_at_its_place() {
    insta::assert_snapshot!(left(&podweave_reads(&["validate"], all())));
}

#[test]
fn json_holds_every_answer() {
    let answer = podweave_reads(&["validate", "-o", "json", "-"], all());
    assert_eq!(answer.status.code(), Some(1));
    let value: Value = serde_json::from_slice(&answer.stdout).unwrap();
    insta::assert_snapshot!(format!("{value:#}"));
}

#[test]
fn sarif_holds_every_finding() {
    let folder = folder(&[("of teachers/1.yaml", &all()), ("2.json", "{\"kind\": \"Pod\"}")]);
    let log = program(&["validate", "-o", "sarif", ".", "no.yaml"]).current_dir(&folder).output().unwrap();
    assert_eq!(log.status.code(), Some(2));
    let mut value: Value = serde_json::from_slice(&log.stdout).unwrap();
    let run = &mut value["runs"][0];
    let rules = run["tool"]["driver"]["rules"].take();
    for result in run["results"].as_array_mut().unwrap() {
        let index = result.as_object_mut().unwrap().shift_remove("ruleIndex").unwrap().as_u64().unwrap();
        assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
    }
    // The others are those of advice, with their pages.
    run["tool"]["driver"]["rules"] = rules.as_array().unwrap()[..kube_dry_run::RULES.len()].into();
    insta::assert_snapshot!(format!("{value:#}"));
}

#[test]
fn what_is_accepted_is_only_counted() {
    assert_eq!(left(&podweave_reads(&["validate", "-"], GOOD)), "exit status 0\n1 document in 1 file: 1 accepted, 0 refused\n");
    let warned = podweave_reads(&["validate", "-"], WARNED);
    assert!(left(&warned).starts_with("exit status 0\n-: Pod/warned accepted, 1 warning\n\nwarning: spec.nodeSelector["));
    for built_in in lessons() {
        assert!(left(&podweave_reads(&["validate", "-"], built_in.finished())).starts_with("exit status 0"));
    }
}

#[test]
fn what_cannot_be_read_stops_nothing() {
    let folder = folder(&[("a/1.yaml", GOOD), ("a/b/2.yml", INVALID), ("a/notes.txt", "x"), ("empty/notes.txt", "x")]);
    let answer = program(&["validate", "no.yaml", "a", "empty", "/dev/zero"]).current_dir(&folder).output().unwrap();
    insta::assert_snapshot!(left(&answer));
}

#[test]
fn a_thousand_errors_stay_readable() {
    let many = |count: usize| (0..count).map(|n| format!("{{\"name\":\"c{n}\",\"image\":\"\"}}")).collect::<Vec<_>>().join(",");
    let one_line =
        format!(r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"a"}},"spec":{{"containers":[{}]}}}}"#, many(2000));
    let answer = podweave_reads(&["validate"], &one_line);
    assert!(answer.stdout.len() < 20_000, "{}", answer.stdout.len());
    assert!(stdout(&answer).contains("… and 1980 more in this document; -o json writes more\n"));
    let last = stdout(&answer).rsplit("error[").next().unwrap();
    insta::assert_snapshot!(last);

    let with_three = "kind: Pod\n---\n".repeat(500);
    let documents = podweave_reads(&["validate"], with_three);
    assert!(stdout(&documents).contains("… and 466 documents more with findings in this file; -o json writes more\n"));
}

#[test]
fn json_says_what_could_not_be_read() {
    let folder = folder(&[("good.yaml", GOOD)]);
    let answer = program(&["validate", "-o", "json", "good.yaml", "no\u{1b}.yaml"]).current_dir(&folder).output().unwrap();
    let value: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!((&value["files"][0]["path"], value["files"].as_array().map(Vec::len)), (&json!("good.yaml"), Some(1)));
    assert_eq!(value["failures"], json!(["no\u{1b}.yaml: No such file or directory (os error 2)"]));
    let whole: Value = serde_json::from_slice(&podweave_reads(&["validate", "-o", "json"], GOOD).stdout).unwrap();
    assert_eq!(whole["failures"], json!([]));
}

#[test]
fn what_a_hint_says_is_not_said_twice() {
    let text = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: web, image: \"nginx:1.29\", volumeMounts: [{name: Html, mountPath: /a}]}
  volumes:
  - {name: Html, emptyDir: {}}
";
    let output = podweave_reads(&["validate", "--no-advice"], text);
    assert!(stdout(&output).contains("help: This only follows: it is settled once `spec.volumes[0].name` is right"));
    assert!(!stdout(&output).contains("note: this follows from"), "{}", stdout(&output));
    let no_break_space = podweave_reads(&["validate"], "apiVersion: v1\nkind: Pod\n\u{a0}x: 1\n");
    assert!(stdout(&no_break_space).contains("| ^^\n"), "{}", stdout(&no_break_space));
}

#[test]
fn a_manifest_cannot_command_the_terminal() {
    let name = "\"P\\e[31mod\\x9b\"";
    let hostile = format!("apiVersion: v1\nkind: {name}\nmetadata: {{name: {name}}}\n---\nx: \u{1b}[31m\u{202e}\n");
    for output in ["text", "json", "sarif", "github", "gitlab"] {
        let answer = podweave_reads(&["validate", "-o", output, "-", "no\u{1b}[31m.yaml"], &hostile);
        for stream in [&answer.stdout, &answer.stderr] {
            let text = str::from_utf8(stream).unwrap();
            assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{text:?}");
            assert!(!text.contains('\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn places_are_the_same_whatever_the_line_breaks() {
    let places = |text: &str| {
        let answer = podweave_reads(&["validate", "-o", "json"], text);
        let value: Value = serde_json::from_slice(&answer.stdout).unwrap();
        let findings = value["files"][0]["documents"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| json!([finding["line"], finding["column"], finding["endColumn"]])).collect::<Vec<_>>()
    };
    let expected = places(INVALID);
    assert_eq!(expected[0], json!([4, 9, 14]));
    assert_eq!(places(&INVALID.replace('\n', "\r\n")), expected);
    assert_eq!(places(&format!("\u{feff}{INVALID}---\n{GOOD}")), expected);
}

#[test]
fn bytes_that_are_no_text_are_told() {
    insta::assert_snapshot!(left(&podweave_reads(&["validate"], b"kind: Pod\nmetadata: {name: \xff\xfe}\n")));
}

#[test]
fn colours_are_for_those_who_want_them() {
    let coloured = |variables: &[(&str, &str)]| {
        let answer = feed(program(&["validate"]).envs(variables.iter().copied()), INVALID.as_bytes());
        stdout(&answer).contains('\u{1b}')
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1")]));
    let answer = feed(program(&["validate"]).env("CLICOLOR_FORCE", "1"), WARNED.as_bytes());
    insta::assert_snapshot!(stdout(&answer).escape_debug().to_string().replace("\\n", "\n"));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let folder = folder(&[("all.yaml", &all().repeat(100))]);
    let mut child = program(&["validate", "-o", "json", "all.yaml"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(File::create(folder.path().join("stderr")).unwrap())
        .spawn()
        .unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(std::fs::read_to_string(folder.path().join("stderr")).unwrap(), "");
}
