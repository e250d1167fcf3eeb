//! Containers: their environment, their resources, and annotations that have become fields of theirs.
//!
//! Follows the visit of the containers in `warningsForPodSpecAndMeta` in `pkg/api/pod/warnings.go` (v1.35). Ephemeral
//! containers are refused on create, so there is nothing to warn of.

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::{Container, EnvVar, PodSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::super::quantity::Quantity;
use super::Warnings;

const SECCOMP_OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR_OF_CONTAINER: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP: &str = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
const APP_ARMOR: &str = "deprecated since v1.30; use the \"appArmorProfile\" field instead";

/// Calls `visit` with every container and the path where it stands below `spec`.
pub(super) fn each<'a>(spec: &'a PodSpec, path: &FieldPath<'_>, mut visit: impl FnMut(&'a Container, &FieldPath<'_>)) {
    let init = spec.init_containers.as_deref().unwrap_or_default();
    for (name, containers) in [("initContainers", init), ("containers", &spec.containers)] {
        let path = &path.field(name);
        for (index, container) in containers.iter().enumerate() {
            visit(container, &path.index(index));
        }
    }
}

/// Everything about the containers but their ports; `owner` is what has `spec` and `metadata`.
pub(super) fn containers(warnings: &mut Warnings, spec: &PodSpec, metadata: &ObjectMeta, owner: &FieldPath<'_>) {
    let annotation = |key: &str| metadata.annotations.as_ref().is_some_and(|annotations| annotations.contains_key(key));
    let (metadata_path, spec_path) = (&owner.field("metadata"), &owner.field("spec"));
    let annotations_path = &metadata_path.field("annotations");
    let has_seccomp = spec.security_context.as_ref().is_some_and(|context| context.seccomp_profile.is_some());
    if !has_seccomp && annotation(SECCOMP_OF_POD) {
        warnings.add(&annotations_path.key(SECCOMP_OF_POD), SECCOMP);
    }
    each(spec, spec_path, |container, path| {
        let has_seccomp = container.security_context.as_ref().is_some_and(|context| context.seccomp_profile.is_some());
        let key = format!("{SECCOMP_OF_CONTAINER}{}", container.name);
        if !has_seccomp && annotation(&key) {
            warnings.add(&annotations_path.key(&key), SECCOMP);
        }
        if let Some(resources) = &container.resources {
            let path = &path.field("resources");
            let names = ["memory", "ephemeral-storage"];
            fractions(warnings, resources.limits.as_ref(), &names, &path.field("limits"));
            fractions(warnings, resources.requests.as_ref(), &names, &path.field("requests"));
        }
        environment(warnings, container.env.as_deref().unwrap_or_default(), &path.field("env"));
    });
}

/// Annotations of a template that name an `AppArmor` profile where no field does; those of a Pod are taken over by its defaults.
pub(super) fn app_armor_annotations(warnings: &mut Warnings, spec: &PodSpec, metadata: &ObjectMeta, owner: &FieldPath<'_>) {
    let Some(annotations) = &metadata.annotations else { return };
    let pod_has_profile = spec.security_context.as_ref().is_some_and(|context| context.app_armor_profile.is_some());
    let metadata_path = &owner.field("metadata");
    let annotations_path = &metadata_path.field("annotations");
    each(spec, owner, |container, _| {
        let has_profile = container.security_context.as_ref().is_some_and(|context| context.app_armor_profile.is_some());
        let key = format!("{APP_ARMOR_OF_CONTAINER}{}", container.name);
        if !pod_has_profile && !has_profile && annotations.contains_key(&key) {
            warnings.add(&annotations_path.key(&key), APP_ARMOR);
        }
    });
}

/// Amounts of bytes that are no whole number.
pub(super) fn fractions(
    warnings: &mut Warnings,
    amounts: Option<&BTreeMap<String, Written>>,
    names: &[&str],
    path: &FieldPath<'_>,
) {
    for name in names {
        let amount = amounts.and_then(|amounts| amounts.get(*name)).map(Quantity::of_resource);
        if let Some(amount) = amount.filter(|amount| !amount.is_whole()) {
            let value = quoted(&amount.to_string());
            warnings.add(&path.key(name), &format!("fractional byte value {value} is invalid, must be an integer"));
        }
    }
}

/// Variables that hide one of the same name instead of building on it.
fn environment(warnings: &mut Warnings, variables: &[EnvVar], path: &FieldPath<'_>) {
    let mut seen = HashSet::new();
    for (index, variable) in variables.iter().enumerate() {
        if !seen.insert(&variable.name) && !builds_on_previous(variable) {
            let name = quoted(&variable.name);
            let message = format!("hides previous definition of {name}, which may be dropped when using apply");
            warnings.add(&path.index(index), &message);
        }
    }
}

