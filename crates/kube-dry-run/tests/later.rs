//! What is said of the later stages of a document with a mistake in an early one: everything that is wrong there besides, and
//! nothing that only follows from the mistake.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path as FilePath;

use kube_dry_run::{Change, Finding, Path, Rule, Segment, Verdict, judge, yaml};
use serde_json::{Value, json};

/// The manifests of good standing.
fn manifests() -> Vec<Value> {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let documents = files.iter().flat_map(|file| yaml::parse(&fs::read_to_string(file).unwrap()).unwrap());
    documents.map(|parsed| parsed.value).collect()
}

/// The paths of everything inside of `value`, which stands at `path`.
fn paths(value: &Value, path: &Path, found: &mut Vec<Path>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            found.push(path.entry(name));
            paths(value, &path.entry(name), found);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            found.push(path.index(index));
            paths(value, &path.index(index), found);
        }),
        _ => {}
    }
}

fn errors_later(document: &Value) -> Vec<Finding> {
    let findings = judge(document).findings.into_iter();
    findings.filter(|finding| finding.later && finding.rule != Rule::WARNING).collect()
}

fn messages(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("\n")
}

fn set(document: &mut Value, path: &Path, value: Value) {
    Change::Set(path.clone(), value).apply(document).unwrap();
}

/// Two items of each list are enough, for the sake of time.
fn is_first_items(path: &Path) -> bool {
    path.segments().iter().all(|segment| !matches!(segment, Segment::Index(2..)))
}

#[test]
fn nothing_follows_from_a_value_of_a_wrong_type() {
    for manifest in manifests() {
        let mut places = Vec::new();
        paths(&manifest, &Path::root(), &mut places);
        for place in places.into_iter().filter(is_first_items) {
            let is_leaf = !place.find(&manifest).is_some_and(|value| value.is_object() || value.is_array());
            for wrong in [if is_leaf { json!([[]]) } else { json!(true) }] {
                let mut document = manifest.clone();
                set(&mut document, &place, wrong.clone());
                let judgement = judge(&document);
                if judgement.verdict != Verdict::DecodeError {
                    continue;
                }
                let later = errors_later(&document);
                assert!(later.is_empty(), "{place} = {wrong}: {}", messages(&later));
            }
        }
    }
}

#[test]
fn nothing_follows_from_a_field_with_a_slip() {
    let slips: [fn(&str) -> String; 3] =
        [|name| format!("{name}s"), |name| name[..name.len() - 1].to_owned(), |name| name.to_ascii_uppercase()];
    for manifest in manifests() {
        let mut places = Vec::new();
        paths(&manifest, &Path::root(), &mut places);
        // Each field gets one of the slips, for the sake of time.
        for (place, slip) in places.into_iter().filter(is_first_items).zip(slips.into_iter().cycle()) {
            let Some(Segment::Field(name)) = place.last().filter(|_| slip_is_possible(&place)) else { continue };
            let mut document = manifest.clone();
            if Change::Rename(place.clone(), slip(name)).apply(&mut document).is_err() {
                continue;
            }
            if judge(&document).verdict == Verdict::StrictError {
                let later = errors_later(&document);
                assert!(later.is_empty(), "{place}: {}", messages(&later));
            }
        }
    }
}

/// Of very short names nobody can tell a slip.
fn slip_is_possible(place: &Path) -> bool {
    matches!(place.last(), Some(Segment::Field(name)) if name.len() > 3)
}

/// The fields of what is said of the Pod with this `spec`: at once, and later.
fn said(spec: &str) -> (Vec<String>, Vec<String>) {
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: Web}}\nspec:\n{spec}");
    let findings = kube_dry_run::judge_parsed(&yaml::parse(&text).unwrap().remove(0)).findings;
    let (later, now): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.later);
    let fields = |findings: Vec<Finding>| findings.into_iter().map(|finding| finding.field).collect();
    (fields(now), fields(later))
}

fn check(spec: &str, now: &[&str], later: &[&str]) {
    let said = said(spec);
    assert_eq!(
        (said.0, said.1),
        (now.iter().map(|field| (*field).to_owned()).collect(), later.iter().map(|field| (*field).to_owned()).collect()),
        "{spec}"
    );
}

