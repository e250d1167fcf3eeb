//! A Job.
//!
//! Follows `ValidateJob`, `ValidateJobSpec`, `validateJobSpec` and `validateGeneratedSelector` in
//! `pkg/apis/batch/validation/validation.go`, and `IsDomainPrefixedPath` in `k8s.io/apimachinery/pkg/util/validation` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::batch::v1::{Job, JobSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{completion_mode, metadata, non_negative, pod, pod_failure_policy, selector, success_policy, text};

const MAX_MANAGER_LENGTH: usize = 63;

type Labels = BTreeMap<String, String>;

/// Everything about a Job whose selector and labels the server has generated; `document` is what it was decoded from.
pub(in super::super) fn job(errors: &mut Errors, job: &Job, document: &Value) {
    metadata::object(errors, &job.metadata, names::dns_subdomain);
    let Some(spec) = &job.spec else { return };
    let path = &ROOT.field("spec");
    generated_selector(errors, &job.metadata, spec, path);
    self::spec(errors, spec, &document["spec"], path);
    selected(errors, spec, path);
    completion_mode::host_names(errors, &job.metadata, spec);
}

/// What Jobs and the template of a CronJob have in common, `validateJobSpec`; `written` is what `spec` was decoded from.
pub(super) fn spec(errors: &mut Errors, spec: &JobSpec, written: &Value, path: &FieldPath<'_>) {
    for (name, number) in [
        ("parallelism", spec.parallelism.map(i64::from)),
        ("completions", spec.completions.map(i64::from)),
        ("activeDeadlineSeconds", spec.active_deadline_seconds),
        ("backoffLimit", spec.backoff_limit.map(i64::from)),
        ("ttlSecondsAfterFinished", spec.ttl_seconds_after_finished.map(i64::from)),
        ("backoffLimitPerIndex", spec.backoff_limit_per_index.map(i64::from)),
        ("maxFailedIndexes", spec.max_failed_indexes.map(i64::from)),
    ] {
        non_negative(errors, number, &path.field(name));
    }
    if spec.max_failed_indexes.is_some() && spec.backoff_limit_per_index.is_none() {
        errors.required(&path.field("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    if let Some(manager) = &spec.managed_by {
        managed_by(errors, manager, &path.field("managedBy"));
    }
    completion_mode::completion_mode(errors, spec, path);
    pod_failure_policy::failure_policy(errors, spec, written, path);
    success_policy::success_policy(errors, spec, written, path);
    pod_failure_policy::replacement_policy(errors, spec, path);
    let template_path = &path.field("template");
    pod::template(errors, &spec.template, template_path);
    restart_policy(errors, spec, &template_path.field("spec").field("restartPolicy"));
}

fn template_labels(spec: &JobSpec) -> Option<&Labels> {
    spec.template.metadata.as_ref()?.labels.as_ref()
}

fn generated_selector(errors: &mut Errors, metadata: &ObjectMeta, spec: &JobSpec, path: &FieldPath<'_>) {
    if spec.manual_selector == Some(true) {
        return;
    }
    let Some(written) = &spec.selector else { return };
    let (uid, name) = (text(metadata.uid.as_ref()), text(metadata.name.as_ref()));
    let generated = [
        ("controller-uid", uid),
        ("job-name", name),
        ("batch.kubernetes.io/controller-uid", uid),
        ("batch.kubernetes.io/job-name", name),
    ];
    for (key, value) in generated {
        has_label(errors, template_labels(spec), key, value, &path.field("template").field("metadata"));
    }
    let labels = generated.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    if is_readable(written) && !selector::matches(Some(written), Some(&labels)) {
        errors.invalid(&path.field("selector"), selector::as_json(written), "`selector` not auto-generated");
    }
}

/// The selector, generated or not, has to select the Pods of the template; one that is missing selects nothing.
fn selected(errors: &mut Errors, spec: &JobSpec, path: &FieldPath<'_>) {
    let selector = spec.selector.as_ref();
    let selector_path = &path.field("selector");
    if selector.is_none() {
        errors.required(selector_path, "");
    }
    let labels = template_labels(spec);
    if selector::selector(errors, selector, selector_path) && !selector::matches(selector, labels) {
        selector::no_match(errors, labels, &path.field("template"));
    }
}

fn is_readable(written: &LabelSelector) -> bool {
    selector::selector(&mut Errors::default(), Some(written), &ROOT)
}

fn has_label(errors: &mut Errors, labels: Option<&Labels>, key: &str, expected: &str, path: &FieldPath<'_>) {
    let path = &path.field("labels");
    let path = &path.key(key);
    let detail = format!("must be '{expected}'");
    match labels.and_then(|labels| labels.get(key)) {
        None => errors.required(path, &detail),
        Some(value) if value == expected => {}
        Some(_) => errors.invalid(path, json!(labels), &detail),
    }
}

fn managed_by(errors: &mut Errors, manager: &str, path: &FieldPath<'_>) {
    match manager.split_once('/') {
        _ if manager.is_empty() => errors.required(path, ""),
        Some((domain, rest)) if !domain.is_empty() && !rest.is_empty() => {
            errors.invalid_each(path, domain, &names::dns_subdomain(domain));
            if !names::is_http_path(rest) {
                let detail = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
                errors.invalid(path, rest, detail);
            }
        }
        _ => errors.invalid(path, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")"),
    }
    if manager.len() > MAX_MANAGER_LENGTH {
        errors.too_long(path, MAX_MANAGER_LENGTH);
    }
}

fn restart_policy(errors: &mut Errors, spec: &JobSpec, path: &FieldPath<'_>) {
    let of_pod = spec.template.spec.as_ref().and_then(|pod| pod.restart_policy.as_ref());
    match text(of_pod) {
        "" | "Always" => errors.required(path, "valid values: \"OnFailure\", \"Never\""),
        "OnFailure" if spec.pod_failure_policy.is_some() => {
            let detail = "only \"Never\" is supported when podFailurePolicy is specified";
            errors.invalid(path, Bad::Typed("OnFailure"), detail);
        }
        "OnFailure" | "Never" => {}
        unknown => errors.not_supported(path, Bad::Typed(unknown), &["OnFailure", "Never"]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, messages_of_workload, workload};

    fn of(changes: Value) -> Vec<String> {
        messages_of_workload("Job", changes)
    }

    #[test]
    fn pods_end() {
        assert_eq!(of(json!({})), Vec::<String>::new());
        let containers = json!([{"name": "a", "image": "b"}]);
        assert_eq!(
            of(json!({"template": {"spec": {"containers": containers}}})),
            ["spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""]
        );
        let failing = json!({"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}]});
        let template = json!({"spec": {"restartPolicy": "OnFailure", "containers": containers}});
        assert_eq!(
            of(json!({"template": template, "podFailurePolicy": failing})),
            [
                "spec.template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" is supported when podFailurePolicy is \
              specified"
            ]
        );
    }

    #[test]
    fn a_manager_has_a_domain() {
        assert_eq!(of(json!({"managedBy": "example.com/me"})), Vec::<String>::new());
        assert_eq!(
            of(json!({"managedBy": "me"})),
            ["spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as \"acme.io/foo\")"]
        );
    }

    #[test]
    fn a_selector_of_ones_own_matches_the_template() {
        let selector = json!({"matchLabels": {"a": "b"}});
        assert_eq!(
            of(json!({"manualSelector": true, "selector": selector})),
            ["spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`"]
        );
        assert_eq!(
            of(json!({"manualSelector": true})),
            [
                "spec.selector: Required value",
                "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
            ]
        );
    }

    #[test]
    fn numbers_are_not_negative() {
        let fields = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"];
        for field in fields {
            assert_eq!(of(json!({field: 0})), Vec::<String>::new());
            assert_eq!(of(json!({field: -1})), [format!("spec.{field}: Invalid value: -1: must be greater than or equal to 0")]);
        }
        let indexed = json!({"completionMode": "Indexed", "completions": 1, "backoffLimitPerIndex": -1, "maxFailedIndexes": -1});
        assert_eq!(
            of(indexed),
            [
                "spec.backoffLimitPerIndex: Invalid value: -1: must be greater than or equal to 0",
                "spec.maxFailedIndexes: Invalid value: -1: must be greater than or equal to 0",
            ]
        );
    }

    #[test]
    fn a_manager_is_a_path_below_a_domain() {
        let path = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        assert_eq!(of(json!({"managedBy": ""})), ["spec.managedBy: Required value"]);
        for bad in ["/a", "a.b/", "a.b"] {
            assert_eq!(
                of(json!({"managedBy": bad})),
                [format!("spec.managedBy: Invalid value: \"{bad}\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
            );
        }
        assert_eq!(of(json!({"managedBy": "a.b/c d"})), [format!("spec.managedBy: Invalid value: \"c d\": {path}")]);
        assert_eq!(of(json!({"managedBy": format!("a.b/{}", "c".repeat(59))})), Vec::<String>::new());
        assert_eq!(
            of(json!({"managedBy": format!("a.b/{}", "c".repeat(60))})),
            ["spec.managedBy: Too long: may not be more than 63 bytes"]
        );
    }

    #[test]
    fn a_long_name_is_no_label_of_the_pods() {
        let name = "a".repeat(64);
        let of_template = format!("spec.template.labels: Invalid value: \"{name}\": must be no more than 63 bytes");
        let of_job = format!("metadata.labels: Invalid value: \"{name}\": must be no more than 63 bytes");
        let mut job = workload("Job", json!({}));
        job["metadata"]["name"] = json!(name);
        assert_eq!(messages(&job), [of_template.as_str(); 2]);
        job["spec"]["template"]["metadata"] = json!({"labels": {}});
        assert_eq!(messages(&job), [of_job.as_str(), &of_job, &of_template, &of_template]);
        job["metadata"]["labels"] = json!({"a": "b"});
        assert_eq!(messages(&job), [of_template.as_str(); 2]);
    }

    #[test]
    fn labels_that_the_server_generates_are_not_chosen() {
        let labels = json!({"job-name": "b", "batch.kubernetes.io/job-name": "a"});
        let pod = json!({"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]});
        let found = of(json!({"template": {"metadata": {"labels": labels}, "spec": pod}}));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("spec.template.metadata.labels[job-name]: Invalid value: {"), "{found:?}");
        assert!(found[0].ends_with(": must be 'a'"), "{found:?}");
    }

    #[test]
    fn a_selector_is_not_chosen_either() {
        let found = of(json!({"selector": {"matchLabels": {"a": "b"}}}));
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\","), "{found:?}");
        assert!(found[0].ends_with(": `selector` not auto-generated"), "{found:?}");
        assert!(found[1].ends_with(": `selector` does not match template `labels`"), "{found:?}");
    }

    #[test]
    fn a_restart_policy_is_known() {
        let with = |policy: &str| {
            let pod = json!({"restartPolicy": policy, "containers": [{"name": "a", "image": "b"}]});
            of(json!({"template": {"spec": pod}}))
        };
        assert_eq!(with("OnFailure"), Vec::<String>::new());
        assert_eq!(with("Always"), ["spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""]);
        assert!(
            with("Sometimes").contains(
                &"spec.template.spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"OnFailure\", \"Never\""
                    .to_owned()
            )
        );
    }
}
