//! What the storage refuses to create, and what a server has added to an object that it once stored.
//!
//! Follows `Create` in `k8s.io/apiserver/pkg/storage/etcd3/store.go`; what is added is what `FillObjectMetaSystemFields`, the
//! strategies' `PrepareForCreate`, the scheduler, the `ServiceAccount` plugin and the Job controller set (v1.35).

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::Value;

use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::kinds::pod_template;
use crate::path::Path;
use crate::rule::Rule;

/// Where every Pod finds the token of its account.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Fields of `metadata` that only a server sets.
const METADATA: [&str; 8] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "selfLink",
    "managedFields",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
];

/// Annotations that clients and controllers keep their own notes in.
const ANNOTATIONS: [&str; 3] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deprecated.daemonset.template.generation",
];

/// Labels that tie the Pods of a Job to it.
const OF_A_JOB: [&str; 4] = ["controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name"];

/// What the storage says of an object with this `metadata`, which was read from `document`.
pub(super) fn create(metadata: &ObjectMeta, document: &Value) -> Vec<Finding> {
    let version = metadata.resource_version.as_deref().unwrap_or_default();
    let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || version.parse::<u64>().unwrap_or_default() == 0 {
        return Vec::new();
    }
    let place = Path::root().entry("metadata").entry("resourceVersion");
    let finding = Finding::new(Rule::STORAGE, place, "resourceVersion should not be set on objects to be created");
    vec![finding.with_fix(Fix::safe("Take out what the server owns", server_owned(document)))]
}

/// The changes that take out of `document` what a server has added to it.
fn server_owned(document: &Value) -> Vec<Change> {
    let mut owned = Owned { document, changes: Vec::new() };
    let root = Path::root();
    owned.remove(&root.entry("status"));
    owned.metadata(&root.entry("metadata"));
    let template = pod_template(document).unwrap_or_default();
    match document.get("kind").and_then(Value::as_str) {
        Some("Pod") => owned.bound_pod(),
        Some("Job") => owned.job(&template),
        Some("StatefulSet") => owned.claims(),
        _ => {}
    }
    if !template.is_root() {
        owned.remove_if(&template.entry("metadata").entry("creationTimestamp"), Value::is_null);
    }
    owned.changes
}

/// The changes so far. Each is made in the document that the ones before have left.
struct Owned<'a> {
    document: &'a Value,
    changes: Vec<Change>,
}

impl Owned<'_> {
    fn remove(&mut self, field: &Path) {
        self.remove_if(field, |_| true);
    }

    fn remove_if(&mut self, field: &Path, is_owned: impl FnOnce(&Value) -> bool) {
        if field.find(self.document).is_some_and(is_owned) {
            self.changes.push(Change::Remove(field.clone()));
        }
    }

    fn metadata(&mut self, metadata: &Path) {
        for field in METADATA {
            self.remove(&metadata.entry(field));
        }
        let has_owner = |owners: &Value| owners.as_array().into_iter().flatten().any(|owner| owner["controller"] == true);
        self.remove_if(&metadata.entry("ownerReferences"), has_owner);
        self.keys(&metadata.entry("annotations"), &ANNOTATIONS);
    }

    /// The entries `keys` of the map at `map`, or the whole map if it has no others.
    fn keys(&mut self, map: &Path, keys: &[&str]) {
        let Some(entries) = map.find(self.document).and_then(Value::as_object) else { return };
        if !entries.is_empty() && entries.keys().all(|key| keys.contains(&key.as_str())) {
            self.remove(map);
            return;
        }
        for key in keys {
            self.remove(&map.entry(*key));
        }
    }

    /// What the scheduler and admission have set in a Pod.
    fn bound_pod(&mut self) {
        let spec = Path::root().entry("spec");
        for field in ["nodeName", "overhead"] {
            self.remove(&spec.entry(field));
        }
        let is_token = |mount: &Value| mount["mountPath"] == TOKEN_PATH && has_generated_name(mount);
        for list in ["initContainers", "containers"].map(|list| spec.entry(list)) {
            let containers = list.find(self.document).and_then(Value::as_array).map_or(0, Vec::len);
            for container in (0..containers).map(|index| list.index(index)) {
                self.items(&container.entry("volumeMounts"), is_token);
            }
        }
        self.items(&spec.entry("volumes"), has_generated_name);
    }

    /// The items of the list at `list` that a server has added, or the whole list if it has no others.
    fn items(&mut self, list: &Path, is_owned: impl Fn(&Value) -> bool) {
        let Some(items) = list.find(self.document).and_then(Value::as_array) else { return };
        if !items.is_empty() && items.iter().all(&is_owned) {
            self.remove(list);
            return;
        }
        for (index, _) in items.iter().enumerate().rev().filter(|(_, item)| is_owned(item)) {
            self.remove(&list.index(index));
        }
    }

    /// The selector of a Job and the labels that it selects, unless a person chose them.
    fn job(&mut self, template: &Path) {
        let spec = Path::root().entry("spec");
        if self.document["spec"]["manualSelector"] != true {
            self.remove(&spec.entry("selector"));
            self.keys(&template.entry("metadata").entry("labels"), &OF_A_JOB);
        }
    }

    fn claims(&mut self) {
        let claims = Path::root().entry("spec").entry("volumeClaimTemplates");
        let count = claims.find(self.document).and_then(Value::as_array).map_or(0, Vec::len);
        for claim in (0..count).map(|index| claims.index(index)) {
            self.remove(&claim.entry("status"));
            self.remove_if(&claim.entry("metadata").entry("creationTimestamp"), Value::is_null);
        }
    }
}

