//! Names, labels, annotations and the rest of the metadata.
//!
//! Follows `k8s.io/apimachinery/pkg/api/validation/objectmeta.go`, `pkg/apis/meta/v1/validation` and
//! `pkg/apis/core/validation` `ValidateObjectMeta` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names::{self, Reasons};
use super::{list, text};

type Texts = BTreeMap<String, String>;

/// How long keys and values of all annotations may be together.
const MAX_ANNOTATIONS: usize = 256 * 1024;

/// The metadata of an object whose name has to pass `check`.
pub(super) fn object(errors: &mut Errors, metadata: &ObjectMeta, check: fn(&str) -> Reasons) {
    let path = &ROOT.field("metadata");
    let prefix = text(metadata.generate_name.as_ref());
    if !prefix.is_empty() {
        errors.invalid_each(&path.field("generateName"), prefix, &check(&names::without_trailing_dash(prefix)));
    }
    match text(metadata.name.as_ref()) {
        "" => errors.required(&path.field("name"), "name or generateName is required"),
        name => errors.invalid_each(&path.field("name"), name, &check(name)),
    }
    let namespace = text(metadata.namespace.as_ref());
    errors.invalid_each(&path.field("namespace"), namespace, &names::dns_label(namespace));
    labels(errors, metadata.labels.as_ref(), &path.field("labels"));
    annotations(errors, metadata.annotations.as_ref(), &path.field("annotations"));
    owner_references(errors, list(metadata.owner_references.as_ref()), &path.field("ownerReferences"));
    finalizers(errors, list(metadata.finalizers.as_ref()), &path.field("finalizers"));
}

/// `ValidateLabels`: keys and values of labels and node selectors.
pub(super) fn labels(errors: &mut Errors, labels: Option<&Texts>, path: &FieldPath<'_>) {
    for (key, value) in labels.into_iter().flatten() {
        errors.invalid_each(path, key, &names::qualified_name(key));
        errors.invalid_each(path, value, &names::label_value(value));
    }
}

/// `ValidateAnnotations`
pub(super) fn annotations(errors: &mut Errors, annotations: Option<&Texts>, path: &FieldPath<'_>) {
    let Some(annotations) = annotations else { return };
    for key in annotations.keys() {
        errors.invalid_each(path, key, &names::qualified_name(&key.to_lowercase()));
    }
    if annotations.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>() > MAX_ANNOTATIONS {
        errors.too_long(path, MAX_ANNOTATIONS);
    }
}

/// `ValidateTemplateObjectMeta`: metadata that may have labels and annotations only.
pub(super) fn of_claim_template(errors: &mut Errors, metadata: &ObjectMeta, path: &FieldPath<'_>) {
    annotations(errors, metadata.annotations.as_ref(), &path.field("annotations"));
    labels(errors, metadata.labels.as_ref(), &path.field("labels"));
    let set = |field: Option<&String>| !text(field).is_empty();
    for (name, is_set) in [
        ("name", set(metadata.name.as_ref())),
        ("generateName", set(metadata.generate_name.as_ref())),
        ("namespace", set(metadata.namespace.as_ref())),
        ("selfLink", set(metadata.self_link.as_ref())),
        ("uID", set(metadata.uid.as_ref())),
        ("resourceVersion", set(metadata.resource_version.as_ref())),
        ("generation", metadata.generation.unwrap_or_default() != 0),
        ("creationTimestamp", metadata.creation_timestamp.is_some()),
        ("deletionTimestamp", metadata.deletion_timestamp.is_some()),
        ("deletionGracePeriodSeconds", metadata.deletion_grace_period_seconds.is_some()),
        ("ownerReferences", metadata.owner_references.is_some()),
        ("finalizers", metadata.finalizers.is_some()),
        ("managedFields", metadata.managed_fields.is_some()),
    ] {
        if is_set {
            errors.forbidden(&path.field(name), "cannot be set");
        }
    }
}

fn owner_references(errors: &mut Errors, references: &[OwnerReference], path: &FieldPath<'_>) {
    let mut controller: Option<String> = None;
    for reference in references {
        owner_reference(errors, reference, path);
        if reference.controller != Some(true) {
            continue;
        }
        let name = format!("{}/{}", reference.kind, reference.name);
        match &controller {
            None => controller = Some(name),
            Some(first) => {
                let all = Bad::Json(references.iter().map(reference_json).collect());
                let detail = "Only one reference can have Controller set to true. Found \"true\" in references for";
                errors.invalid(path, all, &format!("{detail} {first} and {name}"));
            }
        }
    }
}