fn builds_on_previous(variable: &EnvVar) -> bool {
    let value = variable.value.as_deref().unwrap_or_default();
    let reference = format!("$({})", variable.name);
    variable.value_from.is_none() && value != reference && value.contains(&reference)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;
    use super::*;

    fn messages(annotations: Value, container: Value) -> Vec<String> {
        let metadata = serde_json::from_value(json!({"annotations": annotations})).unwrap();
        let spec = serde_json::from_value(json!({"containers": [container]})).unwrap();
        testing::messages(|warnings| {
            containers(warnings, &spec, &metadata, &ROOT);
            app_armor_annotations(warnings, &spec, &metadata, &ROOT);
        })
    }

    #[test]
    fn amounts_of_bytes_are_looked_at_in_four_places() {
        let amounts = json!({"memory": "1500m", "ephemeral-storage": "1500m", "cpu": "1500m"});
        let resources = json!({"limits": amounts, "requests": amounts});
        for list in ["containers", "initContainers"] {
            let mut spec = json!({"containers": []});
            spec[list] = json!([{"name": "a", "resources": resources}]);
            let spec = serde_json::from_value(spec).unwrap();
            let found = testing::messages(|warnings| containers(warnings, &spec, &ObjectMeta::default(), &ROOT.field("o")));
            let expected = ["limits[memory]", "limits[ephemeral-storage]", "requests[memory]", "requests[ephemeral-storage]"]
                .map(|place| {
                    format!("o.spec.{list}[0].resources.{place}: fractional byte value \"1500m\" is invalid, must be an integer")
                });
            assert_eq!(found, expected);
        }
        let whole = json!({"limits": {"memory": "1000m", "ephemeral-storage": "1Gi"}});
        assert_eq!(messages(json!({}), json!({"name": "a", "resources": whole})), Vec::<String>::new());
    }

    #[test]
    fn a_variable_is_hidden_by_one_from_elsewhere() {
        let source = json!({"fieldRef": {"fieldPath": "metadata.name"}});
        let env = json!([{"name": "X", "valueFrom": source}, {"name": "Y"}, {"name": "X", "valueFrom": source}, {"name": "X"}]);
        let message = r#"hides previous definition of "X", which may be dropped when using apply"#;
        assert_eq!(
            messages(json!({}), json!({"name": "a", "env": env})),
            [2, 3].map(|index| format!("spec.containers[0].env[{index}]: {message}"))
        );
    }

    fn with_annotation(key: &str, spec: Value) -> Vec<String> {
        let metadata = serde_json::from_value(json!({"annotations": {key: "unconfined"}})).unwrap();
        let spec = serde_json::from_value(spec).unwrap();
        testing::messages(|warnings| {
            containers(warnings, &spec, &metadata, &ROOT);
            app_armor_annotations(warnings, &spec, &metadata, &ROOT);
        })
    }

    #[test]
    fn seccomp_has_fields_in_the_pod_and_in_its_containers() {
        let context = json!({"seccompProfile": {"type": "Unconfined"}});
        let key = "seccomp.security.alpha.kubernetes.io/pod";
        assert_eq!(
            with_annotation(key, json!({"containers": []})),
            [format!("metadata.annotations[{key}]: non-functional in v1.27+; use the \"seccompProfile\" field instead")]
        );
        assert_eq!(with_annotation(key, json!({"containers": [], "securityContext": context})), Vec::<String>::new());
        let key = "container.seccomp.security.alpha.kubernetes.io/a";
        let in_field = json!({"containers": [{"name": "a", "securityContext": context}]});
        assert_eq!(with_annotation(key, in_field), Vec::<String>::new());
        assert_eq!(with_annotation(key, json!({"containers": [{"name": "b"}]})), Vec::<String>::new());
        assert_eq!(
            with_annotation(key, json!({"containers": [], "initContainers": [{"name": "a"}], "securityContext": context})),
            [format!("metadata.annotations[{key}]: non-functional in v1.27+; use the \"seccompProfile\" field instead")]
        );
    }

    #[test]
    fn app_armor_has_fields_in_the_pod_and_in_its_containers() {
        let context = json!({"appArmorProfile": {"type": "Unconfined"}});
        let key = "container.apparmor.security.beta.kubernetes.io/a";
        assert_eq!(
            with_annotation(key, json!({"containers": [], "initContainers": [{"name": "a"}]})),
            [format!("metadata.annotations[{key}]: deprecated since v1.30; use the \"appArmorProfile\" field instead")]
        );
        for good in [
            json!({"containers": [{"name": "a", "securityContext": context}]}),
            json!({"containers": [{"name": "a"}], "securityContext": context}),
            json!({"containers": [{"name": "b"}]}),
        ] {
            assert_eq!(with_annotation(key, good), Vec::<String>::new());
        }
    }

    #[test]
    fn bytes_are_whole() {
        let resources = json!({"limits": {"memory": "500m", "cpu": "500m"}});
        assert_eq!(
            messages(json!({}), json!({"name": "a", "resources": resources})),
            ["spec.containers[0].resources.limits[memory]: fractional byte value \"500m\" is invalid, must be an integer"]
        );
    }

    #[test]
    fn a_variable_may_build_on_another_of_its_name() {
        let env = |value: &str| json!({"name": "a", "env": [{"name": "X", "value": "1"}, {"name": "X", "value": value}]});
        assert_eq!(messages(json!({}), env("$(X):2")), Vec::<String>::new());
        let hides = "spec.containers[0].env[1]: hides previous definition of \"X\", which may be dropped when using apply";
        assert_eq!(messages(json!({}), env("$(X)")), [hides]);
        assert_eq!(messages(json!({}), env("2")), [hides]);
    }

    #[test]
    fn annotations_gave_way_to_fields() {
        let annotations = json!({
            "container.seccomp.security.alpha.kubernetes.io/a": "unconfined",
            "container.apparmor.security.beta.kubernetes.io/a": "unconfined",
        });
        assert_eq!(
            messages(annotations, json!({"name": "a"})),
            [
                format!("metadata.annotations[container.seccomp.security.alpha.kubernetes.io/a]: {SECCOMP}"),
                format!("metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: {APP_ARMOR}"),
            ]
        );
    }
}
