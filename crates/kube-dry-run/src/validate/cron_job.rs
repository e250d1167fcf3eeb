//! A CronJob.
//!
//! Follows `ValidateCronJobCreate`, `validateCronJobSpec` and `ValidateJobTemplateSpec` in
//! `pkg/apis/batch/validation/validation.go` (v1.35).

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobSpec};
use serde_json::Value;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{cron_schedule, job, metadata, non_negative, selector, text, time_zone};

/// A Job's name gets eleven characters after the CronJob's, and has to be a label.
const MAX_NAME_LENGTH: usize = 52;
const POLICIES: [&str; 3] = ["Allow", "Forbid", "Replace"];

/// Everything about a CronJob; `document` is what it was decoded from.
pub(in super::super) fn cron_job(errors: &mut Errors, cron_job: &CronJob, document: &Value) {
    metadata::object(errors, &cron_job.metadata, names::dns_subdomain);
    if let Some(spec) = &cron_job.spec {
        self::spec(errors, spec, &document["spec"], &ROOT.field("spec"));
    }
    let name = text(cron_job.metadata.name.as_ref());
    if name.len() > MAX_NAME_LENGTH {
        errors.invalid(&ROOT.field("metadata").field("name"), name, "must be no more than 52 characters");
    }
}

fn spec(errors: &mut Errors, spec: &CronJobSpec, written: &Value, path: &FieldPath<'_>) {
    schedule(errors, &spec.schedule, &path.field("schedule"));
    non_negative(errors, spec.starting_deadline_seconds, &path.field("startingDeadlineSeconds"));
    time_zone::time_zone(errors, spec.time_zone.as_deref(), &path.field("timeZone"));
    let policy_path = &path.field("concurrencyPolicy");
    match text(spec.concurrency_policy.as_ref()) {
        "" => errors.required(policy_path, ""),
        policy if POLICIES.contains(&policy) => {}
        unknown => errors.not_supported(policy_path, Bad::Typed(unknown), &POLICIES),
    }
    if let Some(template) = &spec.job_template.spec {
        job_template(errors, template, &written["jobTemplate"]["spec"], &path.field("jobTemplate").field("spec"));
    }
    let (successful, failed) = (spec.successful_jobs_history_limit, spec.failed_jobs_history_limit);
    non_negative(errors, successful.map(i64::from), &path.field("successfulJobsHistoryLimit"));
    non_negative(errors, failed.map(i64::from), &path.field("failedJobsHistoryLimit"));
}

