//! `podweave explain`.

use super::{left, podweave, stdout};

#[test]
fn a_field_is_explained() {
    insta::assert_snapshot!(left(&podweave(&["explain", "spec.volumes.emptyDir.sizeLimit"])));
}

#[test]
fn a_path_may_be_written_as_a_finding_has_it_and_begin_with_a_kind() {
    let written = |path: &str| stdout(&podweave(&["explain", path])).to_owned();
    assert_eq!(written("spec.volumes[0].emptyDir.sizeLimit"), written("pod.spec.volumes.emptyDir.sizeLimit"));
    let replicas = podweave(&["explain", "--kind", "deploy", "spec.replicas"]);
    assert_eq!(stdout(&replicas), written("deployment.spec.replicas"));
    assert!(stdout(&replicas).starts_with("Deployment spec.replicas (apps/v1)\n"), "{}", left(&replicas));
    assert!(written("job").starts_with("Job (batch/v1)\n"));
}

#[test]
fn lines_are_no_longer_than_those_of_a_terminal() {
    for path in ["spec", "spec.containers", "spec.volumes.emptyDir.medium"] {
        let explained = podweave(&["explain", path]);
        let long = stdout(&explained).lines().filter(|line| line.trim_start().contains(' ') && line.chars().count() > 80).count();
        assert_eq!(long, 0, "{path}");
    }
}

#[test]
fn what_is_no_field_is_told_with_those_that_may_be_meant() {
    insta::assert_snapshot!(left(&podweave(&["explain", "spec.volumes.emptydir.sizelimit"])));
    insta::assert_snapshot!(left(&podweave(&["explain", "--kind", "Service", "spec"])));
    for path in ["", "a b", "spec.\u{1b}[31m", "[", &"a.".repeat(600)] {
        let explained = podweave(&["explain", path]);
        assert!(path.is_empty() || explained.status.code() == Some(1), "{path}: {}", left(&explained));
        assert!(!left(&explained).contains('\u{1b}'), "{path}");
    }
}
