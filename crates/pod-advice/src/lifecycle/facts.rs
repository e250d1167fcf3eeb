//! The facts, each with its source. Paths are of kubernetes/kubernetes at v1.35, as 1.35.6 has them; pages are of
//! kubernetes.io/docs.

mod container;
mod controller;
mod pod;
mod volume;

use super::{Cause, Fate, Outcome, event, what_happens};
use kube_dry_run::{Change, Path, yaml};
use serde_json::Value;

/// A Pod with an init container, a sidecar, a writer and a reader; a volume on disk and one in memory.
const PARTS: &str = "
    initContainers:
      - {name: init, image: alpine, command: [sh, -c, 'date > /d/a'], volumeMounts: [{name: disk, mountPath: /d}]}
      - {name: side, image: nginx, restartPolicy: Always}
    containers:
      - name: writer
        image: alpine
        command: [sh, -c, 'while true; do date > /d/b; sleep 5; done']
        volumeMounts: [{name: disk, mountPath: /d}, {name: memory, mountPath: /m}]
      - name: reader
        image: nginx
        volumeMounts: [{name: disk, mountPath: /d, readOnly: true}, {name: memory, mountPath: /m, readOnly: true}]
    volumes:
      - {name: disk, emptyDir: {}}
      - {name: memory, emptyDir: {medium: Memory}}";

/// The document of `kind` with a Pod of `parts` and further fields of its own.
fn document(kind: &str, parts: &str, more: &str) -> Value {
    let value = |text: &str| yaml::parse(text).unwrap().remove(0).value;
    let spec = value(parts);
    let mut document = value(if more.is_empty() { "{}" } else { more });
    let place: Path = match kind {
        "Pod" => "spec",
        "CronJob" => "spec.jobTemplate.spec.template.spec",
        _ => "spec.template.spec",
    }
    .parse()
    .unwrap();
    document["kind"] = kind.into();
    Change::Set(place, spec).apply(&mut document).unwrap();
    document
}

fn after(document: &Value, id: &str) -> Outcome {
    let event = event(document, id).unwrap_or_else(|| panic!("{id}"));
    what_happens(document, &event)
}

fn of_pod(parts: &str, id: &str) -> Outcome {
    after(&document("Pod", parts, ""), id)
}

/// `parts` with a policy for the whole Pod.
fn with_policy(policy: &str) -> String {
    format!("\n    restartPolicy: {policy}{PARTS}")
}

fn fates(outcome: &Outcome) -> Vec<Fate> {
    outcome.volumes.iter().map(|volume| volume.fate).collect()
}

fn started(outcome: &Outcome) -> Vec<(&str, Cause)> {
    outcome.started.iter().map(|container| (container.container.as_str(), container.cause)).collect()
}

fn ended(outcome: &Outcome) -> Vec<(&str, Cause)> {
    outcome.ended.iter().map(|container| (container.container.as_str(), container.cause)).collect()
}

fn says(outcome: &Outcome, words: &str) -> bool {
    outcome.notes.iter().chain([&outcome.summary]).any(|note| note.contains(words))
}

fn levers(outcome: &Outcome) -> Vec<String> {
    outcome.levers.iter().map(|lever| lever.field.to_string()).collect()
}
