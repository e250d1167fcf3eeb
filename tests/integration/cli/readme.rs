//! What the README says of the command line.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{folder, left, program};

const README: &str = include_str!("../../../README.md");

const GOOD: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\nspec: {containers: [{name: web, image: \"nginx:1.29\"}]}\n";

const BAD: &str = "apiVersion: v1
kind: Pod
metadata: {name: Bad}
spec:
  nodeSelector: {beta.kubernetes.io/arch: amd64}
  containers:
  - {name: a, image: nginx, volumeMounts: [{name: Html, mountPath: /a}]}
  volumes:
  - {name: Html, emptyDir: {medium: memory}} # podweave: ignore latest-tag
---
apiVersion: v2
kind: Pod
";

#[test]
fn the_commands_for_continuous_integration_work() {
    let folder = folder(&[("deploy/good.yaml", GOOD)]);
    let commands = README.lines().filter_map(|line| {
        let (before, arguments) = line.split_once(": podweave validate")?;
        let is_command = ["- run", "script", "entry"].contains(&before.trim_start());
        is_command.then(|| arguments.split(" > ").next().unwrap_or_default())
    });
    let commands: Vec<_> = commands.collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    for arguments in commands {
        let mut arguments: Vec<_> = arguments.split_whitespace().collect();
        arguments.insert(0, "validate");
        // A hook gets the files behind its command.
        arguments.extend((!arguments.contains(&"deploy/")).then_some("deploy/good.yaml"));
        let output = program(&arguments).current_dir(&folder).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {}", left(&output));
    }
}

#[test]
fn every_key_of_json_is_explained() {
    let many = format!(
        "apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n---\n{}",
        "{}, ".repeat(600),
        "- a\n---\n".repeat(10_001)
    );
    let folder = folder(&[("bad.yaml", BAD), ("many.yaml", &many)]);
    let output = program(&["validate", "-o", "json", ".", "no.yaml"]).current_dir(&folder).output().unwrap();
    let mut keys = BTreeSet::new();
    add_keys(&serde_json::from_slice(&output.stdout).unwrap(), &mut keys);
    let unexplained: Vec<_> = keys.iter().filter(|key| !README.contains(&format!("`{key}`"))).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    for key in ["causedBy", "failures", "fix", "later", "notJudged", "omitted", "safe", "silenced", "type"] {
        assert!(keys.contains(key), "{key}");
    }
}

fn add_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            keys.extend(members.keys().cloned());
            members.values().for_each(|member| add_keys(member, keys));
        }
        Value::Array(items) => items.iter().for_each(|item| add_keys(item, keys)),
        _ => {}
    }
}
