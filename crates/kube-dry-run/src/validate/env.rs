//! Environment variables.
//!
//! Follows `ValidateEnv`, `ValidateEnvFrom` and `validateFileKeyRefVolumes` in `pkg/apis/core/validation/validation.go`
//! (v1.35).

use std::collections::HashMap;

use k8s_openapi::api::core::v1::{EnvFromSource, EnvVar, FileKeySelector};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::names;
use super::scope::Scope;
use super::{field_selector, list, paths, required_name, text};

const FIELDS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

const TWO_SOURCES: &str = "may not have more than one field specified at a time";

/// The list `env`.
pub(super) fn variables(errors: &mut Errors, variables: &[EnvVar], path: &FieldPath<'_>) {
    for (index, variable) in variables.iter().enumerate() {
        let path = &path.index(index);
        required_name(errors, &variable.name, names::env_name, &path.field("name"));
        value_from(errors, variable, &path.field("valueFrom"));
    }
}

/// The list `envFrom`.
pub(super) fn sources(errors: &mut Errors, sources: &[EnvFromSource], path: &FieldPath<'_>) {
    for (index, source) in sources.iter().enumerate() {
        let item = &path.index(index);
        let prefix = text(source.prefix.as_ref());
        errors.invalid_each(&item.field("prefix"), prefix, &names::env_name(prefix));
        if let Some(source) = &source.config_map_ref {
            required_name(errors, &source.name, masked_subdomain, &item.field("configMapRef").field("name"));
        }
        if let Some(source) = &source.secret_ref {
            required_name(errors, &source.name, masked_subdomain, &item.field("secretRef").field("name"));
        }
        match usize::from(source.config_map_ref.is_some()) + usize::from(source.secret_ref.is_some()) {
            0 => errors.invalid(&path.index(index).unnamed(), "", "must specify one of: `configMapRef` or `secretRef`"),
            1 => {}
            _ => errors.invalid(&path.index(index).unnamed(), "", TWO_SOURCES),
        }
    }
}

/// The volume of a `fileKeyRef` has to be an `emptyDir`.
pub(super) fn file_volumes(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let mut volumes = None;
    scope.visit_containers(path, |container, path| {
        for (index, variable) in list(container.env.as_ref()).iter().enumerate() {
            let Some(source) = variable.value_from.as_ref().and_then(|from| from.file_key_ref.as_ref()) else { continue };
            let declared = list(scope.spec.volumes.as_ref()).iter();
            let volumes: &HashMap<_, _> =
                volumes.get_or_insert_with(|| declared.map(|volume| (volume.name.as_str(), volume)).collect());
            let name = source.volume_name.as_str();
            let env = path.field("env");
            let item = env.index(index);
            let value_from = item.field("valueFrom");
            let reference = value_from.field("fileKeyRef");
            let path = &reference.field("volumeName");
            match volumes.get(name) {
                None => errors.not_found(path, name, ""),
                Some(volume) if volume.empty_dir.is_none() => {
                    errors.invalid(path, name, "referenced volume must be of type emptyDir");
                }
                Some(_) => {}
            }
        }
    });
}

fn value_from(errors: &mut Errors, variable: &EnvVar, path: &FieldPath<'_>) {
    let Some(source) = &variable.value_from else { return };
    let mut count = 0;
    if let Some(field) = &source.field_ref {
        count += 1;
        field_selector::field(errors, field, &FIELDS, &path.field("fieldRef"));
    }
    if let Some(resource) = &source.resource_field_ref {
        count += 1;
        field_selector::resource(errors, resource, false, &path.field("resourceFieldRef"));
    }
    if let Some(key) = &source.config_map_key_ref {
        count += 1;
        key_of_object(errors, &key.name, &key.key, &path.field("configMapKeyRef"));
    }
    if let Some(key) = &source.secret_key_ref {
        count += 1;
        key_of_object(errors, &key.name, &key.key, &path.field("secretKeyRef"));
    }
    if let Some(key) = &source.file_key_ref {
        count += 1;
        key_of_file(errors, key, &path.field("fileKeyRef"));
    }
    if count == 0 {
        let detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
        errors.invalid(path, "", detail);
    } else if !text(variable.value.as_ref()).is_empty() {
        errors.invalid(path, "", "may not be specified when `value` is not empty");
    } else if count > 1 {
        errors.invalid(path, "", TWO_SOURCES);
    }
}

fn key_of_object(errors: &mut Errors, name: &str, key: &str, path: &FieldPath<'_>) {
    errors.invalid_each(&path.field("name"), name, &names::dns_subdomain(name));
    required_name(errors, key, names::config_key, &path.field("key"));
}

fn key_of_file(errors: &mut Errors, source: &FileKeySelector, path: &FieldPath<'_>) {
    required_name(errors, &source.key, names::env_name, &path.field("key"));
    required_name(errors, &source.volume_name, names::dns_label, &path.field("volumeName"));
    if source.path.is_empty() {
        errors.required(&path.field("path"), "");
    } else {
        paths::no_backsteps(errors, &source.path, &path.field("path"));
    }
}

