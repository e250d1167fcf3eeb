//! What Deployments, `StatefulSet`s and `DaemonSet`s have in common.
//!
//! Follows `pkg/apis/apps/validation/validation.go` (v1.35): how `ValidateDeploymentSpec` and `ValidateStatefulSetSpec` treat the
//! selector, and what all three forbid in the template.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::{selector, text};

type Labels = BTreeMap<String, String>;

/// The `selector` below `path`, which is required, selects something, and matches the template's `labels`. True if it can be
/// read; `unreadable` says what the kind says if not.
pub(super) fn selector(
    errors: &mut Errors,
    selector: Option<&LabelSelector>,
    labels: Option<&Labels>,
    (kind, unreadable): (&str, &str),
    path: &FieldPath<'_>,
) -> bool {
    let selector_path = &path.field("selector");
    let is_readable = selector::selector(errors, selector, selector_path);
    match selector {
        None => errors.required(selector_path, ""),
        Some(selector) if selector::is_empty(selector) => {
            let detail = format!("empty selector is invalid for {kind}");
            errors.invalid(selector_path, selector::as_json(selector), &detail);
        }
        Some(selector) if !is_readable => errors.invalid(selector_path, selector::as_json(selector), unreadable),
        Some(_) => {}
    }
    if is_readable && !selector::matches(selector, labels) {
        selector::no_match(errors, labels, &path.field("template"));
    }
    is_readable
}

/// The Pods of the `template` at `path` run for ever; `kind` names what the server says owns them.
pub(super) fn runs_for_ever(errors: &mut Errors, template: &PodTemplateSpec, kind: &str, path: &FieldPath<'_>) {
    let Some(spec) = &template.spec else { return };
    let path = &path.field("spec");
    let policy = text(spec.restart_policy.as_ref());
    if policy != "Always" {
        errors.not_supported(&path.field("restartPolicy"), Bad::Typed(policy), &["Always"]);
    }
    if spec.active_deadline_seconds.is_some() {
        let detail = format!("activeDeadlineSeconds in {kind} is not Supported");
        errors.forbidden(&path.field("activeDeadlineSeconds"), &detail);
    }
}

/// How the server writes a rolling update that replaces Pods, or adds some before.
pub(super) fn rolling_update(max_unavailable: Option<&IntOrString>, max_surge: Option<&IntOrString>) -> Value {
    json!({"MaxUnavailable": or_zero(max_unavailable), "MaxSurge": or_zero(max_surge)})
}

/// A number or percentage; a missing one is zero to the server.
pub(super) fn or_zero(value: Option<&IntOrString>) -> IntOrString {
    value.cloned().unwrap_or(IntOrString::Int(0))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(written: Option<Value>, labels: Option<&Labels>) -> Vec<String> {
        let written: Option<LabelSelector> = written.map(|written| serde_json::from_value(written).unwrap());
        let mut errors = Errors::default();
        selector(&mut errors, written.as_ref(), labels, ("deployment", "invalid label selector"), &ROOT.field("s"));
        errors.into_vec().into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn a_selector_is_required_and_selects_the_template() {
        let labels = Labels::from([("app".to_owned(), "web".to_owned())]);
        assert_eq!(messages(Some(json!({"matchLabels": {"app": "web"}})), Some(&labels)), Vec::<String>::new());
        assert_eq!(
            messages(None, None),
            [
                "s.selector: Required value",
                "s.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
            ]
        );
        assert_eq!(messages(Some(json!({})), None), ["s.selector: Invalid value: {}: empty selector is invalid for deployment"]);
    }

    #[test]
    fn pods_restart_always_and_have_no_end() {
        let template = json!({"spec": {"containers": [], "restartPolicy": "Never", "activeDeadlineSeconds": 5}});
        let template = serde_json::from_value(template).unwrap();
        let mut errors = Errors::default();
        runs_for_ever(&mut errors, &template, "ReplicaSet", &ROOT.field("t"));
        let messages: Vec<_> = errors.into_vec().into_iter().map(|error| error.message).collect();
        assert_eq!(
            messages,
            [
                "t.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
                "t.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported",
            ]
        );
    }
}