fn owner_reference(errors: &mut Errors, reference: &OwnerReference, path: &FieldPath<'_>) {
    let version = match reference.api_version.split_once('/') {
        None => reference.api_version.as_str(),
        Some((_, version)) if version.contains('/') => "",
        Some((_, version)) => version,
    };
    if version.is_empty() {
        errors.invalid(&path.field("apiVersion"), &reference.api_version, "version must not be empty");
    }
    for (field, value) in [("kind", &reference.kind), ("name", &reference.name), ("uid", &reference.uid)] {
        if value.is_empty() {
            errors.invalid(&path.field(field), value, "must not be empty");
        }
    }
    if reference.api_version == "v1" && reference.kind == "Event" {
        errors.invalid(path, reference_json(reference), "/v1, Kind=Event is disallowed from being an owner");
    }
}

fn reference_json(reference: &OwnerReference) -> Value {
    let mut fields = json!({
        "apiVersion": reference.api_version,
        "kind": reference.kind,
        "name": reference.name,
        "uid": reference.uid,
    });
    for (name, value) in [("controller", reference.controller), ("blockOwnerDeletion", reference.block_owner_deletion)] {
        if let Some(value) = value {
            fields[name] = value.into();
        }
    }
    fields
}

fn finalizers(errors: &mut Errors, finalizers: &[String], path: &FieldPath<'_>) {
    for finalizer in finalizers {
        errors.invalid_each(path, finalizer, &names::qualified_name(finalizer));
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has("orphan") && has("foregroundDeletion") {
        let detail = "finalizer foregroundDeletion and orphan cannot be both set";
        errors.invalid(path, Bad::Json(json!(finalizers)), detail);
    }
    for (index, finalizer) in finalizers.iter().enumerate() {
        if !finalizer.contains('/') && !matches!(finalizer.as_str(), "kubernetes" | "orphan" | "foregroundDeletion") {
            let detail = "name is neither a standard finalizer name nor is it fully qualified";
            errors.invalid(&path.index(index), finalizer, detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages;
    use serde_json::{Value, json};

    fn with_metadata(metadata: &Value) -> Vec<String> {
        let spec = json!({"containers": [{"name": "web", "image": "nginx"}]});
        messages(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}))
    }

    #[test]
    fn a_name_is_required() {
        assert_eq!(with_metadata(&json!({})), ["metadata.name: Required value: name or generateName is required"]);
        assert_eq!(with_metadata(&json!({"generateName": "web-"})), Vec::<String>::new());
    }

    #[test]
    fn annotations_are_not_too_long() {
        let found = with_metadata(&json!({"name": "web", "annotations": {"Example.com/A": "x".repeat(262_144)}}));
        assert_eq!(found, ["metadata.annotations: Too long: may not be more than 262144 bytes"]);
    }

    #[test]
    fn owners_and_finalizers_are_named_well() {
        let owner = json!({"apiVersion": "v1", "kind": "A", "name": "b", "uid": "c", "controller": true});
        insta::assert_debug_snapshot!(
            with_metadata(&json!({
                "name": "web",
                "ownerReferences": [owner, owner, {"apiVersion": "", "kind": "", "name": "", "uid": ""}],
                "finalizers": ["mine", "orphan", "foregroundDeletion"],
            })),
            @r#"
            [
                "metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"b\",\"uid\":\"c\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"b\",\"uid\":\"c\",\"controller\":true},{\"apiVersion\":\"\",\"kind\":\"\",\"name\":\"\",\"uid\":\"\"}]: Only one reference can have Controller set to true. Found \"true\" in references for A/b and A/b",
                "metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be empty",
                "metadata.ownerReferences.kind: Invalid value: \"\": must not be empty",
                "metadata.ownerReferences.name: Invalid value: \"\": must not be empty",
                "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty",
                "metadata.finalizers: Invalid value: [\"mine\",\"orphan\",\"foregroundDeletion\"]: finalizer foregroundDeletion and orphan cannot be both set",
                "metadata.finalizers[0]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified",
            ]
            "#
        );
    }
}
