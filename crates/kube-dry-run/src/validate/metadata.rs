//! Names, labels, annotations and the rest of the metadata.
//!
//! Follows `k8s.io/apimachinery/pkg/api/validation/objectmeta.go`, `pkg/apis/meta/v1/validation` and
//! `pkg/apis/core/validation` `ValidateObjectMeta` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};
use serde::Serialize;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names::{self, Reasons};
use super::{list, text};

type Texts = BTreeMap<String, String>;

/// How long keys and values of all annotations may be together.
pub(super) const MAX_ANNOTATIONS: usize = 256 * 1024;

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
        let path = &path.key(key).unnamed();
        errors.invalid_each(&path.itself(), key, &names::qualified_name(key));
        errors.invalid_each(path, value, &names::label_value(value));
    }
}

/// `ValidateAnnotations`
pub(super) fn annotations(errors: &mut Errors, annotations: Option<&Texts>, path: &FieldPath<'_>) {
    let Some(annotations) = annotations else { return };
    for key in annotations.keys() {
        errors.invalid_each(&path.key(key).unnamed().itself(), key, &names::qualified_name(&key.to_lowercase()));
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
            let field = if name == "uID" { "uid" } else { name };
            errors.forbidden(&path.field(name).nominal().field(field).unnamed(), "cannot be set");
        }
    }
}

