//! Comments are added and taken out again without a change of anything else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use kube_dry_run::yaml;
use kube_explain::{add_comments, has_comments, remove_comments};
use proptest::prelude::*;
use serde_json::Value;
use walkdir::WalkDir;

/// What the documents of `text` mean; of one that cannot be read, why.
fn meaning(text: &str) -> Vec<Result<Value, String>> {
    yaml::documents(text).map(|read| read.map(|parsed| parsed.value).map_err(|_| "unreadable".to_owned())).collect()
}

fn check(text: &str) -> String {
    assert!(!has_comments(text), "{text}");
    let with = add_comments(text);
    assert_eq!(meaning(&with), meaning(text), "{text}\n{with}");
    assert_eq!(remove_comments(&with), text);
    assert_eq!(add_comments(&with), with);
    assert_eq!(has_comments(&with), with != text);
    assert_eq!(remove_comments(text), text);
    with
}

/// The manifests of good standing.
fn manifests() -> Vec<String> {
    let files = WalkDir::new("../kube-dry-run/tests/manifests").sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "yaml"));
    files.map(|file| fs::read_to_string(file.path()).unwrap()).collect()
}

#[test]
fn manifests_keep_their_meaning_and_their_text() {
    let manifests = manifests();
    assert!(manifests.len() > 50, "{}", manifests.len());
    for text in &manifests {
        assert_ne!(&check(text), text);
        check(&text.replace('\n', "\r\n"));
        check(text.trim_end());
    }
    check(&manifests.join("---\n"));
}

#[test]
fn documents_that_are_written_otherwise_keep_their_meaning_too() {
    for text in manifests() {
        let documents = yaml::parse(&text).unwrap();
        // As JSON, in braces all over several lines, and as an item of a list of objects.
        let json: Vec<_> = documents.iter().map(|parsed| serde_json::to_string_pretty(&parsed.value).unwrap()).collect();
        assert_eq!(check(&json.join("\n---\n")), json.join("\n---\n"));
        for parsed in &documents {
            let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": [parsed.value]});
            let written = yaml::write(&list).text;
            assert_ne!(check(&written), written);
            // With a list that is not indented.
            let flat = written.replace("\n  ", "\n");
            if yaml::parse(&flat).is_ok() {
                check(&flat);
            }
        }
    }
}

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {labels: x}}
spec:
  # Mine.
  containers:
  - image: nginx:1.29
    name: web
    args:
    - |
      # An empty directory; it lives exactly as long as the Pod.
      emptyDir:
    volumeMounts:
      - name: html
        mountPath: /usr/share/nginx/html
    resources: {
      limits: {memory: 1Gi}
    }
  - image: alpine:3.22
    name: writer
  volumes:
  - emptyDir: {}
    name: html
";

#[test]
fn comments_stand_above_their_fields() {
    insta::assert_snapshot!(check(POD));
}

#[test]
fn comments_stand_in_a_preset() {
    insta::assert_snapshot!(check(&fs::read_to_string("../kube-dry-run/tests/manifests/web-content.yaml").unwrap()));
}

#[test]
fn each_document_has_its_own() {
    let with = check(&format!("{POD}---\n{POD}--- # next\nkind: Service\nspec: {{}}\n"));
    assert_eq!(with.matches("# The program, with all files that it needs.").count(), 2);
    assert!(with.ends_with("--- # next\nkind: Service\nspec: {}\n"));
}

#[test]
fn what_cannot_be_read_stays() {
    let broken = format!("{POD}---\nkind: Pod\nspec: [\n---\n{POD}");
    let with = check(&broken);
    assert!(with.contains("---\nkind: Pod\nspec: [\n---\n"));
    assert_eq!(with.matches("# An empty directory").count(), 4);
}

#[test]
fn comments_of_others_stay() {
    let text = "kind: Pod\nspec:\n  #Directories of the Pod. Who mounts one sees the same files.\n  volumes: []\n# else\n";
    assert_eq!(remove_comments(text), text);
    let moved =
        add_comments("kind: Pod\nspec:\n  volumes:\n    - name: a\n      emptyDir: {}\n").replace("      emptyDir: {}\n", "");
    assert!(has_comments(&moved));
    assert_eq!(remove_comments(&moved), "kind: Pod\nspec:\n  volumes:\n    - name: a\n");
}

#[test]
fn a_text_grows_to_the_sixfold_at_most() {
    for document in [
        "kind: Pod\nspec:\n---\n".to_owned(),
        "kind: Pod\nspec:\n volumes:\n containers:\n---\n".to_owned(),
        "kind: Pod\nspec:\n volumes:\n - emptyDir:\n    sizeLimit:\n    medium:\n containers:\n - env:\n   image:\n   args:\n---\n".to_owned(),
        format!("kind: Pod\nspec:\n{}volumes:\n---\n", " ".repeat(1_000)),
    ] {
        let text = document.repeat(1_000);
        let with = check(&text);
        assert!(with.len() > text.len() && with.len() <= 6 * text.len(), "{document}: {}", with.len() / text.len());
    }
}

/// Lines that may come in any order, so that many texts are no YAML and others strange YAML.
fn line() -> impl Strategy<Value = String> {
    let content = prop_oneof![
        Just("kind: Pod"),
        Just("kind: Deployment"),
        Just("apiVersion: v1"),
        Just("spec:"),
        Just("template:"),
        Just("containers:"),
        Just("volumes:"),
        Just("- image: a"),
        Just("- - image: a"),
        Just("image: |"),
        Just("image: >-"),
        Just("command: [sh,"),
        Just("a]"),
        Just("image: \"a"),
        Just("b\""),
        Just("emptyDir: {"),
        Just("emptyDir:"),
        Just("}"),
        Just("sizeLimit: 1Mi"),
        Just("- name: x"),
        Just("- emptyDir: {}"),
        Just("- &a emptyDir: {}"),
        Just("volumeMounts: &m"),
        Just("volumeMounts: *m"),
        Just("<<: *m"),
        Just("? image"),
        Just(": x"),
        Just("# mine"),
        Just("# An empty directory; it lives exactly as long as the Pod"),
        Just("text |+"),
        Just("command: |+"),
        Just(""),
        Just("---"),
        Just("..."),
        Just("%YAML 1.1"),
    ];
    (0_usize..5, content).prop_map(|(depth, content)| format!("{}{content}", "  ".repeat(depth)))
}

fn text() -> impl Strategy<Value = String> {
    let head =
        prop_oneof![Just(""), Just("kind: Pod\nspec:\n"), Just("\u{feff}kind: Pod\n"), Just("items:\n- kind: Pod\n  spec:\n")];
    let line_break = prop_oneof![4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r")];
    (head, prop::collection::vec(line(), 0..12), line_break)
        .prop_map(|(head, lines, line_break)| format!("{head}{}", lines.join("\n")).replace('\n', line_break))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_meaning(text in text()) {
        check(&text);
    }
}
