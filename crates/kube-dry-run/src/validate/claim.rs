//! The claims that are made for ephemeral volumes and for the Pods of a StatefulSet.
//!
//! Follows `ValidatePersistentVolumeClaimTemplate` and `ValidatePersistentVolumeClaimSpec` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::super::quantity::Quantity;
use super::{list, metadata, selector, text};

const MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

/// The template of a claim.
pub(super) fn template(errors: &mut Errors, template: &PersistentVolumeClaimTemplate, path: &FieldPath<'_>) {
    if let Some(metadata) = &template.metadata {
        metadata::of_claim_template(errors, metadata, &path.field("metadata"));
    }
    spec(errors, &template.spec, &path.field("spec"));
}

/// What a claim asks for.
pub(super) fn spec(errors: &mut Errors, spec: &PersistentVolumeClaimSpec, path: &FieldPath<'_>) {
    access_modes(errors, list(spec.access_modes.as_ref()), &path.field("accessModes"));
    selector::selector(errors, spec.selector.as_ref(), &path.field("selector"));
    storage(errors, spec, &path.field("resources").field("requests").unnamed().key("storage"));
    for (field, name) in [
        ("storageClassName", text(spec.storage_class_name.as_ref())),
        ("volumeAttributesClassName", text(spec.volume_attributes_class_name.as_ref())),
    ] {
        if !name.is_empty() {
            errors.invalid_each(&path.field(field), name, &names::dns_subdomain(name));
        }
    }
    if let Some(mode) = spec.volume_mode.as_deref().filter(|mode| !matches!(*mode, "Block" | "Filesystem")) {
        errors.not_supported(&path.field("volumeMode"), Bad::Typed(mode), &["Block", "Filesystem"]);
    }
    data_sources(errors, spec, path);
}

fn access_modes(errors: &mut Errors, modes: &[String], path: &FieldPath<'_>) {
    if modes.is_empty() {
        errors.required(path, "at least 1 access mode is required");
    }
    for mode in modes.iter().filter(|mode| !MODES.contains(&mode.as_str())) {
        errors.not_supported(path, Bad::Typed(mode), &MODES);
    }
    let is_single = |mode: &&String| mode.as_str() == "ReadWriteOncePod";
    let known = || modes.iter().filter(|mode| MODES.contains(&mode.as_str()));
    if known().any(|mode| is_single(&mode)) && known().any(|mode| !is_single(&mode)) {
        errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
    }
}

fn storage(errors: &mut Errors, spec: &PersistentVolumeClaimSpec, path: &FieldPath<'_>) {
    let requests = spec.resources.as_ref().and_then(|resources| resources.requests.as_ref());
    match requests.and_then(|requests| requests.get("storage")).map(Quantity::of_resource) {
        None => errors.required(path, ""),
        Some(amount) if amount.is_negative() || amount.is_zero() => {
            errors.invalid(path, &amount.to_string(), "must be greater than zero");
        }
        Some(_) => {}
    }
}

fn data_sources(errors: &mut Errors, spec: &PersistentVolumeClaimSpec, path: &FieldPath<'_>) {
    if let Some(source) = &spec.data_source {
        data_source(errors, &source.name, &source.kind, text(source.api_group.as_ref()), &path.field("dataSource"));
    }
    let Some(reference) = &spec.data_source_ref else { return };
    let reference_path = &path.field("dataSourceRef");
    data_source(errors, &reference.name, &reference.kind, text(reference.api_group.as_ref()), reference_path);
    let namespace = text(reference.namespace.as_ref());
    if !namespace.is_empty() {
        errors.invalid_each(&reference_path.field("namespace"), namespace, &names::dns_label(namespace));
    }
    let Some(source) = &spec.data_source else { return };
    let nothing = || Bad::Json("{}".to_owned());
    if !namespace.is_empty() {
        errors.invalid(path, nothing(), "may not be specified when dataSourceRef.namespace is specified");
    } else if (&source.api_group, &source.kind, &source.name) != (&reference.api_group, &reference.kind, &reference.name) {
        errors.invalid(path, nothing(), "must match dataSourceRef");
    }
}