fn schedule(errors: &mut Errors, schedule: &str, path: &FieldPath<'_>) {
    if schedule.is_empty() {
        errors.required(path, "");
        return;
    }
    if let Err(reason) = cron_schedule::check(schedule) {
        errors.invalid(path, schedule, &reason);
    }
    if schedule.contains("TZ") {
        errors.invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
}

fn job_template(errors: &mut Errors, template: &JobSpec, written: &Value, path: &FieldPath<'_>) {
    job::spec(errors, template, written, path);
    if let Some(selector) = &template.selector {
        errors.invalid(&path.field("selector"), selector::as_json(selector), "`selector` will be auto-generated");
    }
    if template.manual_selector == Some(true) {
        errors.not_supported(&path.field("manualSelector"), true, &["nil", "false"]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, messages_of_workload, workload};

    fn of(changes: Value) -> Vec<String> {
        messages_of_workload("CronJob", changes)
    }

    #[test]
    fn a_schedule_is_required_and_has_no_zone_of_its_own() {
        assert_eq!(of(json!({})), Vec::<String>::new());
        assert_eq!(of(json!({"schedule": ""})), ["spec.schedule: Required value"]);
        assert_eq!(
            of(json!({"schedule": "TZ=UTC @daily"})),
            ["spec.schedule: Invalid value: \"TZ=UTC @daily\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead"]
        );
        let found = of(json!({"schedule": "61 * * * *", "timeZone": "Mars/Base", "concurrencyPolicy": "x"}));
        assert_eq!(
            found,
            [
                "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61",
                "spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone Mars/Base",
                "spec.concurrencyPolicy: Unsupported value: \"x\": supported values: \"Allow\", \"Forbid\", \"Replace\"",
            ]
        );
    }

    #[test]
    fn jobs_get_their_selector_from_the_server() {
        let pod = json!({"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]});
        let job = json!({"selector": {}, "manualSelector": true, "template": {"spec": pod}});
        assert_eq!(
            of(json!({"jobTemplate": {"spec": job}})),
            [
                "spec.jobTemplate.spec.selector: Invalid value: {}: `selector` will be auto-generated",
                "spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\"",
            ]
        );
    }

    #[test]
    fn the_name_leaves_room_for_those_of_jobs() {
        let name = "a".repeat(53);
        let document = json!({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": name}, "spec": {}});
        let expected = format!("metadata.name: Invalid value: \"{name}\": must be no more than 52 characters");
        assert!(messages(&document).contains(&expected));
    }

    #[test]
    fn numbers_are_not_negative() {
        for field in ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"] {
            assert_eq!(of(json!({field: 0})), Vec::<String>::new());
            assert_eq!(of(json!({field: -1})), [format!("spec.{field}: Invalid value: -1: must be greater than or equal to 0")]);
        }
    }

    #[test]
    fn a_job_that_overlaps_is_treated_in_a_known_way() {
        for good in ["Allow", "Forbid", "Replace", ""] {
            assert_eq!(of(json!({"concurrencyPolicy": good})), Vec::<String>::new());
        }
    }

    #[test]
    fn a_zone_stands_beside_the_schedule() {
        assert_eq!(of(json!({"schedule": "0 9 * * 1-5", "timeZone": "Europe/Berlin"})), Vec::<String>::new());
        let refused = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        let schedule = "CRON_TZ=Nowhere 0 * * * *";
        assert_eq!(
            of(json!({"schedule": schedule})),
            [
                format!("spec.schedule: Invalid value: \"{schedule}\": provided bad location Nowhere: unknown time zone Nowhere"),
                format!("spec.schedule: Invalid value: \"{schedule}\": {refused}"),
            ]
        );
        assert_eq!(
            of(json!({"schedule": "@daily TZ"})),
            [
                "spec.schedule: Invalid value: \"@daily TZ\": unrecognized descriptor: @daily TZ".to_owned(),
                format!("spec.schedule: Invalid value: \"@daily TZ\": {refused}"),
            ]
        );
        assert_eq!(of(json!({"timeZone": ""})), ["spec.timeZone: Invalid value: \"\": timeZone must be nil or non-empty string"]);
    }

    #[test]
    fn a_template_has_the_rules_of_a_job() {
        let pod = json!({"containers": [{"name": "a", "image": "b"}]});
        let job = json!({
            "completionMode": "Indexed",
            "podFailurePolicy": {"rules": [{"action": "Count", "onExitCodes": {"operator": "In"}}]},
            "template": {"spec": pod},
        });
        let at = "spec.jobTemplate.spec";
        assert_eq!(
            of(json!({"jobTemplate": {"metadata": {"name": "Not A Name", "labels": {"/": "!"}}, "spec": job}})),
            [
                format!("{at}.completions: Required value: when completion mode is Indexed"),
                format!("{at}.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: null: at least one value is required"),
                format!("{at}.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
            ]
        );
    }

    #[test]
    fn a_name_of_fifty_two_characters_is_good() {
        let mut cron_job = workload("CronJob", json!({}));
        cron_job["metadata"]["name"] = json!("a".repeat(52));
        assert_eq!(messages(&cron_job), Vec::<String>::new());
        cron_job["metadata"] = json!({"generateName": "a".repeat(48)});
        let generated = format!("{}bcdfg", "a".repeat(48));
        assert_eq!(
            messages(&cron_job),
            [format!("metadata.name: Invalid value: \"{generated}\": must be no more than 52 characters")]
        );
    }
}
