//! What the tests of the validation have in common: the least object of a kind, with a change, and what the server says of it.

use serde_json::{Value, json};

use crate::{Judgement, Verdict, field_error};

/// The messages that the server answers to a Pod with this `spec`, which gets a name and, if it has none, a container.
pub(super) fn messages_of_spec(mut spec: Value) -> Vec<String> {
    if spec.get("containers").is_none() {
        spec["containers"] = json!([{"name": "web", "image": "nginx"}]);
    }
    messages(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": spec}))
}

/// The messages that the server answers to a Pod with a volume with the source `name`, from the volume on.
pub(super) fn messages_of_volume(name: &str, source: Value) -> Vec<String> {
    let found = messages_of_spec(json!({"volumes": [{"name": "v", name: source}]}));
    found.into_iter().map(|message| message.trim_start_matches("spec.volumes[0].").to_owned()).collect()
}

/// The messages that the server answers to a Pod with one container, which gets a name and an image.
pub(super) fn messages_of_container(mut container: Value) -> Vec<String> {
    for field in ["name", "image"] {
        if container.get(field).is_none() {
            container[field] = json!("web");
        }
    }
    messages_of_spec(json!({"containers": [container]}))
}

/// The messages that the server answers to `document`.
pub(super) fn messages(document: &Value) -> Vec<String> {
    let Judgement { verdict, mut findings, .. } = crate::judge(document);
    assert!(matches!(verdict, Verdict::Accepted | Verdict::Invalid | Verdict::Forbidden), "{findings:?}");
    // Admission may object before.
    findings.retain(|finding| finding.rule.is_of_validation() && (!finding.later || verdict == Verdict::Forbidden));
    field_error::testing::texts(findings)
}

/// The messages that the server answers to the least Deployment, `StatefulSet`, `DaemonSet`, Job or `CronJob` whose `spec` has
/// these `changes`; null takes a field away.
pub(super) fn messages_of_workload(kind: &str, changes: Value) -> Vec<String> {
    messages(&workload(kind, changes))
}

/// The least object of this `kind` whose `spec` has these `changes`.
pub(super) fn workload(kind: &str, changes: Value) -> Value {
    let containers = json!([{"name": "a", "image": "b"}]);
    let job = || json!({"template": {"spec": {"restartPolicy": "Never", "containers": containers}}});
    let (version, mut spec) = match kind {
        "Job" => ("batch/v1", job()),
        "CronJob" => ("batch/v1", json!({"schedule": "@daily", "jobTemplate": {"spec": job()}})),
        _ => {
            let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": containers}});
            ("apps/v1", json!({"selector": {"matchLabels": {"app": "web"}}, "template": template}))
        }
    };
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    for (field, value) in changes {
        spec[field] = value;
    }
    json!({"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": spec})
}
