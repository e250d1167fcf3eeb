//! The defaults of the kinds that make Pods from a template.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job, JobSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::metadata;
use super::pod::pod_template;

/// The server draws a new one for each object; here it is always this one.
const UID: &str = "00000000-0000-0000-0000-000000000000";

/// `SetDefaults_Deployment`
pub(in super::super) fn deployment(deployment: &mut Deployment) {
    metadata::complete(&mut deployment.metadata);
    let spec = deployment.spec.get_or_insert_default();
    pod_template(&mut spec.template);
    let strategy = spec.strategy.get_or_insert_default();
    if set_if_empty(&mut strategy.type_, "RollingUpdate") == "RollingUpdate" {
        let update = strategy.rolling_update.get_or_insert_default();
        update.max_unavailable.get_or_insert_with(|| IntOrString::String("25%".to_owned()));
        update.max_surge.get_or_insert_with(|| IntOrString::String("25%".to_owned()));
    }
    spec.replicas.get_or_insert(1);
    spec.progress_deadline_seconds.get_or_insert(600);
}

/// `SetDefaults_StatefulSet`
pub(in super::super) fn stateful_set(set: &mut StatefulSet) {
    metadata::complete(&mut set.metadata);
    let spec = set.spec.get_or_insert_default();
    pod_template(&mut spec.template);
    set_if_empty(&mut spec.pod_management_policy, "OrderedReady");
    let strategy = spec.update_strategy.get_or_insert_default();
    if set_if_empty(&mut strategy.type_, "RollingUpdate") == "RollingUpdate" {
        let update = strategy.rolling_update.get_or_insert_default();
        update.partition.get_or_insert(0);
        update.max_unavailable.get_or_insert(IntOrString::Int(1));
    }
    let retention = spec.persistent_volume_claim_retention_policy.get_or_insert_default();
    set_if_empty(&mut retention.when_deleted, "Retain");
    set_if_empty(&mut retention.when_scaled, "Retain");
    spec.replicas.get_or_insert(1);
}

/// `SetDefaults_DaemonSet`
pub(in super::super) fn daemon_set(set: &mut DaemonSet) {
    metadata::complete(&mut set.metadata);
    let spec = set.spec.get_or_insert_default();
    pod_template(&mut spec.template);
    let strategy = spec.update_strategy.get_or_insert_default();
    if set_if_empty(&mut strategy.type_, "RollingUpdate") == "RollingUpdate" {
        let update = strategy.rolling_update.get_or_insert_default();
        update.max_unavailable.get_or_insert(IntOrString::Int(1));
        update.max_surge.get_or_insert(IntOrString::Int(0));
    }
}

/// `SetDefaults_Job`, and the selector that the Job's strategy generates.
pub(in super::super) fn job(job: &mut Job) {
    metadata::complete(&mut job.metadata);
    let spec = job.spec.get_or_insert_default();
    job_spec(spec);
    if spec.completions.is_none() && spec.parallelism.is_none() {
        spec.completions = Some(1);
    }
    spec.parallelism.get_or_insert(1);
    spec.completion_mode.get_or_insert_with(|| "NonIndexed".to_owned());
    let shares_labels = job.metadata.labels.as_ref().is_none_or(BTreeMap::is_empty) && labels(spec).is_some();
    job.metadata.uid = Some(UID.to_owned());
    if spec.manual_selector != Some(true) {
        generate_selector(&job.metadata, spec);
    }
    if shares_labels {
        job.metadata.labels = labels(spec).cloned();
    }
}

/// The labels of the template. A Job without labels gets them, and as the server does not copy them, it gets those that are
/// generated later as well.
fn labels(spec: &JobSpec) -> Option<&BTreeMap<String, String>> {
    spec.template.metadata.as_ref()?.labels.as_ref()
}

/// `SetDefaults_CronJob`
pub(in super::super) fn cron_job(cron_job: &mut CronJob) {
    metadata::complete(&mut cron_job.metadata);
    let spec = cron_job.spec.get_or_insert_default();
    set_if_empty(&mut spec.concurrency_policy, "Allow");
    job_spec(spec.job_template.spec.get_or_insert_default());
}

