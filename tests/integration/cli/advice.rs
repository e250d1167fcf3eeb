//! `podweave validate`: what is advised, and what is fixed.

use std::fs;

use serde_json::{Value, json};

use super::{folder, left, podweave_reads, program, stdout};

const ADVISED: &str = "# as the team runs it
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: writer # every five seconds
      image: alpine
      command: [sh, -c, 'while true; do date > /html/index.html; sleep 5; done']
      volumeMounts:
        - {name: html, mountPath: /html}
  volumes:
    - name: html
      emptyDir: {medium: memory, sizeLimit: 16Mi} # fast
";

const QUIET: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: quiet}\nspec: {containers: [{name: web, image: nginx:1.29}]}\n";

#[test]
fn advice_is_shown_at_its_place_and_notes_are_counted() {
    insta::assert_snapshot!(left(&podweave_reads(&["validate"], ADVISED)));
    let notes = QUIET.replace("}]}", "}], volumes: [{name: v, emptyDir: {}}]}");
    assert!(left(&podweave_reads(&["validate"], notes)).starts_with("exit status 0\n"));
}

#[test]
fn advice_has_its_own_member_in_json() {
    let answer = podweave_reads(&["validate", "-o", "json"], ADVISED);
    let value: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let document = &value["files"][0]["documents"][0];
    let severities: Vec<_> = document["advice"].as_array().unwrap().iter().map(|advice| &advice["severity"]).collect();
    assert!(["broken", "warning", "info"].iter().all(|word| severities.contains(&&json!(word))), "{severities:?}");
    let medium = document["advice"].as_array().unwrap().iter().find(|advice| advice["rule"] == "medium-unknown").unwrap();
    insta::assert_snapshot!(format!("{medium:#}"));
    assert_eq!((&document["findings"], &document["warnings"]), (&json!([]), &json!([])));
}

#[test]
fn how_far_it_gets_is_told_in_words_and_in_json() {
    let stages = |arguments: &[&str], text: &str| {
        let value: Value = serde_json::from_slice(&podweave_reads(arguments, text).stdout).unwrap();
        value["files"][0]["documents"][0].get("stages").cloned()
    };
    let json = ["validate", "-o", "json"];
    assert_eq!(stages(&json, ADVISED), Some(json!({"admitted": "green", "starts": "red", "shares": "amber"})));
    let refused = ADVISED.replace("name: html, mountPath", "name: htlm, mountPath");
    assert_eq!(stages(&json, &refused).unwrap()["admitted"], "red");
    assert_eq!(stages(&json, "apiVersion: v1\nkind: Service\n").unwrap()["starts"], "unknown");
    assert_eq!(stages(&[&json[..], &["--no-advice"]].concat(), ADVISED), None);
    let told = podweave_reads(&["validate"], ADVISED);
    assert!(
        stdout(&told).starts_with("-: Pod/web accepted; does not start: 1 broken; shares, with a catch: 1 warning\n\nStarts:\n")
    );
}

#[test]
fn rules_bring_their_pages_along_in_sarif() {
    let arguments = ["validate", "-o", "sarif", "--base", "https://pods.example"];
    let log: Value = serde_json::from_slice(&podweave_reads(&arguments, ADVISED).stdout).unwrap();
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["helpUri"], format!("https://pods.example/rules/{}", result["ruleId"].as_str().unwrap()));
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with('#'));
    }
    let levels: Vec<_> = run["results"].as_array().unwrap().iter().map(|result| &result["level"]).collect();
    assert!(["error", "warning", "note"].iter().all(|level| levels.contains(&&json!(level))), "{levels:?}");
    let without = podweave_reads(&["validate", "-o", "sarif"], ADVISED);
    assert!(!stdout(&without).contains("helpUri"));
}

#[test]
fn advice_decides_only_where_it_is_asked_to() {
    let status = |arguments: &[&str], text: &str| podweave_reads(arguments, text).status.code();
    assert_eq!(status(&["validate"], ADVISED), Some(0));
    assert_eq!(status(&["validate", "--deny-advice"], ADVISED), Some(1));
    assert_eq!(status(&["validate", "--deny-advice"], QUIET), Some(0));
    let without = podweave_reads(&["validate", "--no-advice"], ADVISED);
    assert_eq!(left(&without), "exit status 0\n1 document in 1 file: 1 accepted, 0 refused\n");
    let silenced = ADVISED.replace("# fast", "# podweave: ignore medium-unknown, latest-tag");
    assert_eq!(status(&["validate", "--deny-advice"], &silenced), Some(0));
}

#[test]
fn what_a_document_silences_is_told() {
    let silencing = ADVISED.replace("# fast", "# podweave: ignore medium-unknown, latest-tag");
    let text = format!("{silencing}---\n{ADVISED}---\n{QUIET}");
    insta::assert_snapshot!(left(&podweave_reads(&["validate"], &text)));
    let quiet = QUIET.replace("nginx:1.29", "nginx").replace("spec:", "# podweave: ignore latest-tag\nspec:");
    insta::assert_snapshot!(left(&podweave_reads(&["validate"], &quiet)));

    let json = podweave_reads(&["validate", "-o", "json"], &text);
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    let documents = value["files"][0]["documents"].as_array().unwrap();
    insta::assert_snapshot!(format!("{:#}", documents[0]["silenced"]));
    assert!(documents[1].get("silenced").is_none());
}

