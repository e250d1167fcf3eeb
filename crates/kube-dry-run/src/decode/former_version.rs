//! What makes an object of a version that Kubernetes no longer has one of the version that it has.
//!
//! Follows `pkg/apis/{apps,extensions,batch}` of the releases that still had them: their defaults took the selector from the
//! labels of the template, which `apps/v1` wants to see written, and `extensions/v1beta1` knew two fields that are gone.

use serde_json::{Map, Value};

use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::kinds::Kind;
use crate::path::Path;

/// Fields of `spec` that only former versions have.
const GONE: [&str; 2] = ["rollbackTo", "templateGeneration"];

/// `finding`, that the server does not have `kind` in `version`, with what to do about it in `document`.
pub(super) fn update(kind: &Kind, document: &Value, finding: Finding, version: &str) -> Finding {
    let root = Path::root();
    let to_version = Change::Set(root.entry("apiVersion"), kind.api_version.into());
    let title = format!("Write apiVersion: {}", kind.api_version);
    let write = format!("Write `apiVersion: {}`", kind.api_version);
    if !kind.former_versions.contains(&version) {
        return finding.with_hint(format!("{write}.")).with_fix(Fix::safe(title, vec![to_version]));
    }
    let spec = root.entry("spec");
    let gone = GONE.iter().map(|field| spec.entry(*field)).filter(|field| field.find(document).is_some());
    let mut changes: Vec<_> = [to_version].into_iter().chain(gone.map(Change::Remove)).collect();
    let past = format!("Kubernetes 1.35 no longer has {} in {version}.", kind.name);
    match missing_selector(kind, document) {
        None => finding.with_hint(format!("{past} {write}.")).with_fix(Fix::safe(title, changes)),
        Some(selector) => {
            changes.push(Change::Set(spec.entry("selector").entry("matchLabels"), selector));
            let hint = format!("{past} {write}, and a `selector` with the labels of the template, which it now must have.");
            finding.with_hint(hint).with_fix(Fix::safe(format!("{title}, and the selector"), changes))
        }
    }
}

/// The labels that a selector must match, if the kind wants one and `document` has none.
fn missing_selector(kind: &Kind, document: &Value) -> Option<Value> {
    let labels = kind.pod_template().entry("metadata").entry("labels");
    let selector = Path::root().entry("spec").entry("selector").find(document);
    let wants_selector = kind.api_version == "apps/v1";
    // What is a number or a boolean yet has to become a string first.
    let can_be_selected = |labels: &Map<String, Value>| labels.values().all(Value::is_string);
    let labels = labels.find(document).filter(|labels| labels.as_object().is_some_and(can_be_selected));
    labels.filter(|_| wants_selector && selector.is_none_or(Value::is_null)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;
    use serde_json::json;

    fn updated(mut document: Value) -> (Value, String) {
        let kind = Kind::of(&document).unwrap();
        let version = document["apiVersion"].as_str().unwrap().to_owned();
        let finding = update(kind, &document, Finding::new(Rule::KIND, Path::root(), ""), &version);
        finding.fix.unwrap().apply(&mut document).unwrap();
        (document, finding.hint.unwrap())
    }

    #[test]
    fn a_selector_is_taken_from_the_template() {
        let template = json!({"metadata": {"labels": {"app": "a"}}});
        let old = json!({"apiVersion": "extensions/v1beta1", "kind": "Deployment",
            "spec": {"rollbackTo": {}, "template": template}});
        let new = json!({"apiVersion": "apps/v1", "kind": "Deployment",
            "spec": {"template": template, "selector": {"matchLabels": {"app": "a"}}}});
        let hint = "Kubernetes 1.35 no longer has Deployment in extensions/v1beta1. Write `apiVersion: apps/v1`, and a `selector` with \
                    the labels of the template, which it now must have.";
        assert_eq!(updated(old), (new, hint.to_owned()));
    }

    #[test]
    fn what_is_there_stays() {
        let spec = json!({"selector": {"matchLabels": {"b": "c"}}, "template": {"metadata": {"labels": {"b": "c"}}}});
        let old = json!({"apiVersion": "apps/v1beta2", "kind": "StatefulSet", "spec": spec});
        assert_eq!(updated(old).0, json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": spec}));
        let job = json!({"apiVersion": "batch/v2alpha1", "kind": "CronJob", "spec": {"schedule": "@daily"}});
        let (new, hint) = updated(job);
        assert_eq!(new, json!({"apiVersion": "batch/v1", "kind": "CronJob", "spec": {"schedule": "@daily"}}));
        assert_eq!(hint, "Kubernetes 1.35 no longer has CronJob in batch/v2alpha1. Write `apiVersion: batch/v1`.");
    }
}
