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