#[test]
fn what_is_silenced_is_suppressed_in_sarif() {
    let silencing = ADVISED.replace("# fast", "# podweave: ignore medium-unknown");
    let log: Value = serde_json::from_slice(&podweave_reads(&["validate", "-o", "sarif"], silencing).stdout).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let is_silenced = result["ruleId"] == "medium-unknown";
        let expected = if is_silenced { json!([{"kind": "inSource"}]) } else { json!([]) };
        assert_eq!(result["suppressions"], expected, "{result}");
    }
}

#[test]
fn a_comment_silences_nothing_in_other_documents() {
    let silencing = ADVISED.replace("# fast", "# podweave: ignore medium-unknown");
    let shown = podweave_reads(&["validate", "--fix", "--dry-run", "-"], format!("{silencing}---\n{ADVISED}"));
    assert_eq!(stdout(&shown).matches("\n+").count(), 2, "{}", stdout(&shown));
}

#[test]
fn safe_fixes_are_written_and_comments_stay() {
    let crlf = format!("\u{feff}{QUIET}---\n{ADVISED}").replace('\n', "\r\n");
    let folder = folder(&[("a.yaml", ADVISED), ("b/crlf.yaml", &crlf), ("good.yaml", QUIET), ("bad.yaml", "a: [\n")]);
    let run = |arguments: &[&str]| program(arguments).current_dir(&folder).output().unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();

    let shown = run(&["validate", "--fix", "--dry-run", "."]);
    assert_eq!(read("a.yaml"), ADVISED);
    insta::assert_snapshot!(left(&shown).replace('\r', "␍"));

    let written = run(&["validate", "--fix", "a.yaml", "b", "good.yaml"]);
    assert_eq!(written.status.code(), Some(0), "{}", left(&written));
    assert!(left(&written).ends_with("podweave: a.yaml: 1 fix made\npodweave: b/crlf.yaml: 1 fix made\n"), "{}", left(&written));
    assert_eq!(read("a.yaml"), ADVISED.replace("medium: memory", "medium: Memory"));
    assert_eq!(read("b/crlf.yaml"), crlf.replace("medium: memory", "medium: Memory"));
    assert_eq!(read("good.yaml"), QUIET);
    assert_eq!(left(&run(&["validate", "--fix", "--dry-run", "a.yaml", "b"])), "exit status 0\n");
}

#[test]
fn values_behind_aliases_and_merge_keys_are_settled_at_once() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - &base\n    name: a\n    image: nginx:1.29\n    \
                env:\n    - &flag {name: A, value: yes}\n    - {name: B, value: &mode 0644}\n  - <<: *base\n    name: b\n  - name: c\n    \
                image: nginx:1.29\n    env:\n    - <<: *flag\n    - {name: B, value: *mode}\n";
    let folder = folder(&[("a.yaml", text)]);
    let run = || program(&["validate", "--fix", "a.yaml"]).current_dir(&folder).output().unwrap();
    let read = || fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    run();
    let fixed = read();
    assert!(fixed.contains("&flag {name: A, value: \"yes\"}") && fixed.contains("&mode \"0644\"}\n  - <<: *base"), "{fixed}");
    assert_eq!(run().status.code(), Some(0), "{fixed}");
    assert_eq!(read(), fixed);
}

#[test]
fn the_standard_input_is_shown_with_its_fixes_but_not_written() {
    let shown = podweave_reads(&["validate", "--fix", "--dry-run", "-"], ADVISED);
    assert_eq!(shown.status.code(), Some(1));
    assert!(
        stdout(&shown)
            .contains("\n-      emptyDir: {medium: memory, sizeLimit: 16Mi} # fast\n+      emptyDir: {medium: Memory, ")
    );
    let refused = podweave_reads(&["validate", "--fix", "-"], ADVISED);
    assert_eq!(refused.status.code(), Some(2));
    assert!(left(&refused).contains("the standard input cannot be fixed"), "{}", left(&refused));
}

#[test]
fn a_text_that_cannot_be_read_is_mended_where_it_is_certain() {
    let fenced = format!("```yaml\n{ADVISED}```\n");
    let shown = podweave_reads(&["validate", "--fix", "--dry-run", "-"], fenced);
    let shown = stdout(&shown);
    assert!(shown.contains("\n-```yaml\n") && shown.contains("\n-```\n") && shown.contains("medium: Memory"), "{shown}");
    let unclear = podweave_reads(&["validate", "--fix", "--dry-run", "-"], ADVISED.replace("kind:", "kind"));
    assert_eq!(stdout(&unclear), "");
}
