//! Manifests of good standing, such as people and charts write them: Kubernetes accepts each, and so does the judgement.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use podweave::kubernetes::{self, Judgement, Verdict};
use podweave::yaml;

fn manifests() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests");
    let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What is answered to each document of a file.
fn judgements(file: &Path) -> Vec<Judgement> {
    let text = fs::read_to_string(file).unwrap();
    yaml::documents(&text).map(|document| kubernetes::judge_parsed(&document.unwrap())).collect()
}

#[test]
fn every_manifest_is_accepted() {
    let mut refused = Vec::new();
    for file in manifests() {
        let judgements = judgements(&file);
        assert!(!judgements.is_empty(), "{} has no document", file.display());
        refused.extend(
            judgements.into_iter().filter(|judgement| judgement.verdict != Verdict::Accepted).map(|bad| (file.clone(), bad)),
        );
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn warnings_are_those_of_the_server() {
    let mut all = String::new();
    for file in manifests() {
        for (index, judgement) in judgements(&file).iter().enumerate() {
            for warning in &judgement.warnings {
                let name = file.file_name().unwrap().to_str().unwrap();
                writeln!(all, "{name}, document {}: {}", index + 1, warning.message).unwrap();
            }
        }
    }
    insta::assert_snapshot!(all, @r#"
    cni.yaml, document 1: spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/agent]: deprecated since v1.30; use the "appArmorProfile" field instead
    warned.yaml, document 1: spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1
    warned.yaml, document 1: spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer
    warned.yaml, document 1: spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended
    warned.yaml, document 2: metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]
    warned.yaml, document 2: spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead
    warned.yaml, document 2: spec.template.spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply
    warned.yaml, document 3: spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail
    warned.yaml, document 3: spec.template.spec.containers[0].resources.limits[memory]: fractional byte value "512m" is invalid, must be an integer
    warned.yaml, document 4: metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]
    warned.yaml, document 4: spec.jobTemplate.spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail
    warned.yaml, document 4: spec.jobTemplate.spec.template.spec.containers[0].ports[1]: duplicate port definition with spec.jobTemplate.spec.template.spec.containers[0].ports[0]
    warned.yaml, document 5: metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]
    warned.yaml, document 5: spec.template.spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead
    warned.yaml, document 5: spec.template.spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+
    warned.yaml, document 6: spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead
    warned.yaml, document 6: spec.template.spec.imagePullSecrets[0].name: invalid empty name ""
    "#);
}
