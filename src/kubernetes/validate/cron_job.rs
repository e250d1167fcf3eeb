//! A CronJob.
//!
//! Follows `ValidateCronJobCreate`, `validateCronJobSpec` and `ValidateJobTemplateSpec` in
//! `pkg/apis/batch/validation/validation.go` (v1.35).

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobSpec};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{cron_schedule, job, metadata, non_negative, selector, text, time_zone};

/// A Job's name gets eleven characters after the CronJob's, and has to be a label.
const LONGEST_NAME: usize = 52;
const POLICIES: [&str; 3] = ["Allow", "Forbid", "Replace"];

/// Everything about a CronJob.
pub(in super::super) fn cron_job(errors: &mut Errors, cron_job: &CronJob) {
    metadata::object(errors, &cron_job.metadata, names::dns_subdomain);
    if let Some(spec) = &cron_job.spec {
        self::spec(errors, spec, &ROOT.field("spec"));
    }
    let name = text(cron_job.metadata.name.as_ref());
    if name.len() > LONGEST_NAME {
        errors.invalid(&ROOT.field("metadata").field("name"), name, "must be no more than 52 characters");
    }
}

fn spec(errors: &mut Errors, spec: &CronJobSpec, path: &FieldPath<'_>) {
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
        job_template(errors, template, &path.field("jobTemplate").field("spec"));
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

fn job_template(errors: &mut Errors, template: &JobSpec, path: &FieldPath<'_>) {
    job::spec(errors, template, path);
    if let Some(written) = &template.selector {
        errors.invalid(&path.field("selector"), selector::as_json(written), "`selector` will be auto-generated");
    }
    if template.manual_selector == Some(true) {
        errors.not_supported(&path.field("manualSelector"), true, &["nil", "false"]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::messages;

    fn of(changes: Value) -> Vec<String> {
        let pod = json!({"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]});
        let mut spec = json!({"schedule": "@daily", "jobTemplate": {"spec": {"template": {"spec": pod}}}});
        for (field, value) in changes.as_object().unwrap() {
            spec[field] = value.clone();
        }
        messages(&json!({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "a"}, "spec": spec}))
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
}