fn owner_references(errors: &mut Errors, references: &[OwnerReference], path: &FieldPath<'_>) {
    let mut controller: Option<String> = None;
    for (index, reference) in references.iter().enumerate() {
        owner_reference(errors, reference, &path.index(index).unnamed());
        if reference.controller != Some(true) {
            continue;
        }
        let name = format!("{}/{}", reference.kind, reference.name);
        match &controller {
            None => controller = Some(name),
            Some(_) if errors.is_full() => errors.count_further(1),
            Some(first) => {
                let all = Bad::json(&references.iter().map(WrittenReference::new).collect::<Vec<_>>());
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
    if matches!(reference.api_version.as_str(), "v1" | "/v1") && reference.kind == "Event" {
        errors.invalid(path, Bad::json(&WrittenReference::new(reference)), "/v1, Kind=Event is disallowed from being an owner");
    }
}

/// An owner as Go's JSON writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenReference<'a> {
    api_version: &'a str,
    kind: &'a str,
    name: &'a str,
    uid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    controller: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    block_owner_deletion: Option<bool>,
}

impl<'a> WrittenReference<'a> {
    fn new(reference: &'a OwnerReference) -> Self {
        let OwnerReference { api_version, kind, name, uid, controller, block_owner_deletion } = reference;
        Self { api_version, kind, name, uid, controller: *controller, block_owner_deletion: *block_owner_deletion }
    }
}

fn finalizers(errors: &mut Errors, finalizers: &[String], path: &FieldPath<'_>) {
    for (index, finalizer) in finalizers.iter().enumerate() {
        errors.invalid_each(&path.index(index).unnamed(), finalizer, &names::qualified_name(finalizer));
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has("orphan") && has("foregroundDeletion") {
        let detail = "finalizer orphan and foregroundDeletion cannot be both set";
        errors.invalid(path, Bad::json(&finalizers), detail);
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
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::testing::messages;
    use super::*;

    const NONE: [&str; 0] = [];

    fn with_metadata(metadata: &Value) -> Vec<String> {
        let spec = json!({"containers": [{"name": "web", "image": "nginx"}]});
        messages(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}))
    }

    fn named(field: &str, value: impl Into<Value>) -> Vec<String> {
        let mut metadata = json!({"name": "web"});
        metadata[field] = value.into();
        with_metadata(&metadata)
    }

    #[test]
    fn names_have_at_most_253_characters() {
        assert_eq!(named("name", "a".repeat(253)), NONE);
        let long = "a".repeat(254);
        assert_eq!(
            named("name", long.clone()),
            [format!("metadata.name: Invalid value: \"{long}\": must be no more than 253 characters")]
        );
        assert!(named("name", "A")[0].starts_with("metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must"));
    }

    #[test]
    fn the_beginning_of_a_name_is_checked_beside_the_name() {
        assert_eq!(named("generateName", "a.b-"), NONE);
        assert!(
            named("generateName", "Web-")[0]
                .starts_with("metadata.generateName: Invalid value: \"Web-\": a lowercase RFC 1123 sub")
        );
    }

    #[test]
    fn a_namespace_is_a_label() {
        assert_eq!(named("namespace", "a".repeat(63)), NONE);
        assert_eq!(named("namespace", "a.b"), ["metadata.namespace: Invalid value: \"a.b\": must not contain dots"]);
    }

    #[test]
    fn labels_have_good_keys_and_values() {
        let (good, long) = ("a".repeat(63), "a".repeat(64));
        assert_eq!(named("labels", json!({"example.com/A_b": "A_b", &good: &good, "c": ""})), NONE);
        assert_eq!(
            named("labels", json!({&long: "b"})),
            [format!("metadata.labels: Invalid value: \"{long}\": name part must be no more than 63 bytes")]
        );
        assert_eq!(
            named("labels", json!({"a": &long})),
            [format!("metadata.labels: Invalid value: \"{long}\": must be no more than 63 bytes")]
        );
        assert_eq!(
            named("labels", json!({"/a": "b"})),
            ["metadata.labels: Invalid value: \"/a\": prefix part must be non-empty"]
        );
    }

    #[test]
    fn annotations_have_good_keys_of_any_case() {
        assert_eq!(named("annotations", json!({"Example.Com/A": "any text\n"})), NONE);
        assert_eq!(
            named("annotations", json!({"/A": ""})),
            ["metadata.annotations: Invalid value: \"/A\": prefix part must be non-empty"]
        );
        assert_eq!(named("annotations", json!({"a": "x".repeat(262_143)})), NONE);
    }

    #[test]
    fn one_owner_controls() {
        let owner = |version: &str, kind: &str, controls: bool| json!({"apiVersion": version, "kind": kind, "name": "b", "uid": "c", "controller": controls});
        let two = json!([owner("apps/v1", "A", true), owner("v1", "B", false)]);
        assert_eq!(named("ownerReferences", two), NONE);
        for bad in ["apps/", "a/b/c"] {
            assert_eq!(
                named("ownerReferences", json!([owner(bad, "A", false)])),
                [format!("metadata.ownerReferences.apiVersion: Invalid value: \"{bad}\": version must not be empty")]
            );
        }
    }

    #[test]
    fn an_event_owns_nothing() {
        let of = |version: &str| {
            let owner = json!({"apiVersion": version, "kind": "Event", "name": "a", "uid": "b", "blockOwnerDeletion": true});
            named("ownerReferences", json!([owner]))
        };
        assert_eq!(of("events.k8s.io/v1"), NONE);
        assert_eq!(of("/v1").len(), 1);
        assert_eq!(
            of("v1"),
            [
                r#"metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"a","uid":"b","blockOwnerDeletion":true}: /v1, Kind=Event is disallowed from being an owner"#
            ]
        );
    }

    #[test]
    fn finalizers_are_standard_or_have_a_domain() {
        for good in ["kubernetes", "orphan", "foregroundDeletion", "example.com/a"] {
            assert_eq!(named("finalizers", json!([good])), NONE, "{good}");
        }
        assert_eq!(
            named("finalizers", json!(["example.com/"])),
            [
                "metadata.finalizers: Invalid value: \"example.com/\": name part must be non-empty".to_owned(),
                format!(
                    "metadata.finalizers: Invalid value: \"example.com/\": {}",
                    names::qualified_name("example.com/").last().unwrap()
                ),
            ]
        );
    }

    #[test]
    fn the_template_of_a_claim_has_labels_and_annotations_only() {
        let of = |metadata: Value| {
            let metadata: ObjectMeta = serde_json::from_value(metadata).unwrap();
            testing::messages(|errors| of_claim_template(errors, &metadata, &ROOT.field("m")))
        };
        assert_eq!(of(json!({"labels": {"a": "b"}, "annotations": {"a": "b"}, "name": "", "generation": 0})), NONE);
        assert_eq!(
            of(json!({"labels": {"/a": "b"}, "annotations": {"/b": "b"}})),
            [
                "m.annotations: Invalid value: \"/b\": prefix part must be non-empty",
                "m.labels: Invalid value: \"/a\": prefix part must be non-empty",
            ]
        );
        let time = "2026-01-31T12:00:00Z";
        for (field, value, named) in [
            ("name", json!("a"), "name"),
            ("generateName", json!("a"), "generateName"),
            ("namespace", json!("a"), "namespace"),
            ("selfLink", json!("a"), "selfLink"),
            ("uid", json!("a"), "uID"),
            ("resourceVersion", json!("1"), "resourceVersion"),
            ("generation", json!(1), "generation"),
            ("creationTimestamp", json!(time), "creationTimestamp"),
            ("deletionTimestamp", json!(time), "deletionTimestamp"),
            ("deletionGracePeriodSeconds", json!(0), "deletionGracePeriodSeconds"),
            ("ownerReferences", json!([]), "ownerReferences"),
            ("finalizers", json!([]), "finalizers"),
            ("managedFields", json!([]), "managedFields"),
        ] {
            assert_eq!(of(json!({field: value})), [format!("m.{named}: Forbidden: cannot be set")]);
        }
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
                "metadata.finalizers: Invalid value: [\"mine\",\"orphan\",\"foregroundDeletion\"]: finalizer orphan and foregroundDeletion cannot be both set",
                "metadata.finalizers[0]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified",
            ]
            "#
        );
    }
}
