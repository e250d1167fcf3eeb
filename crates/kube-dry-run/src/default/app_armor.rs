//! The deprecated `AppArmor` annotations of a Pod become fields of its containers.
//!
//! Follows `applyAppArmorVersionSkew` in `pkg/registry/core/pod/strategy.go` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{AppArmorProfile, PodSpec, SecurityContext};

use super::super::field_path::ROOT;
use crate::finding::Finding;
use crate::rule::Rule;

/// What the key of such an annotation begins with; the container's name follows.
const PREFIX: &str = "container.apparmor.security.beta.kubernetes.io/";

/// Copies the annotations to the containers that have no profile; returns the warnings about them.
pub(super) fn take_over(spec: &mut PodSpec, annotations: Option<&BTreeMap<String, String>>) -> Vec<Finding> {
    let annotations = match annotations {
        Some(annotations) if annotations.keys().any(|key| key.starts_with(PREFIX)) => annotations,
        _ => return Vec::new(),
    };
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return Vec::new();
    }
    let of_pod = spec.security_context.as_ref().and_then(|context| context.app_armor_profile.clone());
    let containers = spec.init_containers.iter_mut().flatten().chain(&mut spec.containers);
    let plain = containers.map(|container| (&container.name, &mut container.security_context));
    let ephemeral = spec.ephemeral_containers.iter_mut().flatten();
    let ephemeral = ephemeral.map(|container| (&container.name, &mut container.security_context));
    plain
        .chain(ephemeral)
        .filter_map(|(name, context)| {
            let key = format!("{PREFIX}{name}");
            apply(annotations.get(&key)?, context, of_pod.as_ref()).then(|| warning(&key))
        })
        .collect()
}

fn apply(annotation: &str, context: &mut Option<SecurityContext>, of_pod: Option<&AppArmorProfile>) -> bool {
    if context.as_ref().is_some_and(|context| context.app_armor_profile.is_some()) {
        return false;
    }
    let profile = profile(annotation);
    if profile.is_some() && profile.as_ref() == of_pod {
        return false;
    }
    if profile.is_some() {
        context.get_or_insert_default().app_armor_profile = profile;
    }
    true
}

fn profile(annotation: &str) -> Option<AppArmorProfile> {
    let of_type = |type_: &str| AppArmorProfile { type_: type_.to_owned(), localhost_profile: None };
    match annotation {
        "unconfined" => Some(of_type("Unconfined")),
        "runtime/default" => Some(of_type("RuntimeDefault")),
        _ => {
            let name = annotation.strip_prefix("localhost/").filter(|name| !name.is_empty() && name.trim() == *name)?;
            (name.len() <= 4095).then(|| AppArmorProfile { localhost_profile: Some(name.to_owned()), ..of_type("Localhost") })
        }
    }
}

fn warning(key: &str) -> Finding {
    let metadata = ROOT.field("metadata");
    let annotations = metadata.field("annotations");
    let field = annotations.key(key);
    let message = format!("{field}: deprecated since v1.30; use the \"appArmorProfile\" field instead");
    Finding::new(Rule::WARNING, field.to_document_path(), message).named(field.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The Pod after its annotation of the container `a` was taken over, and the warnings.
    fn taken_over(spec: Value, annotation: &str) -> (Value, Vec<String>) {
        let mut spec: PodSpec = serde_json::from_value(spec).unwrap();
        let annotations = BTreeMap::from([(format!("{PREFIX}a"), annotation.to_owned())]);
        let warnings = take_over(&mut spec, Some(&annotations));
        (serde_json::to_value(spec).unwrap(), warnings.into_iter().map(|warning| warning.message).collect())
    }

    const WARNING: &str = "metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: deprecated since v1.30; use the \
                           \"appArmorProfile\" field instead";

    #[test]
    fn an_annotation_becomes_a_profile() {
        for (annotation, profile) in [
            ("unconfined", json!({"type": "Unconfined"})),
            ("runtime/default", json!({"type": "RuntimeDefault"})),
            ("localhost/p", json!({"type": "Localhost", "localhostProfile": "p"})),
        ] {
            for list in ["containers", "initContainers", "ephemeralContainers"] {
                let mut spec = json!({"containers": []});
                spec[list] = json!([{"name": "a"}, {"name": "b"}]);
                let (spec, warnings) = taken_over(spec, annotation);
                assert_eq!(spec[list][0]["securityContext"], json!({"appArmorProfile": profile}));
                assert_eq!(spec[list][1], json!({"name": "b"}));
                assert_eq!(warnings, [WARNING]);
            }
        }
    }

    #[test]
    fn an_annotation_that_names_no_profile_is_warned_of_only() {
        let long = format!("localhost/{}", "a".repeat(4096));
        for annotation in ["", "p", "localhost/", "localhost/ p", &long] {
            let spec = json!({"containers": [{"name": "a"}]});
            assert_eq!(taken_over(spec.clone(), annotation), (spec, vec![WARNING.to_owned()]), "{annotation}");
        }
        let (spec, _) = taken_over(json!({"containers": [{"name": "a"}]}), &long[..long.len() - 1]);
        assert_eq!(spec["containers"][0]["securityContext"]["appArmorProfile"]["type"], "Localhost");
    }

    #[test]
    fn fields_come_before_annotations() {
        let of_type = |type_: &str| json!({"appArmorProfile": {"type": type_}});
        for spec in [
            json!({"containers": [{"name": "a", "securityContext": of_type("Unconfined")}]}),
            json!({"containers": [{"name": "a"}], "securityContext": of_type("RuntimeDefault")}),
            json!({"containers": [{"name": "a"}], "os": {"name": "windows"}}),
            json!({"containers": [{"name": "b"}]}),
        ] {
            assert_eq!(taken_over(spec.clone(), "runtime/default"), (spec, vec![]));
        }
        let (spec, warnings) =
            taken_over(json!({"containers": [{"name": "a"}], "securityContext": of_type("Unconfined")}), "runtime/default");
        assert_eq!(spec["containers"][0]["securityContext"], of_type("RuntimeDefault"));
        assert_eq!(warnings, [WARNING]);
    }

    #[test]
    fn a_pod_without_annotations_stays_as_it_is() {
        let mut spec = PodSpec::default();
        let others = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
        assert!(take_over(&mut spec, None).is_empty() && take_over(&mut spec, Some(&others)).is_empty());
        assert_eq!(spec, PodSpec::default());
    }
}
