//! A StatefulSet.
//!
//! Follows `ValidateStatefulSet`, `ValidateStatefulSetSpec` and `ValidatePersistentVolumeClaimRetentionPolicy` in
//! `pkg/apis/apps/validation/validation.go` (v1.35).

use k8s_openapi::api::apps::v1::{
    RollingUpdateStatefulSetStrategy, StatefulSet, StatefulSetPersistentVolumeClaimRetentionPolicy, StatefulSetSpec,
    StatefulSetUpdateStrategy,
};
use k8s_openapi::api::core::v1::{PersistentVolumeClaimVolumeSource, PodTemplateSpec, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{int_or_percent, list, metadata, non_negative, pod, text, workload};

/// Everything about a `StatefulSet`; its type cannot tell a missing `selector` from an empty one.
pub(in super::super) fn stateful_set(errors: &mut Errors, set: &StatefulSet, selector: Option<&LabelSelector>) {
    metadata::object(errors, &set.metadata, names::dns_label);
    let Some(spec) = &set.spec else { return };
    let path = &ROOT.field("spec");
    let policy_path = &path.field("podManagementPolicy");
    match text(spec.pod_management_policy.as_ref()) {
        "" => errors.required(policy_path, ""),
        "OrderedReady" | "Parallel" => {}
        unknown => errors.invalid(policy_path, Bad::Typed(unknown), "must be 'OrderedReady' or 'Parallel'"),
    }
    if let Some(strategy) = &spec.update_strategy {
        self::strategy(errors, strategy, &path.field("updateStrategy"));
    }
    if let Some(policy) = &spec.persistent_volume_claim_retention_policy {
        retention(errors, policy, &path.field("persistentVolumeClaimRetentionPolicy"));
    }
    numbers(errors, spec, path);
    let labels = spec.template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    let template_path = &path.field("template");
    if workload::selector(errors, selector, labels, ("statefulset", ""), path) {
        pod::template(errors, &with_claims(spec), template_path);
    }
    workload::runs_for_ever(errors, &spec.template, "StatefulSet", template_path);
}

fn numbers(errors: &mut Errors, spec: &StatefulSetSpec, path: &FieldPath<'_>) {
    non_negative(errors, spec.replicas.map(i64::from), &path.field("replicas"));
    non_negative(errors, spec.min_ready_seconds.map(i64::from), &path.field("minReadySeconds"));
    let start = spec.ordinals.as_ref().and_then(|ordinals| ordinals.start);
    non_negative(errors, start.map(i64::from), &path.field("ordinals.start"));
}

fn strategy(errors: &mut Errors, strategy: &StatefulSetUpdateStrategy, path: &FieldPath<'_>) {
    let update_path = &path.field("rollingUpdate");
    match (text(strategy.type_.as_ref()), &strategy.rolling_update) {
        ("", _) => errors.required(path, ""),
        ("OnDelete" | "RollingUpdate", None) => {}
        ("OnDelete", Some(update)) => {
            errors.invalid(update_path, update_json(update), "only allowed for updateStrategy 'RollingUpdate'");
        }
        ("RollingUpdate", Some(update)) => rolling_update(errors, update, update_path),
        (unknown, update) => {
            let value = json!({"Type": unknown, "RollingUpdate": update.as_ref().map(update_json)});
            errors.invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }
}

fn rolling_update(errors: &mut Errors, update: &RollingUpdateStatefulSetStrategy, path: &FieldPath<'_>) {
    non_negative(errors, update.partition.map(i64::from), &path.field("partition"));
    let Some(unavailable) = &update.max_unavailable else { return };
    let path = &path.field("maxUnavailable");
    int_or_percent::non_negative(errors, unavailable, path);
    if int_or_percent::amount(unavailable) == 0 {
        errors.invalid(path, int_or_percent::bad(unavailable), "cannot be 0");
    }
    int_or_percent::at_most_all(errors, unavailable, path);
}

fn update_json(update: &RollingUpdateStatefulSetStrategy) -> Value {
    json!({"Partition": update.partition.unwrap_or_default(), "MaxUnavailable": update.max_unavailable})
}

fn retention(errors: &mut Errors, policy: &StatefulSetPersistentVolumeClaimRetentionPolicy, path: &FieldPath<'_>) {
    for (name, policy) in [("whenDeleted", &policy.when_deleted), ("whenScaled", &policy.when_scaled)] {
        let policy = text(policy.as_ref());
        if !matches!(policy, "Retain" | "Delete") {
            errors.not_supported(&path.field(name), Bad::Typed(policy), &["Retain", "Delete"]);
        }
    }
}

/// The template with a volume for each claim template, which replaces a volume of its name.
fn with_claims(spec: &StatefulSetSpec) -> PodTemplateSpec {
    let mut template = spec.template.clone();
    let claims = list(spec.volume_claim_templates.as_ref());
    if let Some(pod) = template.spec.as_mut().filter(|_| !claims.is_empty()) {
        let volumes = pod.volumes.get_or_insert_default();
        for name in claims.iter().filter_map(|claim| claim.metadata.name.as_ref()) {
            let source = PersistentVolumeClaimVolumeSource { claim_name: name.clone(), ..Default::default() };
            let volume = Volume { name: name.clone(), persistent_volume_claim: Some(source), ..Volume::default() };
            match volumes.iter_mut().find(|volume| volume.name == *name) {
                Some(replaced) => *replaced = volume,
                None => volumes.push(volume),
            }
        }
    }
    template
}
