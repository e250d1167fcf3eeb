//! A Deployment.
//!
//! Follows `ValidateDeployment`, `ValidateDeploymentSpec`, `ValidateDeploymentStrategy` and
//! `ValidatePodTemplateSpecForReplicaSet` in `pkg/apis/apps/validation/validation.go` (v1.35).

use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::json;

use super::super::convert;
use super::super::field_error::Errors;
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{int_or_percent, metadata, non_negative, pod, text, workload};

/// Everything about a Deployment; its type cannot tell a missing `selector` from an empty one.
pub(in super::super) fn deployment(errors: &mut Errors, deployment: &Deployment, selector: Option<&LabelSelector>) {
    metadata::object(errors, &deployment.metadata, names::dns_subdomain);
    let Some(spec) = &deployment.spec else { return };
    let path = &ROOT.field("spec");
    non_negative(errors, spec.replicas.map(i64::from), &path.field("replicas"));
    let labels = spec.template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    let template_path = &path.field("template");
    let is_readable = workload::selector(errors, selector, labels, ("deployment", "invalid label selector"), path);
    // The server comes to the template once it can read the selector.
    errors.later_unless(is_readable, |errors| {
        pod::template(errors, &spec.template, template_path);
        workload::runs_for_ever(errors, &spec.template, "ReplicaSet", template_path);
    });
    if let Some(strategy) = &spec.strategy {
        self::strategy(errors, strategy, &path.field("strategy"));
    }
    times(errors, spec, path);
    let rollback = convert::rollback_to(&deployment.metadata).ok().flatten();
    let annotations_path = ROOT.field("metadata");
    let annotations_path = annotations_path.field("annotations");
    let rollback_path = &path.field("rollback");
    errors.placed_at(&annotations_path.key(convert::ROLLBACK_TO), |errors| {
        non_negative(errors, rollback, &rollback_path.field("version"));
    });
}

fn times(errors: &mut Errors, spec: &DeploymentSpec, path: &FieldPath<'_>) {
    let ready = spec.min_ready_seconds.unwrap_or_default();
    non_negative(errors, Some(ready.into()), &path.field("minReadySeconds"));
    non_negative(errors, spec.revision_history_limit.map(i64::from), &path.field("revisionHistoryLimit"));
    let Some(deadline) = spec.progress_deadline_seconds else { return };
    let path = &path.field("progressDeadlineSeconds");
    non_negative(errors, Some(deadline.into()), path);
    if deadline <= ready {
        errors.invalid(path, deadline, "must be greater than minReadySeconds");
    }
}

fn strategy(errors: &mut Errors, strategy: &DeploymentStrategy, path: &FieldPath<'_>) {
    let update_path = &path.field("rollingUpdate");
    match (text(strategy.type_.as_ref()), &strategy.rolling_update) {
        ("Recreate", None) => {}
        ("Recreate", Some(_)) => {
            errors.forbidden(update_path, "may not be specified when strategy `type` is 'Recreate'");
        }
        ("RollingUpdate", None) => errors.required(update_path, "this should be defaulted and never be nil"),
        ("RollingUpdate", Some(update)) => rolling_update(errors, update, update_path),
        (unknown, update) => {
            let written = |update: &RollingUpdateDeployment| {
                workload::rolling_update(update.max_unavailable.as_ref(), update.max_surge.as_ref())
            };
            let value = json!({"Type": unknown, "RollingUpdate": update.as_ref().map(written)});
            errors.not_supported(path, value, &["Recreate", "RollingUpdate"]);
        }
    }
}

