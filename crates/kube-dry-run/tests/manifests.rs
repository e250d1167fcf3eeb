//! Manifests of good standing, as they are met in real clusters: a server takes every one of them, so nothing may refuse one.
//!
//! A file in `manifests` is taken by `kubectl apply -f` as it is. What the server would rightly refuse does not belong there.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kube_dry_run::kinds::KINDS;
use kube_dry_run::yaml;
use kube_dry_run::{self as kubernetes, Judgement, Verdict};

/// A document of a file, and the answer to it.
struct Answer {
    /// The file's name and the document's place in it.
    document: String,
    kind: String,
    judgement: Judgement,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn answers() -> Vec<Answer> {
    files().iter().flat_map(|file| answers_to(file)).collect()
}

fn answers_to(file: &Path) -> Vec<Answer> {
    let name = file.file_name().unwrap().to_str().unwrap();
    let documents = yaml::parse(&fs::read_to_string(file).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!documents.is_empty(), "{name} is empty");
    let answer = |(index, parsed): (usize, &yaml::Parsed)| Answer {
        document: format!("{name}[{index}]"),
        kind: parsed.value["kind"].as_str().unwrap_or_default().to_owned(),
        judgement: kubernetes::judge_parsed(parsed),
    };
    documents.iter().enumerate().map(answer).collect()
}

#[test]
fn none_is_refused() {
    let refused: Vec<_> = answers()
        .into_iter()
        .filter(|answer| answer.judgement.verdict != Verdict::Accepted)
        .map(|answer| format!("{}: {:#?}", answer.document, answer.judgement))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn there_are_many_of_every_kind() {
    let answers = answers();
    let kinds: BTreeSet<_> = answers.iter().map(|answer| answer.kind.as_str()).collect();
    let judged: BTreeSet<_> = KINDS.iter().filter(|kind| kind.judged.is_some()).map(|kind| kind.name).collect();
    assert_eq!(kinds, judged);
    for kind in judged {
        assert!(answers.iter().filter(|answer| answer.kind == kind).count() >= 8, "{kind}");
    }
}

#[test]
fn warnings_are_few_and_known() {
    let warnings: String = answers()
        .iter()
        .flat_map(|answer| answer.judgement.findings.iter().map(|warning| format!("{}: {}\n", answer.document, warning.message)))
        .collect();
    insta::assert_snapshot!(warnings);
}

#[test]
fn what_is_written_of_them_is_taken_as_well() {
    for file in files() {
        for parsed in yaml::parse(&fs::read_to_string(&file).unwrap()).unwrap() {
            let written = yaml::write(&parsed.value).text;
            let read = yaml::parse(&written).unwrap();
            assert_eq!(read[0].value, parsed.value, "{}", file.display());
            assert_eq!(kubernetes::judge_parsed(&read[0]), kubernetes::judge_parsed(&parsed), "{}", file.display());
        }
    }
}
