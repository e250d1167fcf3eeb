//! Whether the judgement agrees with what Kubernetes 1.35 answered to the manifests of `conformance/cases.jsonl.gz`, random
//! objects with mutations, of `conformance/fields.jsonl.gz`, small Pods each of which shows a rule, a value or a text, of
//! `conformance/families.jsonl.gz`, which has what `cases` lacks, and of `conformance/texts.jsonl.gz`, one text for each habit of
//! kubectl's reader.
//!
//! What a running server says before and behind its validation is in `conformance/admission.jsonl.gz`.
//!
//! A line of those files is a manifest with the verdict, errors, unknown fields and warnings of every document in it. Cases
//! that do not agree yet are listed in `conformance/known_differences.txt`; `PODWEAVE_UPDATE=1` writes that list anew.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test that says how much agrees")]

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::read::GzDecoder;
use kube_dry_run::kinds::Kind;
use kube_dry_run::yaml;
use kube_dry_run::{self as kubernetes, Finding, Judgement, Rule, Verdict};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

const CASES: [&str; 4] = [
    "tests/conformance/cases.jsonl.gz",
    "tests/conformance/fields.jsonl.gz",
    "tests/conformance/families.jsonl.gz",
    "tests/conformance/texts.jsonl.gz",
];
const ADMISSION: &str = "tests/conformance/admission.jsonl.gz";
const KNOWN: &str = "tests/conformance/known_differences.txt";

/// A manifest and what Kubernetes answers to each of its documents.
#[derive(Deserialize)]
struct Case {
    id: String,
    manifest: String,
    documents: Vec<Answer>,
}

/// What is compared of an answer: the verdict and what belongs to it. Order counts nowhere.
#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Answer {
    verdict: String,
    errors: BTreeSet<FieldError>,
    strict_errors: BTreeSet<String>,
    warnings: BTreeSet<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct FieldError {
    #[serde(rename = "type")]
    kind: String,
    field: String,
    message: String,
}

impl Answer {
    /// What a server answers that has neither admission nor a storage, as the one that judged these manifests.
    fn of(judgement: &Judgement) -> Self {
        let is_forbidden = judgement.verdict == Verdict::Forbidden;
        let said = || judgement.findings.iter().filter(|finding| is_forbidden || !finding.later);
        let messages = |rules: &[Rule]| said().filter(|one| rules.contains(&one.rule)).map(|one| one.message.clone()).collect();
        let errors = said().filter(|finding| finding.rule.is_of_validation()).map(|error| FieldError {
            kind: error.rule.to_string(),
            field: error.field.clone(),
            message: error.message.clone(),
        });
        let errors: BTreeSet<_> = errors.collect();
        let verdict = match judgement.verdict {
            Verdict::Forbidden if errors.is_empty() => Verdict::Accepted,
            Verdict::Forbidden => Verdict::Invalid,
            verdict => verdict,
        };
        Self {
            verdict: word(&verdict),
            errors,
            strict_errors: messages(&[Rule::UNKNOWN_FIELD, Rule::DUPLICATE_FIELD]),
            warnings: messages(&[Rule::WARNING]),
        }
        .comparable()
    }

    fn unreadable() -> Self {
        let verdict = word(&Verdict::ClientError);
        Self { verdict, errors: BTreeSet::new(), strict_errors: BTreeSet::new(), warnings: BTreeSet::new() }
    }

    /// The answer without what does not belong to its verdict, and without the YAML reader's own words. What judged the cases
    /// knows of no other kinds than those that are judged here.
    fn comparable(mut self) -> Self {
        if self.verdict == word(&Verdict::NotJudged) {
            return Self::unreadable();
        }
        self.strict_errors.retain(|error| error.starts_with("unknown field"));
        match self.verdict.as_str() {
            "invalid" => (self.strict_errors, self.warnings) = Default::default(),
            "strict_error" => (self.errors, self.warnings) = Default::default(),
            "accepted" => (self.errors, self.strict_errors) = Default::default(),
            _ => (self.errors, self.strict_errors, self.warnings) = Default::default(),
        }
        self
    }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn cases() -> Vec<Case> {
    CASES.iter().flat_map(|file| lines(file)).map(|line| serde_json::from_str(&line).unwrap()).collect()
}

fn lines(file: &str) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(here(file)).unwrap()).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn answers(manifest: &str) -> Vec<Answer> {
    let answer = |parsed: &yaml::Parsed| Answer::of(&kubernetes::judge_parsed(parsed));
    kubernetes::objects(manifest)
        .map(|document| document.map_or_else(|_| Answer::unreadable(), |parsed| answer(&parsed)))
        .collect()
}

#[test]
fn judges_as_kubernetes_does() {
    let cases = cases();
    let count = cases.len();
    let mut differing = BTreeSet::new();
    for Case { id, manifest, documents } in cases {
        let expected: Vec<_> = documents.into_iter().map(Answer::comparable).collect();
        if answers(&manifest) != expected {
            differing.insert(id);
        }
    }
    let agreeing = count - differing.len();
    println!("agreement {agreeing}/{count} = {} ‰", agreeing * 1000 / count);
    if env::var_os("PODWEAVE_UPDATE").is_some() {
        let lines: String = differing.iter().flat_map(|id| [id, "\n"]).collect();
        fs::write(here(KNOWN), lines).unwrap();
    }
    let known: BTreeSet<_> = fs::read_to_string(here(KNOWN)).unwrap().lines().map(str::to_owned).collect();
    let new: Vec<_> = differing.difference(&known).collect();
    let settled: Vec<_> = known.difference(&differing).collect();
    assert!(new.is_empty(), "differ, and are not known to: {new:?}");
    assert!(settled.is_empty(), "agree now, take them out of {KNOWN} (PODWEAVE_UPDATE=1 does it): {settled:?}");
}

