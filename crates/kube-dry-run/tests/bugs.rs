//! What people reported about other tools, and what is said of their texts here.
//!
//! A snapshot has a line for each finding: where it stands, which rule says it of which field, and what is said; behind it what it
//! follows from, and what would settle it.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use kube_dry_run::inspection::{Inspection, inspect_file};
use kube_dry_run::{Finding, Verdict, judge, yaml};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bugs").join(name)
}

fn inspected(name: &str) -> Vec<Inspection> {
    inspect_file(fs::read(file(name)).unwrap()).1.documents
}

fn told(name: &str) -> String {
    inspected(name).iter().map(document).collect::<Vec<_>>().join("\n\n")
}

fn document(inspection: &Inspection) -> String {
    let Inspection { kind, name, line, verdict, findings, .. } = inspection;
    let findings = findings.iter().map(finding);
    iter::once(format!("{kind}/{name}, line {line}: {verdict:?}")).chain(findings).collect::<Vec<_>>().join("\n")
}

fn finding(finding: &Finding) -> String {
    let mark = finding.mark.unwrap();
    let later = if finding.later { "later: " } else { "" };
    let cause = finding.caused_by.as_ref().map(|cause| format!("\n      follows from {cause}")).unwrap_or_default();
    let fix = finding.fix.as_ref().map(|fix| format!("\n      fix: {}", fix.title)).unwrap_or_default();
    format!("  {later}{}:{} {} {}: {}{cause}{fix}", mark.line, mark.column, finding.rule, finding.field, finding.message)
}

/// The verdict on the only document of a text once the fix of its first finding that has one is made.
fn fixed(name: &str) -> Verdict {
    let mut document = yaml::parse(&fs::read_to_string(file(name)).unwrap()).unwrap().remove(0).value;
    let findings = judge(&document).findings;
    findings.iter().find_map(|finding| finding.fix.as_ref()).unwrap().apply(&mut document).unwrap();
    judge(&document).verdict
}

#[test]
fn mounts_that_are_not_found_stand_behind_their_volume() {
    insta::assert_snapshot!(told("uppercase-volume-cascade.yaml"));
}

#[test]
fn a_request_above_its_limit_is_marked_and_not_its_neighbour() {
    insta::assert_snapshot!(told("request-above-limit.yaml"));
}

#[test]
fn a_field_that_is_there_twice_is_marked_and_hides_nothing() {
    insta::assert_snapshot!(told("volume-mounts-twice.yaml"));
}

#[test]
fn an_object_of_a_former_version_becomes_one_of_the_version_that_is() {
    insta::assert_snapshot!(told("cron-job-of-a-former-version.yaml"));
    assert_eq!(fixed("cron-job-of-a-former-version.yaml"), Verdict::Accepted);
}

#[test]
fn a_list_is_taken_item_by_item() {
    insta::assert_snapshot!(told("list-of-objects.yaml"));
}

#[test]
fn what_a_server_returned_can_be_created_again() {
    insta::assert_snapshot!(told("output-of-kubectl-get.yaml"));
    assert_eq!(fixed("output-of-kubectl-get.yaml"), Verdict::Accepted);
}

#[test]
fn other_kinds_are_not_refused() {
    insta::assert_snapshot!(told("service-and-config-map-beside-the-deployment.yaml"));
}
