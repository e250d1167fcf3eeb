//! What people reported about other tools, and what is said of their texts here.
//!
//! A snapshot has a line for each finding: where it stands, which rule says it of which field, and what is said; behind it what it
//! follows from, what it means in plain words, and what would settle it.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use kube_dry_run::inspection::{Inspection, inspect_file};
use kube_dry_run::{Finding, Verdict, judge, judge_parsed, yaml};

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
    let hint = finding.hint.as_ref().map(|hint| format!("\n      hint: {hint}")).unwrap_or_default();
    format!("  {later}{}:{} {} {}: {}{cause}{hint}{fix}", mark.line, mark.column, finding.rule, finding.field, finding.message)
}

/// The verdict on the first document of a text once all fixes for it are made, one after the other.
fn fixed(name: &str) -> Verdict {
    let mut parsed = yaml::parse(&fs::read_to_string(file(name)).unwrap()).unwrap().remove(0);
    for _ in 0..20 {
        let findings = judge_parsed(&parsed).findings;
        let Some(fix) = findings.iter().find_map(|finding| finding.fix.as_ref()) else { break };
        fix.apply(&mut parsed.value).unwrap();
    }
    judge(&parsed.value).verdict
}

/// A test for each file: what is told of it is as its snapshot has it.
macro_rules! told {
    ($($test:ident: $file:literal;)*) => {
        $(#[test]
        fn $test() {
            insta::assert_snapshot!(told($file));
        })*
    };
}

told! {
    a_mount_in_the_singular_is_told_its_plural: "volume-mount-in-the-singular.yaml";
    mounts_are_sent_to_their_container: "mounts-beside-the-containers.yaml";
    mounts_that_are_an_object_become_a_list: "mounts-as-an-object.json";
    containers_beside_an_empty_spec_are_sent_into_it: "containers-beside-an-empty-spec.yaml";
    misspelt_metadata_is_told_its_name: "misspelt-metadata-and-a-boolean-key.yaml";
    mounts_that_are_not_found_stand_behind_their_volume: "uppercase-volume-cascade.yaml";
    a_malformed_name_gets_a_better_one: "names-with-underscores-and-capitals.yaml";
    a_request_above_its_limit_is_marked_and_not_its_neighbour: "request-above-limit.yaml";
    thousandths_of_bytes_become_mebibytes: "memory-in-thousandths-of-bytes.yaml";
    a_field_that_is_there_twice_is_marked_and_hides_nothing: "volume-mounts-twice.yaml";
    fields_of_a_source_are_sent_into_it: "config-map-fields-beside-their-source.yaml";
    values_are_put_in_quotes_as_they_are_written: "env-values-that-yaml-does-not-read-as-strings.yaml";
    a_list_item_left_of_its_key_is_marked: "list-item-left-of-its-key.yaml";
    an_object_of_a_former_version_becomes_one_of_the_version_that_is: "cron-job-of-a-former-version.yaml";
    a_list_is_taken_item_by_item: "list-of-objects.yaml";
    what_a_server_returned_can_be_created_again: "output-of-kubectl-get.yaml";
    no_break_spaces_are_named_by_their_lines: "no-break-spaces.yaml";
    a_template_of_helm_is_to_be_rendered: "helm-template.yaml";
    lines_for_a_shell_are_to_be_taken_out: "shell-heredoc.yaml";
    a_deployment_restarts_always: "deployment-that-never-restarts.yaml";
    other_kinds_are_not_refused: "service-and-config-map-beside-the-deployment.yaml";
}

#[test]
fn what_is_right_is_accepted_without_a_word() {
    for name in [
        "helm-output-with-empty-documents.yaml",
        "windows-line-breaks.yaml",
        "utf-16-of-powershell.yaml",
        "merge-key-with-an-override.yaml",
        "blank-line-between-all-lines.yaml",
        "job-with-a-native-sidecar.yaml",
        "stateful-set-with-claims-and-empty-values.yaml",
    ] {
        assert_accepted(name);
    }
}

/// Of these the API server says nothing: whoever advises does.
#[test]
fn what_only_advice_is_about_is_accepted_without_a_word() {
    for name in [
        "command-in-one-item.yaml",
        "typographic-quotes.yaml",
        "sidecar-of-a-job-among-the-containers.yaml",
        "decimal-mode.yaml",
        "sub-path-of-a-git-checkout.yaml",
        "tail-before-its-file-is-there.yaml",
        "endless-init-container.yaml",
        "read-only-root-of-nginx.yaml",
        "signal-without-shared-processes.yaml",
        "unix-socket-of-two-users.yaml",
        "two-servers-at-one-port.yaml",
        "image-references-that-do-not-parse.yaml",
        "variable-used-before-it-is-defined.yaml",
        "shell-signs-without-a-shell.yaml",
    ] {
        assert_accepted(name);
    }
}

fn assert_accepted(name: &str) {
    let documents = inspected(name);
    assert!(!documents.is_empty(), "{name}");
    for Inspection { verdict, findings, .. } in documents {
        assert_eq!((verdict, findings), (Verdict::Accepted, vec![]), "{name}");
    }
}

#[test]
fn what_the_fixes_leave_is_accepted() {
    for name in [
        "volume-mount-in-the-singular.yaml",
        "mounts-beside-the-containers.yaml",
        "mounts-as-an-object.json",
        "containers-beside-an-empty-spec.yaml",
        "uppercase-volume-cascade.yaml",
        "names-with-underscores-and-capitals.yaml",
        "request-above-limit.yaml",
        "memory-in-thousandths-of-bytes.yaml",
        "config-map-fields-beside-their-source.yaml",
        "env-values-that-yaml-does-not-read-as-strings.yaml",
        "cron-job-of-a-former-version.yaml",
        "output-of-kubectl-get.yaml",
        "deployment-that-never-restarts.yaml",
    ] {
        assert_eq!(fixed(name), Verdict::Accepted, "{name}");
    }
}
