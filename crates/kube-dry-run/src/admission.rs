//! What admission says of a Pod, as far as that does not depend on what else is in the cluster.
//!
//! Follows the plugins that are on by default and refuse Pods: `plugin/pkg/admission/serviceaccount`, `priority` and
//! `runtimeclass` (v1.35). As everywhere here, every `ServiceAccount`, `PriorityClass` and `RuntimeClass` that a Pod names is
//! there. Nobody has made a class the default one, or given a `RuntimeClass` an overhead. Namespaces, limit ranges, quotas and
//! webhooks are content of the cluster; `PodSecurity` lets everything pass in a namespace without labels.

use k8s_openapi::api::core::v1::{Container, EnvFromSource, EnvVar, Pod, PodSpec, Volume, VolumeProjection};

use crate::change::Change;
use crate::field_path::{FieldPath, ROOT};
use crate::finding::{Finding, Fix};
use crate::go_text::quoted;
use crate::rule::Rule;
use crate::validate::MIRROR;

/// Classes that every cluster has, with the priorities that they stand for.
const SYSTEM_CLASSES: [(&str, i32); 2] = [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];

/// The policy of a `PriorityClass` that names none.
const DEFAULT_POLICY: &str = "PreemptLowerPriority";

/// What the plugins say that may change the Pod, before it is validated. The server stops at the first.
pub(super) fn mutating(pod: &Pod) -> Vec<Finding> {
    let Some(spec) = &pod.spec else { return Vec::new() };
    let path = &ROOT.field("spec");
    let mut refusals = Refusals { pod, found: Vec::new() };
    mirror(&mut refusals, spec, path);
    priority(&mut refusals, spec, path);
    refusals.found
}

/// What the plugins say that look at the Pod as it was validated. The server stops at the first.
pub(super) fn validating(pod: &Pod) -> Vec<Finding> {
    let Some(spec) = &pod.spec else { return Vec::new() };
    let mut refusals = Refusals { pod, found: Vec::new() };
    if spec.overhead.is_some() {
        let detail = "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead";
        refusals.add(&ROOT.field("spec").field("overhead"), detail, Solution::Remove);
    }
    refusals.found
}

/// What to do about a field that is refused.
#[derive(Clone, Copy, PartialEq)]
enum Solution {
    /// The server sets it itself, or does without it.
    Remove,
    Unknown,
}

struct Refusals<'a> {
    pod: &'a Pod,
    found: Vec<Finding>,
}

impl Refusals<'_> {
    fn add(&mut self, field: &FieldPath<'_>, detail: &str, solution: Solution) {
        let message = format!("pods {} is forbidden: {detail}", quoted(self.name()));
        let place = field.to_document_path();
        let fix =
            (solution == Solution::Remove).then(|| Fix::safe(format!("Remove {field}"), vec![Change::Remove(place.clone())]));
        let later = !self.found.is_empty();
        self.found.push(Finding { fix, later, ..Finding::new(Rule::ADMISSION, place, message) });
    }

    /// The name of the Pod in messages; the one to be generated is not known yet.
    fn name(&self) -> &str {
        let metadata = &self.pod.metadata;
        [&metadata.name, &metadata.generate_name]
            .into_iter()
            .find_map(|name| name.as_deref().filter(|name| !name.is_empty()))
            .unwrap_or("Unknown")
    }
}

/// The priority and the policy are those of the class, whatever the Pod says.
fn priority(refusals: &mut Refusals<'_>, spec: &PodSpec, path: &FieldPath<'_>) {
    let class = spec.priority_class_name.as_deref().unwrap_or_default();
    let known = SYSTEM_CLASSES.iter().find(|(name, _)| *name == class).map(|(_, priority)| *priority);
    let Some(computed) = known.or(class.is_empty().then_some(0)) else { return };
    if let Some(given) = spec.priority.filter(|given| *given != computed) {
        let detail = format!(
            "the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed \
             {computed} from the given PriorityClass name"
        );
        refusals.add(&path.field("priority"), &detail, Solution::Remove);
    }
    if let Some(given) = spec.preemption_policy.as_deref().filter(|given| *given != DEFAULT_POLICY) {
        let detail = format!(
            "the string value of PreemptionPolicy ({given}) must not be provided in pod spec; priority admission controller computed \
             {DEFAULT_POLICY} from the given PriorityClass name"
        );
        refusals.add(&path.field("preemptionPolicy"), &detail, Solution::Remove);
    }
}

/// The mirror of a static Pod has nothing that the API server would have to give it.
fn mirror(refusals: &mut Refusals<'_>, spec: &PodSpec, path: &FieldPath<'_>) {
    let is_mirror = refusals.pod.metadata.annotations.as_ref().is_some_and(|annotations| annotations.contains_key(MIRROR));
    if !is_mirror {
        return;
    }
    if spec.service_account_name.as_ref().is_some_and(|name| !name.is_empty()) {
        refusals.add(&path.field("serviceAccountName"), "a mirror pod may not reference service accounts", Solution::Unknown);
    }
    let volumes = spec.volumes.as_deref().unwrap_or_default();
    if names_secret(spec, volumes) {
        refusals.add(path, "a mirror pod may not reference secrets", Solution::Unknown);
    }
    let has_token = |source: &VolumeProjection| source.service_account_token.is_some();
    if volumes.iter().any(|volume| projections(volume).any(has_token)) {
        let detail = "a mirror pod may not use ServiceAccountToken volume projections";
        refusals.add(&path.field("volumes"), detail, Solution::Unknown);
    }
}

