//! Hints and fixes for what the API server says of the manifests of the conformance test.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use kube_dry_run::{Finding, Judgement, judge, judge_parsed, objects};
use serde_json::Value;

/// The readable documents of a set of the conformance test, each with the judgement on it.
fn judged(set: &str) -> impl Iterator<Item = (Value, Judgement)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/conformance/{set}.jsonl.gz"));
    let lines = BufReader::new(MultiGzDecoder::new(File::open(file).unwrap())).lines();
    let manifests = lines.map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap()["manifest"].take());
    manifests.flat_map(|manifest| {
        let parsed: Vec<_> = objects(manifest.as_str().unwrap_or_default()).flatten().collect();
        parsed.into_iter().map(|parsed| (judge_parsed(&parsed), parsed.value)).map(|(judgement, value)| (value, judgement))
    })
}

/// How often `findings` say the same as `finding` now.
fn count(findings: &[Finding], finding: &Finding) -> usize {
    let is_same = |other: &&Finding| !other.later && other.rule == finding.rule && without_path(other) == without_path(finding);
    findings.iter().filter(is_same).count()
}

/// The message without the field, whose number in a list changes when an item before it goes.
fn without_path(finding: &Finding) -> &str {
    finding.message.strip_prefix(&finding.field).unwrap_or(&finding.message)
}

#[test]
fn every_fix_settles_what_it_is_for() {
    let mut fixes = 0;
    for (document, Judgement { findings, .. }) in ["cases", "families"].into_iter().flat_map(judged) {
        for finding in findings.iter().filter(|finding| !finding.later) {
            let Some(fix) = &finding.fix else { continue };
            let mut settled = document.clone();
            fix.apply(&mut settled).unwrap();
            let left = judge(&settled).findings;
            assert!(count(&left, finding) < count(&findings, finding), "{}: {}\n{document}", fix.title, finding.message);
            fixes += 1;
        }
    }
    assert!(fixes > 2_000, "{fixes}");
}

#[test]
fn nearly_everything_that_is_refused_has_a_hint() {
    let findings: Vec<_> = ["cases", "families"].into_iter().flat_map(judged).flat_map(|(_, judged)| judged.findings).collect();
    let with_hint = findings.iter().filter(|finding| finding.hint.is_some()).count();
    assert!(with_hint * 100 >= findings.len() * 95, "{with_hint} of {}", findings.len());
    let longest = findings.iter().filter_map(|finding| finding.hint.as_ref()).map(|hint| hint.chars().count()).max();
    assert!(longest < Some(400), "{longest:?}");
}