#[test]
fn admission_refuses_as_a_running_server_does() {
    for line in lines(ADMISSION) {
        let case: Value = serde_json::from_str(&line).unwrap();
        let parsed = yaml::parse(case["manifest"].as_str().unwrap()).unwrap().remove(0);
        let judgement = kubernetes::judge_parsed(&parsed);
        let said: Vec<_> = judgement.findings.iter().filter(|finding| !finding.later).map(|one| one.message.as_str()).collect();
        assert_eq!(json!([{"verdict": judgement.verdict, "message": said[0]}]), case["documents"], "{}", case["id"]);
        assert_eq!(said.len(), 1);
        let mut fixed = parsed.value;
        judgement.findings[0].fix.as_ref().unwrap().apply(&mut fixed).unwrap();
        assert_ne!(kubernetes::judge(&fixed).verdict, Verdict::Forbidden);
    }
}

#[test]
fn every_finding_is_about_a_field_of_its_kind() {
    for case in cases() {
        for parsed in yaml::documents(&case.manifest).flatten() {
            let Some(kind) = Kind::of(&parsed.value) else { continue };
            let is_known = |finding: &Finding| finding.is_about_name || kind.schema.at(&finding.place).is_some();
            let findings = kubernetes::judge_parsed(&parsed).findings;
            let strange: Vec<_> = findings.iter().filter(|finding| finding.rule != Rule::DECODE && !is_known(finding)).collect();
            assert!(strange.is_empty(), "{}: {strange:#?}", case.id);
        }
    }
}

/// A Pod in which a bit of everything is set.
fn valid_pod() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "web", "namespace": "team", "labels": {"app": "web"}, "creationTimestamp": null},
        "spec": {
            "initContainers": [{"name": "fetch", "image": "busybox:1.37", "restartPolicy": "Always"}],
            "containers": [{
                "name": "web", "image": "nginx:1.29", "args": ["-g", "daemon off;"],
                "ports": [{"containerPort": 80, "name": "http"}],
                "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                "resources": {"limits": {"cpu": "500m", "memory": 67_108_864}, "requests": {"cpu": 0.1}},
                "livenessProbe": {"httpGet": {"port": "http", "path": "/"}},
                "volumeMounts": [{"name": "shared", "mountPath": "/usr/share/nginx/html"}],
            }],
            "volumes": [{"name": "shared", "emptyDir": {"sizeLimit": "64Mi"}}],
            "securityContext": {"runAsUser": 1000, "fsGroup": 2000},
            "tolerations": [{"operator": "Exists"}],
        },
    })
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["", "Pod", "v1", "Always", "1Gi", "-1", "25%", "2026-01-31T12:00:00Z"]).prop_map(Value::from),
    ];
    let names = prop_oneof![
        prop::sample::select(vec!["apiVersion", "kind", "metadata", "spec", "containers", "name", "volumes", "template"])
            .prop_map(str::to_owned),
        ".{0,6}",
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..6).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Puts `replacement` in the place of the value that stands `at` steps into `value`, in the order of a walk.
fn replace(value: &mut Value, at: &mut usize, replacement: &Value) {
    if *at == 0 {
        *value = replacement.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, at, replacement)),
        Value::Object(entries) => entries.values_mut().for_each(|entry| replace(entry, at, replacement)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_judged(document in any_json()) {
        _ = kubernetes::judge(&document);
    }

    #[test]
    fn any_pod_is_judged(mut spec in any_json(), metadata in any_json()) {
        _ = kubernetes::judge(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec.take()}));
    }

    #[test]
    fn any_mutated_pod_is_judged(mutations in prop::collection::vec((0_usize..80, any_json()), 1..4), kind in 0..6_usize) {
        let mut document = valid_pod();
        for (mut at, replacement) in mutations {
            replace(&mut document, &mut at, &replacement);
        }
        _ = kubernetes::judge(&document);
        let (kind, version) = [("Pod", "v1"), ("Deployment", "apps/v1"), ("StatefulSet", "apps/v1"), ("DaemonSet", "apps/v1"),
            ("Job", "batch/v1"), ("CronJob", "batch/v1")][kind];
        let template = json!({"metadata": document.get("metadata"), "spec": document.get("spec")});
        let spec = if kind == "CronJob" { json!({"jobTemplate": {"spec": {"template": template}}}) } else { json!({"template": template}) };
        _ = kubernetes::judge(&json!({"apiVersion": version, "kind": kind, "metadata": {"name": "web"}, "spec": spec}));
    }
}

#[test]
fn the_pod_that_is_mutated_is_decoded() {
    let judgement = kubernetes::judge(&valid_pod());
    assert_ne!(judgement.verdict, Verdict::DecodeError, "{:?}", judgement.findings);
    assert_ne!(judgement.verdict, Verdict::StrictError, "{:?}", judgement.findings);
}