#[test]
fn a_wrong_type_hides_nothing() {
    let size = "spec.volumes[0].emptyDir.sizeLimit";
    check(
        "  containers: [{name: a, image: ''}]\n  volumes: [{name: b, emptyDir: {sizeLimit: 64MB}}]\n",
        &[size],
        &["metadata.name", "spec.containers[0].image"],
    );
    check(
        "  containers: [{name: 1, image: x, args: 7, volumeMounts: [{name: c, mountPath: /c}, {name: 2, mountPath: /d}]}]\n  \
         volumes: [{name: 2, emptyDir: {sizeLimit: [1]}}]\n",
        &[
            "spec.containers[0].name",
            "spec.containers[0].args",
            "spec.containers[0].volumeMounts[1].name",
            "spec.volumes[0].name",
            size,
        ],
        &["metadata.name", "spec.containers[0].volumeMounts[0].name"],
    );
}

/// `document` with what stands at `from` at `to`.
fn moved(document: &Value, from: &Path, to: &Path) -> Value {
    let mut document = document.clone();
    Change::Move(from.clone(), to.clone()).apply(&mut document).unwrap();
    document
}

#[test]
fn nothing_follows_from_what_stands_at_another_level() {
    for manifest in manifests() {
        let mut places = Vec::new();
        paths(&manifest, &Path::root(), &mut places);
        let is_structure =
            |place: &Path| ["spec", "template", "containers"].iter().any(|name| place.to_string().ends_with(&format!(".{name}")));
        for place in places.into_iter().filter(is_structure) {
            let (parent, Some(Segment::Field(name))) = (place.parent().unwrap(), place.last()) else { continue };
            for around in [parent.parent(), Some(Path::root().entry("metadata"))].into_iter().flatten() {
                let target = around.entry(name.clone());
                if target.find(&manifest).is_some() || !around.find(&manifest).is_some_and(Value::is_object) {
                    continue;
                }
                let later = errors_later(&moved(&manifest, &place, &target));
                assert_eq!(messages(&later), "", "{place} at {target}");
            }
        }
    }
    let items = |second: Value| {
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
            "spec": {"containers": [{"name": "a", "image": "i", "ports": null}, second]}})
    };
    assert_eq!(errors_later(&items(json!({"containerPort": 80}))), []);
    assert_eq!(errors_later(&items(json!({"foo": 80}))).len(), 2);
}

#[test]
fn an_unknown_field_hides_nothing() {
    check(
        "  containers: [{name: a, imagePullpolicy: Sometimes, ports: [{containerPort: 0}]}]\n",
        &["spec.containers[0].imagePullpolicy"],
        &["metadata.name", "spec.containers[0].image", "spec.containers[0].ports[0].containerPort"],
    );
    check(
        "  restartPolicy: Maybe\n  volumeMounts: []\n  containers: [{name: a, imag: x}]\n",
        &["spec.volumeMounts", "spec.containers[0].imag"],
        &["metadata.name", "spec.restartPolicy"],
    );
}

#[test]
fn all_stages_speak() {
    check(
        "  priority: 7\n  overhead: {cpu: 1m}\n  containers: [{name: a, image: x, resources: {limits: {memory: 1m}}}]\n",
        &["spec.priority"],
        &[
            "metadata.name",
            "spec.overhead",
            "spec.containers[0].resources.limits[memory]",
            "spec.containers[0].resources.requests[memory]",
        ],
    );
    let text = "kind: pod\nmetadata: {name: a}\nspec: {containers: [{name: B, image: c}], hostPID: 1}\n";
    let judgement = kube_dry_run::judge_parsed(&yaml::parse(text).unwrap().remove(0));
    let fields: Vec<_> = judgement.findings.iter().map(|finding| (finding.field.as_str(), finding.later)).collect();
    assert_eq!(judgement.verdict, Verdict::ClientError);
    assert_eq!(fields, [("apiVersion", false), ("kind", true), ("spec.hostPID", true), ("spec.containers[0].name", true)]);
}

#[test]
fn what_is_said_of_a_good_document_is_said_at_once() {
    for manifest in manifests() {
        assert!(judge(&manifest).findings.iter().all(|finding| !finding.later));
    }
}
