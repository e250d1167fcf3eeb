//! `podweave validate` for those who run it for every change: GitHub Actions and GitLab.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{folder, left, podweave_reads, program, stdout};

const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, nam: web}
spec:
  containers: [{name: web, image: nginx}]
  volumes:
  - name: html
    emptyDir: {medium: memory, sizeLimit: 1Mi}
";

const WARNED: &str = "apiVersion: v1
kind: Pod
metadata: {name: warned}
spec:
  nodeSelector: {beta.kubernetes.io/arch: amd64}
  containers: [{name: web, image: \"nginx:1.29\"}]
";

#[test]
fn github_gets_an_annotation_for_every_finding_and_the_summary() {
    let folder = folder(&[("a, b/pod.yaml", POD), ("good.yaml", WARNED)]);
    let output = program(&["validate", "-o", "github", "."]).current_dir(&folder).output().unwrap();
    insta::assert_snapshot!(left(&output));
}

#[test]
fn github_gets_a_part_of_very_much() {
    let many = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{}]}}\n", "{}, ".repeat(500));
    let answer: Value = serde_json::from_slice(&podweave_reads(&["validate", "-o", "json"], &many).stdout).unwrap();
    let document = &answer["files"][0]["documents"][0];
    let omitted = document["omitted"]["errors"].as_u64().unwrap();
    let further = document["findings"].as_array().unwrap().len() - 100 + usize::try_from(omitted).unwrap();
    let output = podweave_reads(&["validate", "-o", "github"], many);
    let lines: Vec<_> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 102);
    assert_eq!(lines[100], format!("::notice file=-::and {further} more in this file; -o json writes more"));
}

#[test]
fn gitlab_gets_an_entry_for_every_finding() {
    let folder = folder(&[("ä b.yaml", POD), ("copy.yaml", POD), ("good.yaml", WARNED)]);
    let output = program(&["validate", "-o", "gitlab", ".", "no.yaml"]).current_dir(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let entries = report.as_array().unwrap();
    let fingerprints: HashSet<_> = entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), entries.len());
    let of = |path: &str| entries.iter().filter(|entry| entry["location"]["path"] == path).cloned().collect::<Value>();
    assert_eq!(of("copy.yaml").as_array().map(Vec::len), of("ä b.yaml").as_array().map(Vec::len));
    insta::assert_snapshot!(format!("{:#}", of("ä b.yaml")));
    assert_eq!(of("good.yaml")[0]["severity"], json!("minor"));
}

#[test]
fn a_report_of_nothing_is_an_empty_list() {
    let folder = folder(&[("good.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: a}\n")]);
    let output = program(&["validate", "-o", "gitlab", "good.yaml"]).current_dir(&folder).output().unwrap();
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), "[\n]\n"));
}
