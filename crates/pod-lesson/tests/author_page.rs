//! What the page for authors shows works.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kube_dry_run::yaml;
use pod_lesson::check;
use pod_lesson::expression::{Answer, Budget, Expression};
use serde_json::Value;

/// What stands between the fences of this kind in the page for authors.
fn examples(kind: &str) -> String {
    let page = include_str!("../../../docs/LESSONS.md");
    page.split(&format!("\n```{kind}\n")).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// A Pod of which everything holds that the examples ask for.
const ALL: &str = "
kind: Pod
spec:
  securityContext: {fsGroup: 3000}
  initContainers:
    - {name: follow, image: 'busybox:1.37', restartPolicy: Always}
    - name: fill
      image: busybox:1.37
      command: [sh, -c, date > /fill/index.html]
      volumeMounts: [{name: data, mountPath: /fill}]
  containers:
    - name: writer
      image: busybox:1.37
      resources: {limits: {memory: 64Mi}}
      volumeMounts: [{name: data, mountPath: /data}]
    - name: reader
      image: busybox:1.37
      command: [tail, -n+1, -F]
      args: [/data/app.log]
      env: [{name: MODE, value: a}]
      readinessProbe: {exec: {command: [ls]}}
      resources: {limits: {memory: 64Mi}}
      volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
  volumes: [{name: data, emptyDir: {medium: Memory, sizeLimit: 32Mi}}]
";

/// A Pod of which nothing of that holds.
const NOTHING: &str = "
kind: Pod
spec:
  containers:
    - {name: writer, image: busybox}
    - {name: reader, image: busybox}
";

fn answer(check: &str, manifest: &str) -> Answer {
    let document: Value = yaml::parse(manifest).unwrap().remove(0).value;
    Expression::new(check).evaluate(&document, &mut Budget::default())
}

#[test]
fn the_example_of_the_page_for_authors_works() {
    let problems = check(&examples("yaml"));
    assert_eq!(problems, []);
}

#[test]
fn the_checks_of_the_page_for_authors_hold_where_they_should_and_nowhere_else() {
    let examples = examples("cel");
    let checks: Vec<_> = examples.split("\n\n").map(|example| example.split_once('\n').unwrap()).collect();
    assert!(checks.len() > 15 && checks.iter().all(|(comment, _)| comment.starts_with("// ")), "{checks:?}");
    for (comment, check) in checks {
        assert_eq!(answer(check, ALL), Answer::True, "{comment}");
        assert!(matches!(answer(check, NOTHING), Answer::False | Answer::Missing(_)), "{comment}");
    }
}
