//! What the server warns of although it accepts the object.
//!
//! Follows `WarningsOnCreate` of the strategies in `pkg/registry/core/pod`, `pkg/registry/apps/*` and `pkg/registry/batch/*`, and
//! `WarningsForJobSpec` in `pkg/api/job/warnings.go` (v1.35).

mod claim;
mod container;
mod node_label;
mod pod;
mod port;
mod virtual_path;
mod volume;

use std::collections::HashSet;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job, JobSpec};
use k8s_openapi::api::core::v1::{Pod, PodTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::field_path::{FieldPath, ROOT};
use super::names;
use crate::finding::Finding;
use crate::path::Path;
use crate::rule::Rule;

/// More warnings than this help nobody; a server sends far less.
const MAX_WARNINGS: usize = 1000;

/// How many bytes the kept warnings of a document may have, more or less: they may name files with paths of any length.
const MAX_WARNING_BYTES: usize = 1 << 20;

/// How many bytes of warnings are looked at of a document, those that were there before included: what would be told again and
/// again is not looked for without end.
const MAX_BYTES_LOOKED_AT: usize = 32 << 20;

/// Jobs with more completions and more Pods at once than this lose track of failed indexes.
const MANY_COMPLETIONS: i32 = 100_000;
const MANY_PODS: i32 = 10_000;

const IN_HOSTNAME: &str = "this is used in the Pod's hostname";
const IN_POD_NAMES: &str = "this is used in Pod names and hostnames";

/// The warnings so far; none appears twice. Those beyond the bounds are only counted, as far as they are looked for.
#[derive(Default)]
pub(super) struct Warnings {
    all: Vec<Finding>,
    seen: HashSet<String>,
    bytes: usize,
    bytes_looked_at: usize,
    further: usize,
}

impl Warnings {
    /// A warning that begins with the field that it is about.
    fn add(&mut self, field: &FieldPath<'_>, message: &str) {
        self.push(field, format!("{field}: {message}"));
    }

    /// A warning that names the field in its own way.
    fn add_whole(&mut self, field: &FieldPath<'_>, message: String) {
        self.push(field, message);
    }

    fn is_full(&self) -> bool {
        self.all.len() >= MAX_WARNINGS || self.bytes > MAX_WARNING_BYTES || self.bytes_looked_at > MAX_BYTES_LOOKED_AT
    }

    fn push(&mut self, field: &FieldPath<'_>, message: String) {
        self.push_finding(field.to_string(), message, || field.to_document_path());
    }

    fn push_finding(&mut self, field: String, message: String, place: impl FnOnce() -> Path) {
        if self.is_full() {
            self.further += 1;
            return;
        }
        let bytes = field.len() + message.len();
        self.bytes_looked_at += bytes;
        if self.seen.insert(message.clone()) {
            self.bytes += bytes;
            self.all.push(Finding::new(Rule::WARNING, place(), message).named(field));
        }
    }

    /// These warnings behind `first`, which came up before.
    pub(super) fn after(self, first: Vec<Finding>) -> Self {
        let mut warnings = Self { further: self.further, ..Self::default() };
        for Finding { field, place, message, .. } in first.into_iter().chain(self.all) {
            warnings.push_finding(field, message, || place);
        }
        warnings
    }

    /// The warnings, and how many more there are at least.
    pub(super) fn into_parts(self) -> (Vec<Finding>, usize) {
        (self.all, self.further)
    }
}

/// What the server warns of in a Pod with its defaults.
pub(super) fn pod(pod: &Pod) -> Warnings {
    let mut warnings = Warnings::default();
    name(&mut warnings, &pod.metadata, IN_HOSTNAME);
    if let Some(spec) = &pod.spec {
        pod::spec_and_metadata(&mut warnings, spec, &pod.metadata, &ROOT);
    }
    warnings
}

/// What the server warns of in a Deployment with its defaults.
pub(super) fn deployment(deployment: &Deployment) -> Warnings {
    let mut warnings = Warnings::default();
    name(&mut warnings, &deployment.metadata, IN_POD_NAMES);
    if let Some(spec) = &deployment.spec {
        template(&mut warnings, &spec.template, &ROOT.field("spec"));
    }
    warnings
}

/// What the server warns of in a `StatefulSet` with its defaults.
pub(super) fn stateful_set(set: &StatefulSet) -> Warnings {
    let mut warnings = Warnings::default();
    let Some(spec) = &set.spec else { return warnings };
    let path = &ROOT.field("spec");
    template(&mut warnings, &spec.template, path);
    for (index, written) in spec.volume_claim_templates.iter().flatten().enumerate() {
        if let Some(claim) = &written.spec {
            claim::spec(&mut warnings, claim, &path.field("volumeClaimTemplates").index(index));
        }
    }
    if spec.revision_history_limit.is_some_and(|limit| limit < 0) {
        let message = "a negative value retains all historical revisions; a value >= 0 is recommended";
        warnings.add(&path.field("revisionHistoryLimit"), message);
    }
    warnings
}

/// What the server warns of in a `DaemonSet` with its defaults.
pub(super) fn daemon_set(set: &DaemonSet) -> Warnings {
    let mut warnings = Warnings::default();
    if let Some(spec) = &set.spec {
        template(&mut warnings, &spec.template, &ROOT.field("spec"));
    }
    warnings
}

/// What the server warns of in a Job with its defaults.
pub(super) fn job(job: &Job) -> Warnings {
    let mut warnings = Warnings::default();
    name(&mut warnings, &job.metadata, IN_POD_NAMES);
    if let Some(spec) = &job.spec {
        job_spec(&mut warnings, spec, &ROOT.field("spec"));
    }
    warnings
}

/// What the server warns of in a `CronJob` with its defaults.
pub(super) fn cron_job(cron_job: &CronJob) -> Warnings {
    let mut warnings = Warnings::default();
    name(&mut warnings, &cron_job.metadata, IN_POD_NAMES);
    if let Some(spec) = cron_job.spec.as_ref().and_then(|spec| spec.job_template.spec.as_ref()) {
        job_spec(&mut warnings, spec, &ROOT.field("spec").field("jobTemplate").field("spec"));
    }
    warnings
}

fn name(warnings: &mut Warnings, metadata: &ObjectMeta, usage: &str) {
    let reasons = names::dns_label(metadata.name.as_deref().unwrap_or_default());
    if !reasons.is_empty() {
        let advice = "which can result in surprising behavior; a DNS label is recommended";
        let message = format!("{usage}, {advice}: [{}]", reasons.join(" "));
        warnings.add(&ROOT.field("metadata").field("name"), &message);
    }
}

fn job_spec(warnings: &mut Warnings, spec: &JobSpec, path: &FieldPath<'_>) {
    let is_above = |number: Option<i32>, most: i32| number.is_some_and(|number| number > most);
    let is_indexed = spec.completion_mode.as_deref() == Some("Indexed");
    if is_indexed && is_above(spec.completions, MANY_COMPLETIONS) && is_above(spec.parallelism, MANY_PODS) {
        let message = "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes \
                       might not be able to track completedIndexes when a big number of indexes fail";
        warnings.add(path, message);
    }
    template(warnings, &spec.template, path);
}

fn template(warnings: &mut Warnings, template: &PodTemplateSpec, owner: &FieldPath<'_>) {
    let metadata = template.metadata.clone().unwrap_or_default();
    if let Some(spec) = &template.spec {
        let path = &owner.field("template");
        container::app_armor_annotations(warnings, spec, &metadata, path);
        pod::spec_and_metadata(warnings, spec, &metadata, path);
    }
}

#[cfg(test)]
mod testing {
    use super::Warnings;

    /// The messages of the warnings that `report` adds.
    pub(super) fn messages(report: impl FnOnce(&mut Warnings)) -> Vec<String> {
        let mut warnings = Warnings::default();
        report(&mut warnings);
        warnings.all.into_iter().map(|warning| warning.message).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    fn read<T: DeserializeOwned>(document: Value) -> T {
        serde_json::from_value(document).unwrap()
    }

    fn messages(warnings: Warnings) -> Vec<String> {
        warnings.all.into_iter().map(|warning| warning.message).collect()
    }

    #[test]
    fn objects_without_dots_in_their_name_get_no_warning() {
        let plain = json!({"metadata": {"name": "a".repeat(63)}});
        for found in [
            pod(&read(plain.clone())),
            deployment(&read(plain.clone())),
            stateful_set(&read(plain.clone())),
            daemon_set(&read(plain.clone())),
            job(&read(plain.clone())),
            cron_job(&read(plain)),
        ] {
            assert_eq!(messages(found), Vec::<String>::new());
        }
    }

    #[test]
    fn names_of_pods_begin_with_that_of_a_deployment_or_a_job() {
        let long = json!({"metadata": {"name": "a".repeat(64)}});
        let message = "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label \
                       is recommended: [must be no more than 63 characters]";
        assert_eq!(messages(deployment(&read(long.clone()))), [message]);
        assert_eq!(messages(job(&read(long.clone()))), [message]);
        assert_eq!(messages(stateful_set(&read(long.clone()))), Vec::<String>::new());
        assert_eq!(messages(daemon_set(&read(long))), Vec::<String>::new());
    }

    #[test]
    fn all_reasons_against_a_name_stand_together() {
        let found = messages(pod(&read(json!({"metadata": {"name": format!("{}.b", "a".repeat(63))}}))));
        assert!(found[0].ends_with("[must be no more than 63 characters must not contain dots]"), "{found:?}");
    }

    #[test]
    fn a_template_is_warned_of_where_it_stands() {
        let template = json!({
            "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "unconfined"}},
            "spec": {"containers": [{"name": "a"}], "terminationGracePeriodSeconds": -1},
        });
        let owner = json!({"metadata": {"name": "a"}, "spec": {"selector": {}, "template": template}});
        let job_template = json!({"spec": {"template": template}});
        let of_cron_job = json!({"metadata": {"name": "a"}, "spec": {"schedule": "", "jobTemplate": job_template}});
        for (found, place) in [
            (deployment(&read(owner.clone())), "spec.template"),
            (stateful_set(&read(owner.clone())), "spec.template"),
            (daemon_set(&read(owner.clone())), "spec.template"),
            (job(&read(owner)), "spec.template"),
            (cron_job(&read(of_cron_job)), "spec.jobTemplate.spec.template"),
        ] {
            let (annotation, period) = (
                format!("{place}.metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]"),
                format!("{place}.spec.terminationGracePeriodSeconds"),
            );
            assert_eq!(
                messages(found),
                [
                    format!("{annotation}: deprecated since v1.30; use the \"appArmorProfile\" field instead"),
                    format!("{period}: must be >= 0; negative values are invalid and will be treated as 1"),
                ]
            );
        }
    }

    #[test]
    fn only_a_job_with_an_index_and_many_pods_at_once_loses_track() {
        let of = |mode: &str, completions: i32, parallelism: i32| {
            let spec = json!({"completionMode": mode, "completions": completions, "parallelism": parallelism, "template": {}});
            messages(job(&read(json!({"metadata": {"name": "a"}, "spec": spec}))))
        };
        for (mode, completions, parallelism) in
            [("NonIndexed", 100_001, 10_001), ("Indexed", 100_000, 10_001), ("Indexed", 100_001, 10_000)]
        {
            assert_eq!(of(mode, completions, parallelism), Vec::<String>::new());
        }
        assert_eq!(
            of("Indexed", 100_001, 10_001),
            [
                "spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes \
                 might not be able to track completedIndexes when a big number of indexes fail"
            ]
        );
    }

    #[test]
    fn claims_of_a_stateful_set_have_whole_bytes() {
        let claim = json!({"spec": {"resources": {"requests": {"storage": "1500m"}}}});
        let spec = json!({"selector": {}, "template": {}, "volumeClaimTemplates": [{}, claim], "revisionHistoryLimit": 0});
        assert_eq!(
            messages(stateful_set(&read(json!({"metadata": {"name": "a"}, "spec": spec})))),
            ["spec.volumeClaimTemplates[1].resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an \
                 integer"]
        );
    }

    #[test]
    fn a_warning_is_given_once_and_names_its_field() {
        let mut warnings = Warnings::default();
        let path = &ROOT.field("a");
        warnings.add(path, "b");
        warnings.add(path, "b");
        warnings.add_whole(path, "b".to_owned());
        let found: Vec<_> = warnings.all.into_iter().map(|warning| (warning.field, warning.message)).collect();
        assert_eq!(found, [("a".to_owned(), "a: b".to_owned()), ("a".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn names_become_host_names() {
        let advice = "which can result in surprising behavior; a DNS label is recommended: [must not contain dots]";
        assert_eq!(
            messages(pod(&read(json!({"metadata": {"name": "a.b"}})))),
            [format!("metadata.name: this is used in the Pod's hostname, {advice}")]
        );
        assert_eq!(
            messages(cron_job(&read(json!({"metadata": {"name": "a.b"}})))),
            [format!("metadata.name: this is used in Pod names and hostnames, {advice}")]
        );
    }

    #[test]
    fn a_large_job_loses_track() {
        let spec = json!({"completionMode": "Indexed", "completions": 100_001, "parallelism": 10_001, "template": {}});
        let found = messages(job(&read(json!({"metadata": {"name": "a"}, "spec": spec}))));
        assert!(found[0].starts_with("spec: In Indexed Jobs with a number of completions higher than 10^5"));
    }

    #[test]
    fn a_stateful_set_may_keep_everything() {
        let spec = json!({"selector": {}, "template": {}, "revisionHistoryLimit": -1});
        let found = messages(stateful_set(&read(json!({"metadata": {"name": "a"}, "spec": spec}))));
        let message = "a negative value retains all historical revisions; a value >= 0 is recommended";
        assert_eq!(found, [format!("spec.revisionHistoryLimit: {message}")]);
    }

    #[test]
    fn warnings_are_bounded() {
        let ports = vec![json!({"containerPort": 80}); 200];
        let spec = json!({"containers": [{"name": "a", "ports": ports}]});
        let (kept, further) = pod(&read(json!({"metadata": {"name": "a"}, "spec": spec}))).into_parts();
        assert_eq!((kept.len(), further > 0), (MAX_WARNINGS, true));
    }

    #[test]
    fn long_warnings_are_bounded_by_their_bytes() {
        let mut warnings = Warnings::default();
        for number in 0..100 {
            warnings.add(&ROOT, &format!("{number}{}", "x".repeat(100_000)));
        }
        let (kept, further) = warnings.into_parts();
        assert_eq!((kept.len(), further), (11, 89));
    }

    #[test]
    fn what_came_up_before_stands_before() {
        let warning = |text: &str| Finding::new(Rule::WARNING, Path::root(), text);
        let mut later = Warnings::default();
        later.add_whole(&ROOT, "b".to_owned());
        later.add_whole(&ROOT, "a".to_owned());
        assert_eq!(messages(later.after(vec![warning("a"), warning("c")])), ["a", "c", "b"]);
    }
}