fn data_source(errors: &mut Errors, name: &str, kind: &str, group: &str, path: &FieldPath<'_>) {
    for (field, value) in [("name", name), ("kind", kind)] {
        if value.is_empty() {
            errors.required(&path.field(field), "");
        }
    }
    if group.is_empty() && kind != "PersistentVolumeClaim" {
        errors.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
    if !group.is_empty() {
        errors.invalid_each(&path.field("apiGroup"), group, &names::dns_subdomain(group));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error;
    use super::super::super::field_path::ROOT;
    use super::super::testing::messages_of_spec;
    use super::*;

    #[test]
    fn a_claim_asks_for_storage() {
        let template = json!({
            "metadata": {"name": "a", "labels": {"b": "c"}},
            "spec": {
                "accessModes": ["ReadWriteOncePod", "ReadWriteOnce", "x"],
                "volumeMode": "x",
                "dataSource": {"kind": "A", "name": ""},
                "resources": {"requests": {"storage": "0"}},
            },
        });
        let volumes = json!([{"name": "a", "ephemeral": {"volumeClaimTemplate": template}}, {"name": "b", "ephemeral": {}}]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @r#"
        [
            "spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: \"x\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.volumeMode: Unsupported value: \"x\": supported values: \"Block\", \"Filesystem\"",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource.name: Required value",
            "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource: Invalid value: \"A\": must be 'PersistentVolumeClaim' when referencing the default apiGroup",
            "spec.volumes[1].ephemeral.volumeClaimTemplate: Required value",
        ]
        "#);
    }

    fn of(changes: Value) -> Vec<String> {
        let mut written = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        for (field, value) in changes.as_object().unwrap() {
            written[field] = value.clone();
        }
        let claim: PersistentVolumeClaimSpec = serde_json::from_value(written).unwrap();
        field_error::testing::messages(|errors| spec(errors, &claim, &ROOT.field("c")))
    }

    #[test]
    fn modes_of_access_are_known_and_go_together() {
        for good in [json!(["ReadWriteOncePod"]), json!(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"])] {
            assert_eq!(of(json!({"accessModes": good})), Vec::<String>::new());
        }
        assert_eq!(of(json!({"accessModes": []})), ["c.accessModes: Required value: at least 1 access mode is required"]);
        assert_eq!(
            of(json!({"accessModes": ["ReadWriteOncePod", "RWO"]})),
            [
                r#"c.accessModes: Unsupported value: "RWO": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod""#
            ]
        );
        assert_eq!(
            of(json!({"accessModes": ["ReadWriteOncePod", "ReadOnlyMany"]})),
            ["c.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"]
        );
    }

    #[test]
    fn storage_is_more_than_nothing() {
        let requests = |requests: Value| of(json!({"resources": {"requests": requests}}));
        assert_eq!(requests(json!({"storage": "1m"})), Vec::<String>::new());
        assert_eq!(requests(json!({"memory": "1Gi"})), ["c.resources[storage]: Required value"]);
        assert_eq!(of(json!({"resources": {"limits": {"storage": "1Gi"}}})), ["c.resources[storage]: Required value"]);
        assert_eq!(
            requests(json!({"storage": "-1Gi"})),
            ["c.resources[storage]: Invalid value: \"-1Gi\": must be greater than zero"]
        );
    }

    #[test]
    fn classes_are_named_as_objects_are() {
        assert_eq!(
            of(json!({"storageClassName": "", "volumeAttributesClassName": "", "volumeName": "x y"})),
            Vec::<String>::new()
        );
        for field in ["storageClassName", "volumeAttributesClassName"] {
            assert_eq!(of(json!({field: "a.b"})), Vec::<String>::new());
            let found = of(json!({field: "A"}));
            assert_eq!(found.len(), 1);
            assert!(
                found[0].starts_with(&format!("c.{field}: Invalid value: \"A\": a lowercase RFC 1123 subdomain")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_claim_is_filled_from_one_source() {
        let source = json!({"apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "a"});
        assert_eq!(of(json!({"dataSource": source, "dataSourceRef": source})), Vec::<String>::new());
        assert_eq!(of(json!({"dataSource": {"kind": "PersistentVolumeClaim", "name": "a"}})), Vec::<String>::new());
        assert_eq!(
            of(json!({"dataSource": source, "dataSourceRef": {"kind": "PersistentVolumeClaim", "name": "a"}})),
            ["c: Invalid value: {}: must match dataSourceRef"]
        );
        let mut elsewhere = source.clone();
        elsewhere["namespace"] = json!("b");
        assert_eq!(of(json!({"dataSourceRef": elsewhere})), Vec::<String>::new());
        assert_eq!(
            of(json!({"dataSource": source, "dataSourceRef": elsewhere})),
            ["c: Invalid value: {}: may not be specified when dataSourceRef.namespace is specified"]
        );
    }

    #[test]
    fn a_source_is_named_well() {
        let found = of(json!({"dataSourceRef": {"apiGroup": "A", "kind": "", "name": "", "namespace": "a.b"}}));
        assert_eq!(found.len(), 4);
        assert_eq!(found[..2], ["c.dataSourceRef.name: Required value", "c.dataSourceRef.kind: Required value"]);
        assert!(
            found[2].starts_with("c.dataSourceRef.apiGroup: Invalid value: \"A\": a lowercase RFC 1123 subdomain"),
            "{found:?}"
        );
        assert_eq!(found[3], "c.dataSourceRef.namespace: Invalid value: \"a.b\": must not contain dots");
        assert_eq!(
            of(json!({"dataSource": {"kind": "VolumeSnapshot", "name": "a"}})),
            [
                "c.dataSource: Invalid value: \"VolumeSnapshot\": must be 'PersistentVolumeClaim' when referencing the default apiGroup"
            ]
        );
    }

    #[test]
    fn volumes_are_chosen_by_labels() {
        assert_eq!(of(json!({"selector": {}})), Vec::<String>::new());
        assert_eq!(
            of(json!({"selector": {"matchExpressions": [{"key": "a", "operator": "x"}]}})),
            ["c.selector.matchExpressions[0].operator: Invalid value: \"x\": not a valid selector operator"]
        );
    }
}
