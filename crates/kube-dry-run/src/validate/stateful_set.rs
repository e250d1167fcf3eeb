//! A StatefulSet.
//!
//! Follows `ValidateStatefulSet`, `ValidateStatefulSetSpec` and `ValidatePersistentVolumeClaimRetentionPolicy` in
//! `pkg/apis/apps/validation/validation.go` (v1.35). The gate `MaxUnavailableStatefulSet` counts as on, as it is from 1.35.0 to
//! 1.35.3; later patches drop `maxUnavailable` unseen.

mod in_pods;

use k8s_openapi::api::apps::v1::{
    RollingUpdateStatefulSetStrategy, StatefulSet, StatefulSetPersistentVolumeClaimRetentionPolicy, StatefulSetSpec,
    StatefulSetUpdateStrategy,
};
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{claim, int_or_percent, list, metadata, non_negative, text, workload};

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
    claims(errors, list(spec.volume_claim_templates.as_ref()), &path.field("volumeClaimTemplates"));
    numbers(errors, spec, path);
    service_name(errors, text(spec.service_name.as_ref()), &path.field("serviceName"));
    let labels = spec.template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    let template_path = &path.field("template");
    let is_readable = workload::selector(errors, selector, labels, ("statefulset", ""), path);
    // The server comes to the template once it can read the selector.
    errors.later_unless(is_readable, |errors| in_pods::template(errors, spec, template_path));
    workload::runs_for_ever(errors, &spec.template, "StatefulSet", template_path);
}

/// Only what they ask for: nothing is said about their names, of which two may be the same.
fn claims(errors: &mut Errors, claims: &[PersistentVolumeClaim], path: &FieldPath<'_>) {
    let nothing = PersistentVolumeClaimSpec::default();
    for (index, written) in claims.iter().enumerate() {
        claim::spec(errors, written.spec.as_ref().unwrap_or(&nothing), &path.index(index).field("spec"));
    }
}

/// The subdomain that the Pods get, if they get one.
fn service_name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) {
    if !name.is_empty() {
        errors.invalid_each(path, name, &names::dns_label(name));
    }
}

