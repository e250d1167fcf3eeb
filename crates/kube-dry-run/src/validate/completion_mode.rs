//! How the Pods of a Job are counted.
//!
//! Follows `ValidateJob` and `validateJobSpec` in `pkg/apis/batch/validation/validation.go` (v1.35).

use k8s_openapi::api::batch::v1::JobSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::text;

/// How many Pods of an indexed Job may run at once, and how many indexes may fail.
const MAX_INDEXES: i32 = 100_000;
/// The same for Jobs with more than `MAX_INDEXES` completions.
const MAX_INDEXES_OF_LARGE_JOBS: i32 = 10_000;
const NEEDS_INDEXES: &str = "requires indexed completion mode";
const COMPLETION_MODES: [&str; 2] = ["NonIndexed", "Indexed"];

/// True if each of the Job's Pods has an index.
pub(super) fn is_indexed(spec: &JobSpec) -> bool {
    spec.completion_mode.as_deref() == Some("Indexed")
}

/// The `completionMode` of a Job, and what goes with it.
pub(super) fn completion_mode(errors: &mut Errors, spec: &JobSpec, path: &FieldPath<'_>) {
    match spec.completion_mode.as_deref() {
        Some("Indexed") => indexed(errors, spec, path),
        None | Some("NonIndexed") => {
            for (name, number) in
                [("backoffLimitPerIndex", spec.backoff_limit_per_index), ("maxFailedIndexes", spec.max_failed_indexes)]
            {
                if let Some(number) = number {
                    errors.invalid(&path.field(name), number, NEEDS_INDEXES);
                }
            }
        }
        Some(unknown) => errors.not_supported(&path.field("completionMode"), Bad::Typed(unknown), &COMPLETION_MODES),
    }
}

fn indexed(errors: &mut Errors, spec: &JobSpec, path: &FieldPath<'_>) {
    let (parallelism_path, failed_path) = (&path.field("parallelism"), &path.field("maxFailedIndexes"));
    if spec.completions.is_none() {
        errors.required(&path.field("completions"), "when completion mode is Indexed");
    }
    if let Some(parallelism) = spec.parallelism.filter(|number| *number > MAX_INDEXES) {
        let detail = "must be less than or equal to 100000 when completion mode is Indexed";
        errors.invalid(parallelism_path, parallelism, detail);
    }
    if let (Some(completions), Some(failed)) = (spec.completions, spec.max_failed_indexes)
        && failed > completions
    {
        errors.invalid(failed_path, failed, "must be less than or equal to completions");
    }
    if let Some(failed) = spec.max_failed_indexes.filter(|number| *number > MAX_INDEXES) {
        errors.invalid(failed_path, failed, "must be less than or equal to 100000");
    }
    let is_large = spec.completions.is_some_and(|completions| completions > MAX_INDEXES);
    if is_large && spec.backoff_limit_per_index.is_some() {
        large(errors, spec, parallelism_path, failed_path);
    }
}

fn large(errors: &mut Errors, spec: &JobSpec, parallelism_path: &FieldPath<'_>, failed_path: &FieldPath<'_>) {
    let detail = "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index";
    if spec.max_failed_indexes.is_none() {
        errors.required(failed_path, "must be specified when completions is above 100000");
    }
    for (number, path) in [(spec.parallelism, parallelism_path), (spec.max_failed_indexes, failed_path)] {
        if let Some(number) = number.filter(|number| *number > MAX_INDEXES_OF_LARGE_JOBS) {
            errors.invalid(path, number, detail);
        }
    }
}

/// The Pods of an indexed Job get its name with their index as host name.
pub(super) fn host_names(errors: &mut Errors, metadata: &ObjectMeta, spec: &JobSpec) {
    let Some(completions) = spec.completions.filter(|completions| *completions > 0 && is_indexed(spec)) else { return };
    let name = text(metadata.name.as_ref());
    let last = format!("{name}-{}", completions - 1);
    if !names::dns_label(&last).is_empty() {
        let detail = format!("will not able to create pod with invalid DNS label: {last}");
        errors.invalid(&ROOT.field("metadata").field("name"), name, &detail);
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
    fn indexes_need_completions() {
        assert_eq!(
            of(json!({"completionMode": "Indexed", "parallelism": 100_001})),
            [
                "spec.completions: Required value: when completion mode is Indexed",
                "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed",
            ]
        );
        assert_eq!(
            of(json!({"backoffLimitPerIndex": 1})),
            ["spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"]
        );
    }

    #[test]
    fn a_mode_is_known() {
        for bad in ["indexed", ""] {
            assert_eq!(
                of(json!({"completionMode": bad, "backoffLimitPerIndex": 1})),
                [format!("spec.completionMode: Unsupported value: \"{bad}\": supported values: \"NonIndexed\", \"Indexed\"")]
            );
        }
        assert_eq!(
            of(json!({"maxFailedIndexes": 1})),
            [
                "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified",
                "spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode",
            ]
        );
    }

    #[test]
    fn indexes_are_bounded() {
        let of = |changes: Value| {
            let mut spec = json!({"completionMode": "Indexed", "completions": 100_000, "backoffLimitPerIndex": 1});
            for (field, value) in changes.as_object().unwrap() {
                spec[field] = value.clone();
            }
            of(spec)
        };
        assert_eq!(of(json!({"parallelism": 100_000, "maxFailedIndexes": 100_000})), Vec::<String>::new());
        assert_eq!(
            of(json!({"completions": 5, "maxFailedIndexes": 6})),
            ["spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions"]
        );
        let large = "when completions are above 100000 and used with backoff limit per index";
        assert_eq!(
            of(json!({"completions": 100_001})),
            ["spec.maxFailedIndexes: Required value: must be specified when completions is above 100000"]
        );
        assert_eq!(of(json!({"completions": 100_001, "parallelism": 10_000, "maxFailedIndexes": 10_000})), Vec::<String>::new());
        assert_eq!(
            of(json!({"completions": 100_001, "parallelism": 10_001, "maxFailedIndexes": 100_001})),
            [
                "spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to 100000".to_owned(),
                format!("spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 {large}"),
                format!("spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to 10000 {large}"),
            ]
        );
    }

    #[test]
    fn completions_without_a_limit_per_index_are_not_bounded() {
        let spec = json!({"completionMode": "Indexed", "completions": i32::MAX, "parallelism": 100_000});
        assert_eq!(of(spec), Vec::<String>::new());
        assert_eq!(of(json!({"completions": i32::MAX, "parallelism": i32::MAX})), Vec::<String>::new());
    }

    #[test]
    fn the_names_of_indexed_pods_are_labels() {
        let named = |name: &str, completions: i32| {
            let mut job = workload("Job", json!({"completionMode": "Indexed", "completions": completions}));
            job["metadata"]["name"] = json!(name);
            messages(&job)
        };
        let name = "a".repeat(61);
        assert_eq!(named(&name, 10), Vec::<String>::new());
        assert_eq!(named(&name, 0), Vec::<String>::new());
        assert_eq!(
            named(&name, 11),
            [format!("metadata.name: Invalid value: \"{name}\": will not able to create pod with invalid DNS label: {name}-10")]
        );
        assert_eq!(
            named("a.b", 1),
            ["metadata.name: Invalid value: \"a.b\": will not able to create pod with invalid DNS label: a.b-0"]
        );
    }
}