fn rolling_update(errors: &mut Errors, update: &RollingUpdateDeployment, path: &FieldPath<'_>) {
    let unavailable = &workload::or_zero(update.max_unavailable.as_ref());
    let surge = &workload::or_zero(update.max_surge.as_ref());
    let unavailable_path = &path.field("maxUnavailable");
    int_or_percent::non_negative(errors, unavailable, unavailable_path);
    int_or_percent::non_negative(errors, surge, &path.field("maxSurge"));
    if int_or_percent::amount(unavailable) == 0 && int_or_percent::amount(surge) == 0 {
        errors.invalid(unavailable_path, int_or_percent::bad(unavailable), "may not be 0 when `maxSurge` is 0");
    }
    int_or_percent::at_most_all(errors, unavailable, unavailable_path);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, messages_of_workload, workload};

    fn of(changes: Value) -> Vec<String> {
        messages_of_workload("Deployment", changes)
    }

    #[test]
    fn strategies_replace_pods() {
        assert_eq!(of(json!({})), Vec::<String>::new());
        assert_eq!(
            of(json!({"strategy": {"type": "Recreate", "rollingUpdate": {}}})),
            ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]
        );
        assert_eq!(
            of(json!({"strategy": {"type": "x"}})),
            ["spec.strategy: Unsupported value: {\"Type\":\"x\",\"RollingUpdate\":null}: supported values: \"Recreate\", \
              \"RollingUpdate\""]
        );
        assert_eq!(
            of(json!({"strategy": {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": "0%"}}})),
            ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"]
        );
    }

    #[test]
    fn a_deadline_leaves_time_to_get_ready() {
        assert_eq!(
            of(json!({"minReadySeconds": 600, "replicas": -1})),
            [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds",
            ]
        );
    }

    #[test]
    fn a_selector_is_written() {
        assert_eq!(
            of(json!({"selector": null})),
            [
                "spec.selector: Required value",
                "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`",
            ]
        );
        assert_eq!(of(json!({"selector": {}})), ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"]);
    }

    #[test]
    fn rolling_updates_replace_some_pods() {
        let of = |update: Value| of(json!({"strategy": {"rollingUpdate": update}}));
        for good in [
            json!({}),
            json!({"maxUnavailable": "100%", "maxSurge": "250%"}),
            json!({"maxUnavailable": 0, "maxSurge": 1}),
            json!({"maxUnavailable": 500, "maxSurge": 0}),
        ] {
            assert_eq!(of(good), Vec::<String>::new());
        }
        let at = "spec.strategy.rollingUpdate";
        let percent = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used \
                       for validation is '[0-9]+%')";
        assert_eq!(
            of(json!({"maxUnavailable": -1, "maxSurge": "1"})),
            [
                format!("{at}.maxUnavailable: Invalid value: -1: must be greater than or equal to 0"),
                format!("{at}.maxSurge: Invalid value: \"1\": {percent}"),
            ]
        );
        assert_eq!(
            of(json!({"maxUnavailable": "101%", "maxSurge": "none"})),
            [
                format!("{at}.maxSurge: Invalid value: \"none\": {percent}"),
                format!("{at}.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%"),
            ]
        );
        assert_eq!(
            of(json!({"maxUnavailable": "0%", "maxSurge": 0})),
            [format!("{at}.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0")]
        );
    }

    #[test]
    fn an_unknown_strategy_is_shown_whole() {
        assert_eq!(
            of(json!({"strategy": {"type": "Canary", "rollingUpdate": {"maxSurge": "5%"}}})),
            [
                r#"spec.strategy: Unsupported value: {"Type":"Canary","RollingUpdate":{"MaxUnavailable":0,"MaxSurge":"5%"}}: supported values: "Recreate", "RollingUpdate""#
            ]
        );
    }

    #[test]
    fn times_are_not_negative() {
        assert_eq!(
            of(json!({"minReadySeconds": 9, "progressDeadlineSeconds": 10, "revisionHistoryLimit": 0, "replicas": 0})),
            Vec::<String>::new()
        );
        let not_negative = "must be greater than or equal to 0";
        assert_eq!(
            of(json!({"minReadySeconds": -1, "progressDeadlineSeconds": -1, "revisionHistoryLimit": -1})),
            [
                format!("spec.minReadySeconds: Invalid value: -1: {not_negative}"),
                format!("spec.revisionHistoryLimit: Invalid value: -1: {not_negative}"),
                format!("spec.progressDeadlineSeconds: Invalid value: -1: {not_negative}"),
                "spec.progressDeadlineSeconds: Invalid value: -1: must be greater than minReadySeconds".to_owned(),
            ]
        );
    }

    #[test]
    fn a_selector_that_cannot_be_read_hides_the_template() {
        let selector = json!({"matchLabels": {"app": "a b"}});
        let found = of(json!({"selector": selector, "template": {"spec": {"containers": [], "restartPolicy": "Never"}}}));
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("spec.selector.matchLabels: Invalid value: \"a b\": a valid label must be"));
        assert_eq!(found[1], r#"spec.selector: Invalid value: {"matchLabels":{"app":"a b"}}: invalid label selector"#);
    }

    #[test]
    fn a_revision_to_go_back_to_is_not_negative() {
        let mut deployment = workload("Deployment", json!({}));
        deployment["metadata"]["annotations"] = json!({"deprecated.deployment.rollback.to": "0"});
        assert_eq!(messages(&deployment), Vec::<String>::new());
        deployment["metadata"]["annotations"] = json!({"deprecated.deployment.rollback.to": "-1"});
        assert_eq!(messages(&deployment), ["spec.rollback.version: Invalid value: -1: must be greater than or equal to 0"]);
    }
}