fn numbers(errors: &mut Errors, spec: &StatefulSetSpec, path: &FieldPath<'_>) {
    non_negative(errors, spec.replicas.map(i64::from), &path.field("replicas"));
    non_negative(errors, spec.min_ready_seconds.map(i64::from), &path.field("minReadySeconds"));
    let start = spec.ordinals.as_ref().and_then(|ordinals| ordinals.start);
    non_negative(errors, start.map(i64::from), &path.field("ordinals").field("start"));
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, messages_of_workload, workload};

    fn of(changes: Value) -> Vec<String> {
        messages_of_workload("StatefulSet", changes)
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

    #[test]
    fn a_service_has_a_label_for_a_name() {
        for good in [json!(null), json!(""), json!("a".repeat(63))] {
            assert_eq!(of(json!({"serviceName": good})), Vec::<String>::new());
        }
        assert_eq!(of(json!({"serviceName": "a.b"})), ["spec.serviceName: Invalid value: \"a.b\": must not contain dots"]);
        let long = "a".repeat(64);
        assert_eq!(
            of(json!({"serviceName": long})),
            [format!("spec.serviceName: Invalid value: \"{long}\": must be no more than 63 characters")]
        );
    }

    #[test]
    fn claims_say_what_they_ask_for() {
        let claim = |spec: Value| json!({"metadata": {"name": "data"}, "spec": spec});
        let good = claim(json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}));
        assert_eq!(of(json!({"volumeClaimTemplates": [good, good]})), Vec::<String>::new());
        let modes = "accessModes: Required value: at least 1 access mode is required";
        let storage = "resources[storage]: Required value";
        for bad in [claim(json!({})), json!({"metadata": {"name": "data"}})] {
            let at = "spec.volumeClaimTemplates[1].spec";
            assert_eq!(of(json!({"volumeClaimTemplates": [good, bad]})), [format!("{at}.{modes}"), format!("{at}.{storage}")]);
        }
    }

    #[test]
    fn a_claim_replaces_every_volume_of_its_name() {
        let volumes = json!([
            {"name": "data", "emptyDir": {}, "hostPath": {"path": ""}},
            {"name": "tmp", "emptyDir": {}},
            {"name": "data", "secret": {}},
            {"name": "bad", "hostPath": {"path": ""}},
        ]);
        let pod = json!({"containers": [{"name": "a", "image": "b"}], "volumes": volumes});
        let claim = json!({
            "metadata": {"name": "data"},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        });
        let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
        assert_eq!(
            of(json!({"template": template, "volumeClaimTemplates": [claim]})),
            ["spec.template.spec.volumes[2].hostPath.path: Required value"]
        );
    }

    #[test]
    fn volumes_of_claims_come_first() {
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let claims: Vec<_> = ["b", "a", "b"].iter().map(|name| json!({"metadata": {"name": name}, "spec": spec})).collect();
        let volumes = json!([{"name": "bad", "hostPath": {"path": ""}}]);
        let pod = json!({"containers": [{"name": "a", "image": "b"}], "volumes": volumes});
        let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
        assert_eq!(
            of(json!({"template": template, "volumeClaimTemplates": claims})),
            ["spec.template.spec.volumes[2].hostPath.path: Required value"]
        );
    }

    #[test]
    fn a_claim_has_a_name_that_a_volume_can_have() {
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let named = |name: Value| of(json!({"volumeClaimTemplates": [{"metadata": {"name": name}, "spec": spec}]}));
        assert_eq!(
            named(json!("data.x")),
            ["spec.template.spec.volumes[0].name: Invalid value: \"data.x\": must not contain dots"]
        );
        assert_eq!(
            named(json!(null)),
            [
                "spec.template.spec.volumes[0].persistentVolumeClaim.claimName: Required value",
                "spec.template.spec.volumes[0].name: Required value",
            ]
        );
    }

    #[test]
    fn the_pods_own_names_are_not_looked_at() {
        let pod = json!({"hostname": "A b", "subdomain": "-", "containers": [{"name": "a", "image": "b"}]});
        let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
        assert_eq!(of(json!({"template": template})), Vec::<String>::new());
    }

    #[test]
    fn a_strategy_is_named() {
        let of = |strategy: Value| of(json!({"updateStrategy": strategy}));
        for good in [
            json!({"type": "OnDelete"}),
            json!({"type": "RollingUpdate"}),
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 3, "maxUnavailable": "100%"}}),
            json!({"rollingUpdate": {"maxUnavailable": 1}}),
        ] {
            assert_eq!(of(good), Vec::<String>::new());
        }
        assert_eq!(
            of(json!({"type": "x", "rollingUpdate": {"maxUnavailable": "5%"}})),
            [
                "spec.updateStrategy: Invalid value: {\"Type\":\"x\",\"RollingUpdate\":{\"Partition\":0,\"MaxUnavailable\":\"5%\"}}: must \
              be 'RollingUpdate' or 'OnDelete'"
            ]
        );
        assert_eq!(
            of(json!({"rollingUpdate": {"partition": -1, "maxUnavailable": "101%"}})),
            [
                "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
                "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%",
            ]
        );
    }

    #[test]
    fn numbers_are_not_negative_but_the_history_may_be() {
        assert_eq!(
            of(json!({"replicas": 0, "minReadySeconds": 0, "ordinals": {}, "revisionHistoryLimit": -1})),
            Vec::<String>::new()
        );
        assert_eq!(
            of(json!({"replicas": -1, "minReadySeconds": -1})),
            [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
            ]
        );
    }

    #[test]
    fn the_name_of_the_set_is_a_label() {
        let mut set = workload("StatefulSet", json!({}));
        set["metadata"]["name"] = json!("a.b");
        assert_eq!(messages(&set), ["metadata.name: Invalid value: \"a.b\": must not contain dots"]);
        set["metadata"] = json!({"generateName": "a.b-"});
        assert_eq!(
            messages(&set),
            [
                "metadata.generateName: Invalid value: \"a.b-\": must not contain dots",
                "metadata.name: Invalid value: \"a.b-bcdfg\": must not contain dots",
            ]
        );
    }

    #[test]
    fn a_selector_that_cannot_be_read_hides_the_template() {
        let selector = json!({"matchExpressions": [{"key": "a", "operator": "Near"}]});
        let template = json!({"spec": {"containers": [], "restartPolicy": "Never", "activeDeadlineSeconds": 1}});
        let written = r#"{"matchExpressions":[{"key":"a","operator":"Near"}]}"#;
        assert_eq!(
            of(json!({"selector": selector, "template": template})),
            [
                "spec.selector.matchExpressions[0].operator: Invalid value: \"Near\": not a valid selector operator".to_owned(),
                format!("spec.selector: Invalid value: {written}"),
                "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"".to_owned(),
                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported"
                    .to_owned(),
            ]
        );
    }
}
