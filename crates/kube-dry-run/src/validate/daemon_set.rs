//! A DaemonSet.
//!
//! Follows `ValidateDaemonSet`, `ValidateDaemonSetSpec` and `ValidateDaemonSetUpdateStrategy` in
//! `pkg/apis/apps/validation/validation.go` (v1.35).

use k8s_openapi::api::apps::v1::{DaemonSet, DaemonSetUpdateStrategy, RollingUpdateDaemonSet};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::json;

use super::super::field_error::Errors;
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::{int_or_percent, metadata, non_negative, pod, selector, text, workload};

/// Everything about a `DaemonSet`; its type cannot tell a missing `selector` from an empty one.
pub(in super::super) fn daemon_set(errors: &mut Errors, set: &DaemonSet, selector: Option<&LabelSelector>) {
    metadata::object(errors, &set.metadata, names::dns_subdomain);
    let Some(spec) = &set.spec else { return };
    let path = &ROOT.field("spec");
    let selector_path = &path.field("selector");
    let template_path = &path.field("template");
    let labels = spec.template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    if selector::selector(errors, selector, selector_path) && !selector::matches(selector, labels) {
        selector::no_match(errors, labels, template_path);
    }
    if let Some(selector) = selector.filter(|selector| selector::is_empty(selector)) {
        errors.invalid(selector_path, selector::as_json(selector), "empty selector is invalid for daemonset");
    }
    pod::template(errors, &spec.template, template_path);
    workload::runs_for_ever(errors, &spec.template, "DaemonSet", template_path);
    non_negative(errors, spec.min_ready_seconds.map(i64::from), &path.field("minReadySeconds"));
    if let Some(strategy) = &spec.update_strategy {
        self::strategy(errors, strategy, &path.field("updateStrategy"));
    }
    non_negative(errors, spec.revision_history_limit.map(i64::from), &path.field("revisionHistoryLimit"));
}

fn strategy(errors: &mut Errors, strategy: &DaemonSetUpdateStrategy, path: &FieldPath<'_>) {
    let update_path = &path.field("rollingUpdate");
    match (text(strategy.type_.as_ref()), &strategy.rolling_update) {
        ("OnDelete", _) => {}
        ("RollingUpdate", None) => errors.required(update_path, ""),
        ("RollingUpdate", Some(update)) => rolling_update(errors, update, update_path),
        (unknown, update) => {
            let written = |update: &RollingUpdateDaemonSet| {
                workload::rolling_update(update.max_unavailable.as_ref(), update.max_surge.as_ref())
            };
            let value = json!({"Type": unknown, "RollingUpdate": update.as_ref().map(written)});
            errors.not_supported(path, value, &["RollingUpdate", "OnDelete"]);
        }
    }
}

fn rolling_update(errors: &mut Errors, update: &RollingUpdateDaemonSet, path: &FieldPath<'_>) {
    let unavailable = &workload::or_zero(update.max_unavailable.as_ref());
    let surge = &workload::or_zero(update.max_surge.as_ref());
    let (unavailable_path, surge_path) = (&path.field("maxUnavailable"), &path.field("maxSurge"));
    int_or_percent::non_negative(errors, unavailable, unavailable_path);
    int_or_percent::non_negative(errors, surge, surge_path);
    int_or_percent::at_most_all(errors, unavailable, unavailable_path);
    int_or_percent::at_most_all(errors, surge, surge_path);
    match (int_or_percent::amount(unavailable) != 0, int_or_percent::amount(surge) != 0) {
        (true, true) => {
            errors.invalid(surge_path, int_or_percent::bad(surge), "may not be set when maxUnavailable is non-zero");
        }
        (false, false) => errors.required(unavailable_path, "cannot be 0 when maxSurge is 0"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::messages_of_workload;

    fn of(changes: Value) -> Vec<String> {
        messages_of_workload("DaemonSet", changes)
    }

    #[test]
    fn an_update_takes_pods_away_or_adds_them() {
        let update = |update: Value| of(json!({"updateStrategy": {"rollingUpdate": update}}));
        assert_eq!(update(json!({"maxUnavailable": "10%"})), Vec::<String>::new());
        assert_eq!(
            update(json!({"maxSurge": 1})),
            ["spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero"]
        );
        assert_eq!(
            update(json!({"maxUnavailable": 0})),
            ["spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"]
        );
        assert_eq!(
            of(json!({"updateStrategy": {"type": "x"}})),
            ["spec.updateStrategy: Unsupported value: {\"Type\":\"x\",\"RollingUpdate\":null}: supported values: \
              \"RollingUpdate\", \"OnDelete\""]
        );
    }

    #[test]
    fn an_empty_selector_selects_too_much() {
        assert_eq!(of(json!({"selector": {}})), ["spec.selector: Invalid value: {}: empty selector is invalid for daemonset"]);
        assert_eq!(
            of(json!({"selector": null})),
            ["spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`"]
        );
    }

    #[test]
    fn a_part_of_the_pods_is_a_percentage() {
        let update = |update: Value| of(json!({"updateStrategy": {"type": "RollingUpdate", "rollingUpdate": update}}));
        for good in
            [json!({}), json!({"maxUnavailable": 0, "maxSurge": "100%"}), json!({"maxUnavailable": "100%", "maxSurge": "0%"})]
        {
            assert_eq!(update(good), Vec::<String>::new());
        }
        let at = "spec.updateStrategy.rollingUpdate";
        assert_eq!(
            update(json!({"maxUnavailable": 0, "maxSurge": "101%"})),
            [format!("{at}.maxSurge: Invalid value: \"101%\": must not be greater than 100%")]
        );
        assert_eq!(
            update(json!({"maxUnavailable": "200%", "maxSurge": -1})),
            [
                format!("{at}.maxSurge: Invalid value: -1: must be greater than or equal to 0"),
                format!("{at}.maxUnavailable: Invalid value: \"200%\": must not be greater than 100%"),
                format!("{at}.maxSurge: Invalid value: -1: may not be set when maxUnavailable is non-zero"),
            ]
        );
    }

    #[test]
    fn a_strategy_on_delete_says_nothing_of_an_update() {
        let update = json!({"maxUnavailable": -1});
        assert_eq!(of(json!({"updateStrategy": {"type": "OnDelete", "rollingUpdate": update}})), Vec::<String>::new());
    }

    #[test]
    fn a_bad_selector_does_not_hide_the_template() {
        let template = json!({"spec": {"containers": [], "restartPolicy": "Never", "activeDeadlineSeconds": 5}});
        let selector = json!({"matchExpressions": [{"key": "a", "operator": "In"}]});
        let numbers = json!({"minReadySeconds": -1, "revisionHistoryLimit": -1, "selector": selector, "template": template});
        assert_eq!(
            of(numbers),
            [
                "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "spec.template.spec.containers: Required value",
                "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported",
                "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
            ]
        );
    }
}
