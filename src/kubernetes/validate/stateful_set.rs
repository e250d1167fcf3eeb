//! A StatefulSet.
//!
//! Follows `ValidateStatefulSet`, `ValidateStatefulSetSpec` and `ValidatePersistentVolumeClaimRetentionPolicy` in
//! `pkg/apis/apps/validation/validation.go` (v1.35).

use std::collections::BTreeMap;

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
        pod::template(errors, &as_in_pods(spec), template_path);
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

/// The template as the Pods will have it: with a volume for each claim template, which replaces a volume of its name, and
/// without the host name and subdomain that each Pod gets of its own.
fn as_in_pods(spec: &StatefulSetSpec) -> PodTemplateSpec {
    let mut template = spec.template.clone();
    let Some(pod) = &mut template.spec else { return template };
    (pod.hostname, pod.subdomain) = (None, None);
    let claims = list(spec.volume_claim_templates.as_ref());
    let mut claims: BTreeMap<_, _> = claims.iter().filter_map(|claim| claim.metadata.name.as_ref()).map(claimed).collect();
    for volume in pod.volumes.iter_mut().flatten() {
        if let Some(claimed) = claims.remove(&volume.name) {
            *volume = claimed;
        }
    }
    if !claims.is_empty() {
        pod.volumes.get_or_insert_default().extend(claims.into_values());
    }
    template
}

fn claimed(name: &String) -> (&String, Volume) {
    let source = PersistentVolumeClaimVolumeSource { claim_name: name.clone(), ..Default::default() };
    (name, Volume { name: name.clone(), persistent_volume_claim: Some(source), ..Volume::default() })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::messages;

    fn of(changes: Value) -> Vec<String> {
        let pod = json!({"containers": [{"name": "a", "image": "b"}]});
        let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
        let mut spec = json!({"selector": {"matchLabels": {"app": "web"}}, "template": template});
        for (field, value) in changes.as_object().unwrap() {
            spec[field] = value.clone();
        }
        messages(&json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "a"}, "spec": spec}))
    }

    #[test]
    fn pods_get_names_and_volumes_from_the_set() {
        let mounts = json!([{"name": "data", "mountPath": "/data"}]);
        let pod = json!({"subdomain": "-x", "containers": [{"name": "a", "image": "b", "volumeMounts": mounts}]});
        let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
        let claims = json!([{
            "metadata": {"name": "data"},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        }]);
        assert_eq!(of(json!({"template": template, "volumeClaimTemplates": claims})), Vec::<String>::new());
    }

    #[test]
    fn strategies_and_policies_are_known() {
        let found = of(json!({
            "podManagementPolicy": "x",
            "updateStrategy": {"rollingUpdate": {"maxUnavailable": "0%"}},
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Keep"},
            "ordinals": {"start": -1},
        }));
        assert_eq!(
            found,
            [
                "spec.podManagementPolicy: Invalid value: \"x\": must be 'OrderedReady' or 'Parallel'",
                "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": cannot be 0",
                "spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: \"Keep\": supported values: \"Retain\", \
                 \"Delete\"",
                "spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0",
            ]
        );
        assert_eq!(
            of(json!({"updateStrategy": {"type": "OnDelete", "rollingUpdate": {"partition": 1}}})),
            ["spec.updateStrategy.rollingUpdate: Invalid value: {\"Partition\":1,\"MaxUnavailable\":null}: only allowed for \
              updateStrategy 'RollingUpdate'"]
        );
    }
}