/// Upstream checks these names as if something were appended to them.
fn masked_subdomain(name: &str) -> names::Reasons {
    names::dns_subdomain(&names::without_trailing_dash(name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages_of_container, messages_of_spec};
    use serde_json::{Value, json};

    fn with_source(source: &Value) -> Vec<String> {
        let volumes = json!([{"name": "data", "emptyDir": {}}, {"name": "host", "hostPath": {"path": "/"}}]);
        let env = json!([{"name": "A", "valueFrom": source}]);
        let found = messages_of_spec(json!({"volumes": volumes, "containers": [{"name": "a", "image": "b", "env": env}]}));
        let prefix = "spec.containers[0].env[0].valueFrom.";
        found.into_iter().map(|message| message.trim_start_matches(prefix).to_owned()).collect()
    }

    #[test]
    fn nine_fields_of_the_pod_are_variables() {
        let fields = [
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs",
        ];
        for field in fields {
            assert_eq!(with_source(&json!({"fieldRef": {"fieldPath": field}})), Vec::<String>::new(), "{field}");
        }
        let supported = fields.map(|field| format!("\"{field}\"")).join(", ");
        assert_eq!(
            with_source(&json!({"fieldRef": {"fieldPath": "metadata.labels"}})),
            [format!("fieldRef.fieldPath: Unsupported value: \"metadata.labels\": supported values: {supported}")]
        );
    }

    #[test]
    fn each_source_alone_is_good() {
        for source in [
            json!({"fieldRef": {"fieldPath": "status.podIP"}}),
            json!({"resourceFieldRef": {"resource": "limits.cpu"}}),
            json!({"configMapKeyRef": {"name": "a", "key": "b"}}),
            json!({"secretKeyRef": {"name": "a", "key": "b"}}),
            json!({"fileKeyRef": {"volumeName": "data", "path": "a/b", "key": "A B"}}),
        ] {
            assert_eq!(with_source(&source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn a_key_of_an_object_is_named_well() {
        for reference in ["configMapKeyRef", "secretKeyRef"] {
            let of = |name: &str, key: &str| with_source(&json!({reference: {"name": name, "key": key}}));
            assert_eq!(of("a", ""), [format!("{reference}.key: Required value")]);
            assert_eq!(of("a", "..b"), [format!("{reference}.key: Invalid value: \"..b\": must not start with '..'")]);
            assert!(
                of("A", "b")[0].starts_with(&format!("{reference}.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain"))
            );
        }
    }

    #[test]
    fn a_key_of_a_file_is_named_well() {
        let of = |volume: &str, path: &str, key: &str| {
            with_source(&json!({"fileKeyRef": {"volumeName": volume, "path": path, "key": key}}))
        };
        assert_eq!(
            of("", "", ""),
            [
                "fileKeyRef.key: Required value",
                "fileKeyRef.volumeName: Required value",
                "fileKeyRef.path: Required value",
                r#"fileKeyRef.volumeName: Not found: """#,
            ]
        );
        assert_eq!(
            of("host", "a", "A=B"),
            [
                r#"fileKeyRef.key: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='"#,
                r#"fileKeyRef.volumeName: Invalid value: "host": referenced volume must be of type emptyDir"#,
            ]
        );
        assert_eq!(
            of("a.b", "a", "A"),
            [
                r#"fileKeyRef.volumeName: Invalid value: "a.b": must not contain dots"#,
                r#"fileKeyRef.volumeName: Not found: "a.b""#,
            ]
        );
    }

    #[test]
    fn all_variables_may_come_from_an_object() {
        let with = |source: Value| messages_of_container(json!({"envFrom": [source]}));
        for reference in ["configMapRef", "secretRef"] {
            assert_eq!(with(json!({reference: {"name": "a.b"}, "prefix": "P "})), Vec::<String>::new());
            assert_eq!(
                with(json!({reference: {"name": ""}})),
                [format!("spec.containers[0].envFrom[0].{reference}.name: Required value")]
            );
            let beginning = format!("spec.containers[0].envFrom[0].{reference}.name: Invalid value: \"A\": a lowercase RFC 1123");
            assert!(with(json!({reference: {"name": "A"}}))[0].starts_with(&beginning));
        }
        assert_eq!(
            with(json!({"configMapRef": {"name": "a"}, "secretRef": {"name": "a"}, "prefix": "A="})),
            [
                r#"spec.containers[0].envFrom[0].prefix: Invalid value: "A=": a valid environment variable name must consist only of printable ASCII characters other than '='"#,
                r#"spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time"#,
            ]
        );
    }

    #[test]
    fn a_variable_has_a_name_and_one_source() {
        let key = json!({"name": "a", "key": "b"});
        let env = json!([
            {"name": "", "value": "x"},
            {"name": "A=B"},
            {"name": "C", "valueFrom": {}},
            {"name": "D", "value": "x", "valueFrom": {"secretKeyRef": key}},
            {"name": "E", "valueFrom": {"secretKeyRef": key, "configMapKeyRef": {"name": "a", "key": ".."}}},
        ]);
        insta::assert_debug_snapshot!(messages_of_container(json!({"env": env})), @r#"
        [
            "spec.containers[0].env[0].name: Required value",
            "spec.containers[0].env[1].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='",
            "spec.containers[0].env[2].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
            "spec.containers[0].env[3].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty",
            "spec.containers[0].env[4].valueFrom.configMapKeyRef.key: Invalid value: \"..\": must not be '..'",
            "spec.containers[0].env[4].valueFrom: Invalid value: \"\": may not have more than one field specified at a time",
        ]
        "#);
    }

    #[test]
    fn a_file_stands_in_an_empty_dir() {
        let source = json!({"fileKeyRef": {"volumeName": "data", "path": "../a", "key": "A"}});
        insta::assert_debug_snapshot!(messages_of_container(json!({"env": [{"name": "A", "valueFrom": source}]})), @r#"
        [
            "spec.containers[0].env[0].valueFrom.fileKeyRef.path: Invalid value: \"../a\": must not contain '..'",
            "spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName: Not found: \"data\"",
        ]
        "#);
    }

    #[test]
    fn a_source_is_a_config_map_or_a_secret() {
        insta::assert_debug_snapshot!(messages_of_container(json!({"envFrom": [{}, {"secretRef": {"name": "a-"}}]})), @r#"
        [
            "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`",
        ]
        "#);
    }
}
