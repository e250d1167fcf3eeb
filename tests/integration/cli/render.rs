//! `podweave render`.

use super::{left, podweave, podweave_reads, stdout};

const SHUFFLED: &str = "# kept nowhere
kind: Pod
spec:
  containers: [{image: nginx, name: web, env: [{value: \"yes\", name: A}, {name: B, value: \"\\e\\x9b\"}]}]
metadata: {labels: {b: \"1\"}, name: web}
apiVersion: v1
---
{\"kind\": \"Service\", \"apiVersion\": \"v1\"}
";

#[test]
fn documents_are_put_in_order() {
    insta::assert_snapshot!("yaml", left(&podweave_reads(&["render"], SHUFFLED)));
    insta::assert_snapshot!("json", left(&podweave_reads(&["render", "-o", "json", "-"], SHUFFLED)));
}

#[test]
fn what_is_in_order_stays_as_it_is() {
    let once = podweave_reads(&["render"], SHUFFLED);
    let twice = podweave_reads(&["render"], &once.stdout);
    assert_eq!(stdout(&once), stdout(&twice));
    let first = stdout(&once).split("---\n").next().unwrap();
    let through_json = podweave_reads(&["render", "-o", "json"], first);
    assert_eq!(stdout(&podweave_reads(&["render"], &through_json.stdout)), first);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let broken = "kind: Pod\n---\nkind: Pod\nkind: Job\n---\na: b: c\n";
    insta::assert_snapshot!(left(&podweave_reads(&["render"], broken)));
    assert_eq!(
        left(&podweave_reads(&["render"], "# nothing\n")),
        "exit status 1\n--- stderr ---\npodweave: -: there is no manifest in this text\n"
    );
    assert!(
        left(&podweave(&["render", "no.yaml"])).starts_with("exit status 2\n--- stderr ---\npodweave: no.yaml: No such file")
    );
}