fn projections(volume: &Volume) -> impl Iterator<Item = &VolumeProjection> {
    volume.projected.iter().filter_map(|projected| projected.sources.as_ref()).flatten()
}

/// `VisitPodSecretNames` in `pkg/api/v1/pod/util.go`: whether anything in the Pod names a Secret.
fn names_secret(spec: &PodSpec, volumes: &[Volume]) -> bool {
    let has_pull_secret = spec.image_pull_secrets.as_ref().is_some_and(|secrets| !secrets.is_empty());
    let containers = spec.init_containers.iter().flatten().chain(&spec.containers);
    has_pull_secret || containers.into_iter().any(container_names_secret) || volumes.iter().any(volume_names_secret)
}

fn container_names_secret(container: &Container) -> bool {
    let from = |source: &EnvFromSource| source.secret_ref.is_some();
    let key = |variable: &EnvVar| variable.value_from.as_ref().is_some_and(|source| source.secret_key_ref.is_some());
    container.env_from.iter().flatten().any(from) || container.env.iter().flatten().any(key)
}

fn volume_names_secret(volume: &Volume) -> bool {
    volume.secret.is_some()
        || volume.azure_file.is_some()
        || projections(volume).any(|source| source.secret.is_some())
        || volume.cephfs.as_ref().is_some_and(|source| source.secret_ref.is_some())
        || volume.cinder.as_ref().is_some_and(|source| source.secret_ref.is_some())
        || volume.csi.as_ref().is_some_and(|source| source.node_publish_secret_ref.is_some())
        || volume.flex_volume.as_ref().is_some_and(|source| source.secret_ref.is_some())
        || volume.iscsi.as_ref().is_some_and(|source| source.secret_ref.is_some())
        || volume.rbd.as_ref().is_some_and(|source| source.secret_ref.is_some())
        || volume.scale_io.is_some()
        || volume.storageos.as_ref().is_some_and(|source| source.secret_ref.is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pod(spec: Value, annotations: Value) -> Pod {
        let mut spec = spec;
        spec["containers"] = json!([{"name": "a", "image": "b"}]);
        serde_json::from_value(json!({"metadata": {"name": "p", "annotations": annotations}, "spec": spec})).unwrap()
    }

    fn messages(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.message).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn the_class_decides_the_priority() {
        let of = |spec: Value| messages(mutating(&pod(spec, json!({}))));
        for good in [
            json!({"priority": 0, "preemptionPolicy": "PreemptLowerPriority"}),
            json!({"priority": 2_000_001_000, "priorityClassName": "system-node-critical"}),
            json!({"priority": 7, "preemptionPolicy": "Never", "priorityClassName": "mine"}),
        ] {
            assert_eq!(of(good), NONE);
        }
        assert_eq!(
            of(json!({"priority": 7, "preemptionPolicy": "Never"})),
            [
                "pods \"p\" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission \
                 controller computed 0 from the given PriorityClass name",
                "pods \"p\" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority \
                 admission controller computed PreemptLowerPriority from the given PriorityClass name",
            ]
        );
        assert!(
            of(json!({"priority": 0, "priorityClassName": "system-cluster-critical"}))[0].contains("computed 2000000000 from")
        );
    }

    #[test]
    fn overhead_is_that_of_a_runtime_class() {
        let of = |spec: Value| messages(validating(&pod(spec, json!({}))));
        assert_eq!(of(json!({"runtimeClassName": "rc"})), NONE);
        for bad in [json!({"overhead": {"cpu": "1"}}), json!({"overhead": {}, "runtimeClassName": "rc"})] {
            let message =
                "pods \"p\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead";
            assert_eq!(of(bad), [message]);
        }
    }

    #[test]
    fn a_mirror_has_neither_account_nor_secrets() {
        let of = |spec: Value| messages(mutating(&pod(spec, json!({MIRROR: "x"}))));
        assert_eq!(of(json!({"volumes": [{"name": "a", "emptyDir": {}}]})), NONE);
        for (spec, detail) in [
            (json!({"serviceAccountName": "a"}), "service accounts"),
            (json!({"volumes": [{"name": "a", "secret": {"secretName": "s"}}]}), "secrets"),
            (json!({"imagePullSecrets": [{"name": "s"}]}), "secrets"),
        ] {
            assert_eq!(of(spec), [format!("pods \"p\" is forbidden: a mirror pod may not reference {detail}")]);
        }
    }

    #[test]
    fn a_pod_whose_name_is_to_be_generated_goes_by_its_beginning() {
        let mut pod = pod(json!({"overhead": {}}), json!({}));
        (pod.metadata.name, pod.metadata.generate_name) = (None, Some("web-".to_owned()));
        assert!(messages(validating(&pod))[0].starts_with("pods \"web-\" is forbidden: "));
    }
}