/// True of a volume, or its mount, that holds the token of the Pod's account.
fn has_generated_name(volume: &Value) -> bool {
    let name = volume["name"].as_str().unwrap_or_default();
    let token_secret = name.rsplit_once("-token-").is_some_and(|(_, random)| random.len() == 5);
    name.starts_with("kube-api-access-") || token_secret
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Verdict;

    fn metadata(version: &str) -> ObjectMeta {
        ObjectMeta { resource_version: Some(version.to_owned()), ..ObjectMeta::default() }
    }

    #[test]
    fn only_a_version_that_is_a_number_is_refused() {
        for good in ["", "0", "abc", "+1", "-1"] {
            assert_eq!(create(&metadata(good), &json!({})), [], "{good}");
        }
        let found = create(&metadata("4711"), &json!({}));
        assert_eq!(found[0].message, "resourceVersion should not be set on objects to be created");
    }

    /// What a server returns of an object with this `spec`, and what the fix makes of it.
    fn fixed(kind: &str, version: &str, spec: Value) -> Value {
        let mut document = json!({
            "apiVersion": version, "kind": kind,
            "metadata": {
                "name": "a", "namespace": "default", "uid": "u", "resourceVersion": "1", "generation": 1,
                "creationTimestamp": "2026-01-10T10:00:00Z", "managedFields": [],
                "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"},
            },
            "spec": spec, "status": {"phase": "Running"},
        });
        document["status"].take();
        let findings = crate::judge(&document).findings;
        let refusal = findings.iter().find(|finding| finding.rule == Rule::STORAGE).unwrap();
        refusal.fix.as_ref().unwrap().apply(&mut document).unwrap();
        assert_eq!(crate::judge(&document).verdict, Verdict::Accepted);
        assert_eq!(document["metadata"], json!({"name": "a", "namespace": "default"}));
        document["spec"].take()
    }

    #[test]
    fn a_pod_loses_its_node_and_its_token() {
        let mount = |name: &str, path: &str| json!({"name": name, "mountPath": path});
        let token = mount("kube-api-access-abcde", TOKEN_PATH);
        let spec = fixed(
            "Pod",
            "v1",
            json!({
                "nodeName": "n", "priority": 0, "serviceAccountName": "default",
                "containers": [
                    {"name": "a", "image": "i", "volumeMounts": [mount("data", "/data"), token]},
                    {"name": "b", "image": "i", "volumeMounts": [token]},
                ],
                "volumes": [{"name": "kube-api-access-abcde", "projected": {"sources": []}}, {"name": "data", "emptyDir": {}}],
            }),
        );
        let expected = json!({
            "priority": 0, "serviceAccountName": "default",
            "containers": [{"name": "a", "image": "i", "volumeMounts": [mount("data", "/data")]}, {"name": "b", "image": "i"}],
            "volumes": [{"name": "data", "emptyDir": {}}],
        });
        assert_eq!(spec, expected);
    }

    #[test]
    fn a_job_loses_the_selector_that_was_made_for_it() {
        let containers = json!([{"name": "a", "image": "i"}]);
        let labels = json!({"batch.kubernetes.io/controller-uid": "u", "batch.kubernetes.io/job-name": "a", "controller-uid": "u",
            "job-name": "a", "app": "x"});
        let spec = fixed(
            "Job",
            "batch/v1",
            json!({
                "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "u"}}, "manualSelector": false,
                "template": {
                    "metadata": {"creationTimestamp": null, "labels": labels},
                    "spec": {"restartPolicy": "Never", "containers": containers},
                },
            }),
        );
        assert_eq!(spec["template"]["metadata"], json!({"labels": {"app": "x"}}));
        assert_eq!(spec.get("selector"), None);
    }

    #[test]
    fn what_a_person_wrote_of_a_workload_stays() {
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "a", "image": "i"}]}});
        let spec = json!({"selector": {"matchLabels": {"a": "b"}}, "template": template});
        for kind in ["Deployment", "DaemonSet", "StatefulSet"] {
            assert_eq!(fixed(kind, "apps/v1", spec.clone()), spec);
        }
    }
}
