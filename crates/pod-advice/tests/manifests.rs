//! What is said about the manifests of good standing in the repository: the presets and those of `kube-dry-run`.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kube_dry_run::{Severity, Stage, objects};
use pod_advice::advise;

/// The findings of each file in `folder` that are more than worth knowing, as `rule at field`.
fn found(folder: &str, is_meant: impl Fn(Stage, Severity) -> bool) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let text = fs::read_to_string(entry.path()).unwrap();
        for parsed in objects(&text).flatten() {
            let findings = advise(&parsed.value).findings.into_iter();
            for finding in findings.filter(|finding| is_meant(finding.stage, finding.severity)) {
                let file = entry.file_name().into_string().unwrap();
                found.entry(file).or_default().insert(format!("{} at {}: {}", finding.rule, finding.field, finding.message));
            }
        }
    }
    found
}

/// What is said about them, and why it is right.
const EXPECTED: [(&str, usize); 9] = [
    // Logs without a limit, in one Pod shared.
    ("disk-unbounded", 2),
    // The variable is meant to name a directory, and is defined below.
    ("env-reference-order", 1),
    ("latest-tag", 7),
    // Volumes at `/dev/shm` and for a socket without a `sizeLimit`, in Pods of which one container has no limit.
    ("memory-oom", 1),
    ("memory-oom-loop", 1),
    ("memory-unbounded", 2),
    // Two containers declare one port.
    ("port-clash", 1),
    // A native sidecar with a readiness probe alone.
    ("sidecar-not-gated", 1),
    // `memory: 1500m`.
    ("size-milli", 1),
];

#[test]
fn manifests_of_good_standing_start() {
    let mut found = found("../kube-dry-run/tests/manifests", |stage, _| stage == Stage::Starts);
    // Some of them are suspended, scaled to nothing or gated, and mean it.
    for said in found.values_mut() {
        said.retain(|one| !one.starts_with("no-pod-starts "));
    }
    found.retain(|_, said| !said.is_empty());
    assert_eq!(found, BTreeMap::new(), "{found:#?}");
}

#[test]
fn what_is_said_of_manifests_of_good_standing() {
    let found = found("../kube-dry-run/tests/manifests", |_, severity| severity < Severity::Advice);
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    for said in found.values().flatten() {
        *rules.entry(said.split(' ').next().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(rules, EXPECTED.map(|(rule, count)| (rule.to_owned(), count)).into(), "{found:#?}");
}