fn job_spec(spec: &mut JobSpec) {
    pod_template(&mut spec.template);
    let rules = spec.pod_failure_policy.iter_mut().flat_map(|policy| &mut policy.rules);
    for pattern in rules.flat_map(|rule| rule.on_pod_conditions.iter_mut().flatten()) {
        set_if_empty(&mut pattern.status, "True");
    }
}

/// `generateSelector` in `pkg/registry/batch/job/strategy.go`
fn generate_selector(metadata: &ObjectMeta, spec: &mut JobSpec) {
    let name = metadata.name.as_deref().unwrap_or_default();
    let labels = spec.template.metadata.get_or_insert_default().labels.get_or_insert_default();
    for key in ["job-name", "batch.kubernetes.io/job-name"] {
        labels.entry(key.to_owned()).or_insert_with(|| name.to_owned());
    }
    for key in ["controller-uid", "batch.kubernetes.io/controller-uid"] {
        labels.entry(key.to_owned()).or_insert_with(|| UID.to_owned());
    }
    let selected = spec.selector.get_or_insert_default().match_labels.get_or_insert_default();
    selected.entry("batch.kubernetes.io/controller-uid".to_owned()).or_insert_with(|| UID.to_owned());
}

fn set_if_empty<'a>(field: &'a mut Option<String>, value: &str) -> &'a str {
    if field.as_deref().unwrap_or_default().is_empty() {
        *field = Some(value.to_owned());
    }
    field.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::completed;
    use super::*;

    fn with_spec<T, R>(spec: Value, complete: fn(&mut T) -> R) -> Value
    where
        T: serde::Serialize + serde::de::DeserializeOwned,
    {
        completed(json!({"metadata": {"name": "web"}, "spec": spec}), complete)["spec"].clone()
    }

    #[test]
    fn a_deployment_has_one_replica_that_is_rolled() {
        let spec = with_spec(json!({}), deployment);
        assert_eq!((&spec["replicas"], &spec["progressDeadlineSeconds"]), (&json!(1), &json!(600)));
        let quarter = json!({"maxSurge": "25%", "maxUnavailable": "25%"});
        assert_eq!(spec["strategy"], json!({"type": "RollingUpdate", "rollingUpdate": quarter}));
        let written = json!({
            "replicas": 0, "progressDeadlineSeconds": 0,
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 2}},
        });
        let spec = with_spec(written.clone(), deployment);
        for field in ["replicas", "progressDeadlineSeconds", "strategy"] {
            assert_eq!(spec[field], written[field], "{field}");
        }
        let recreate = json!({"type": "Recreate"});
        assert_eq!(with_spec(json!({"strategy": recreate}), deployment)["strategy"], recreate);
    }

    #[test]
    fn a_stateful_set_goes_in_order_and_keeps_its_claims() {
        let spec = with_spec(json!({}), stateful_set);
        assert_eq!((&spec["replicas"], &spec["podManagementPolicy"]), (&json!(1), &json!("OrderedReady")));
        assert_eq!(
            spec["updateStrategy"],
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "maxUnavailable": 1}})
        );
        assert_eq!(spec["persistentVolumeClaimRetentionPolicy"], json!({"whenDeleted": "Retain", "whenScaled": "Retain"}));
        let written = json!({
            "replicas": 0, "podManagementPolicy": "Parallel",
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 3, "maxUnavailable": "10%"}},
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete", "whenScaled": "Delete"},
        });
        let spec = with_spec(written.clone(), stateful_set);
        for field in ["replicas", "podManagementPolicy", "updateStrategy", "persistentVolumeClaimRetentionPolicy"] {
            assert_eq!(spec[field], written[field], "{field}");
        }
    }

    #[test]
    fn a_daemon_set_is_rolled_one_by_one() {
        let of = |strategy: Value| with_spec(json!({"updateStrategy": strategy}), daemon_set)["updateStrategy"].clone();
        let one = json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1, "maxSurge": 0}});
        assert_eq!(of(Value::Null), one);
        assert_eq!(of(json!({"type": "RollingUpdate"})), one);
        let written = json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": "1%"}});
        assert_eq!(of(written.clone()), written);
        assert_eq!(of(json!({"type": "OnDelete"})), json!({"type": "OnDelete"}));
    }

    #[test]
    fn a_job_is_done_once_unless_it_says_how_often() {
        for (written, completions, parallelism) in [
            (json!({}), json!(1), json!(1)),
            (json!({"parallelism": 3}), json!(null), json!(3)),
            (json!({"completions": 3}), json!(3), json!(1)),
        ] {
            let spec = with_spec(written, job);
            assert_eq!((&spec["completions"], &spec["parallelism"]), (&completions, &parallelism));
        }
    }

    #[test]
    fn the_completions_of_a_job_have_no_index_unless_it_says_so() {
        for (written, expected) in [(json!(null), "NonIndexed"), (json!("Indexed"), "Indexed"), (json!(""), "")] {
            assert_eq!(with_spec(json!({"completionMode": written}), job)["completionMode"], expected);
        }
    }

    #[test]
    fn conditions_of_a_failure_policy_are_true() {
        let of = |status: Value| {
            let rule = json!({"action": "Ignore", "onPodConditions": [{"type": "a", "status": status}]});
            let spec = json!({"podFailurePolicy": {"rules": [rule]}});
            let in_job = with_spec(spec.clone(), job);
            let in_cron_job = with_spec(json!({"jobTemplate": {"spec": spec}}), cron_job)["jobTemplate"]["spec"].clone();
            [in_job, in_cron_job].map(|spec| spec["podFailurePolicy"]["rules"][0]["onPodConditions"][0]["status"].clone())
        };
        assert_eq!(of(json!(null)), ["True", "True"]);
        assert_eq!(of(json!("False")), ["False", "False"]);
    }

    #[test]
    fn a_job_without_labels_shares_those_of_its_template() {
        let of = |labels: Value| {
            let template = json!({"metadata": {"labels": {"app": "web"}}});
            completed(json!({"metadata": {"name": "sum", "labels": labels}, "spec": {"template": template}}), job)
        };
        let shared = of(json!({}));
        assert_eq!(shared["metadata"]["labels"], shared["spec"]["template"]["metadata"]["labels"]);
        assert_eq!(shared["metadata"]["labels"]["job-name"], "sum");
        assert_eq!(of(json!({"a": "b"}))["metadata"]["labels"], json!({"a": "b"}));
    }

    #[test]
    fn a_job_labels_its_pods_with_its_name_and_identifier() {
        let spec = with_spec(json!({"template": {"metadata": {"labels": {"job-name": "mine"}}}}), job);
        let labels = &spec["template"]["metadata"]["labels"];
        assert_eq!(
            *labels,
            json!({
                "job-name": "mine", "batch.kubernetes.io/job-name": "web",
                "controller-uid": UID, "batch.kubernetes.io/controller-uid": UID,
            })
        );
        assert_eq!(spec["selector"], json!({"matchLabels": {"batch.kubernetes.io/controller-uid": UID}}));
        let manual = with_spec(json!({"manualSelector": true, "selector": {"matchLabels": {"a": "b"}}}), job);
        assert_eq!(manual["selector"], json!({"matchLabels": {"a": "b"}}));
        assert_eq!(manual["template"]["metadata"].get("labels"), None);
    }

    #[test]
    fn jobs_of_a_cron_job_may_overlap_and_select_nothing_yet() {
        let of = |policy: Value| with_spec(json!({"schedule": "* * * * *", "concurrencyPolicy": policy}), cron_job);
        assert_eq!(of(json!(""))["concurrencyPolicy"], "Allow");
        assert_eq!(of(json!("Forbid"))["concurrencyPolicy"], "Forbid");
        let job = &of(json!(null))["jobTemplate"]["spec"];
        assert_eq!((job.get("selector"), job.get("completions")), (None, None));
    }

    #[test]
    fn every_template_is_completed() {
        let template = |spec: Value| spec["template"]["spec"]["restartPolicy"].clone();
        let of_cron_job = with_spec(json!({}), cron_job)["jobTemplate"]["spec"].clone();
        for spec in [
            with_spec(json!({}), deployment),
            with_spec(json!({}), stateful_set),
            with_spec(json!({}), daemon_set),
            with_spec(json!({}), job),
            of_cron_job,
        ] {
            assert_eq!(template(spec), "Always");
        }
    }
}
