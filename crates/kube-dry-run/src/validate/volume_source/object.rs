//! Sources that name a Kubernetes object, and those on the node itself.

use k8s_openapi::api::core::v1::{
    CSIVolumeSource, ConfigMapVolumeSource, GitRepoVolumeSource, HostPathVolumeSource, KeyToPath,
    PersistentVolumeClaimVolumeSource, SecretVolumeSource,
};

use super::super::super::field_error::{Bad, Errors};
use super::super::super::field_path::FieldPath;
use super::super::super::names;
use super::super::{list, paths, text};
use super::required;

const FILE_MODE: &str = "must be a number between 0 and 0777 (octal), both inclusive";
const HOST_PATH_TYPES: [&str; 8] =
    ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

/// A path of the node.
pub(in super::super) fn host_path(errors: &mut Errors, source: &HostPathVolumeSource, path: &FieldPath<'_>) {
    if source.path.is_empty() {
        errors.required(&path.field("path"), "");
        return;
    }
    paths::no_backsteps(errors, &source.path, &path.field("path"));
    let type_ = text(source.type_.as_ref());
    if !HOST_PATH_TYPES.contains(&type_) {
        errors.not_supported(&path.field("type"), Bad::Typed(type_), &HOST_PATH_TYPES);
    }
}

/// A Git repository.
pub(in super::super) fn git_repo(errors: &mut Errors, source: &GitRepoVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("repository", &source.repository)], path);
    paths::descending(errors, text(source.directory.as_ref()), &path.field("directory"));
}

/// A `Secret`.
pub(in super::super) fn secret(errors: &mut Errors, source: &SecretVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("secretName", text(source.secret_name.as_ref()))], path);
    keys(errors, source.default_mode, list(source.items.as_ref()), path);
}

/// A `ConfigMap`.
pub(in super::super) fn config_map(errors: &mut Errors, source: &ConfigMapVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("name", &source.name)], path);
    keys(errors, source.default_mode, list(source.items.as_ref()), path);
}

/// A `PersistentVolumeClaim`.
pub(in super::super) fn persistent_volume_claim(
    errors: &mut Errors,
    source: &PersistentVolumeClaimVolumeSource,
    path: &FieldPath<'_>,
) {
    required(errors, &[("claimName", &source.claim_name)], path);
}

/// How many bytes a CSI driver's name may have.
const MAX_DRIVER_LENGTH: usize = 63;

/// A volume of a CSI driver that lives as long as the Pod.
pub(in super::super) fn csi(errors: &mut Errors, source: &CSIVolumeSource, path: &FieldPath<'_>) {
    let driver_path = &path.field("driver");
    if source.driver.is_empty() {
        errors.required(driver_path, "");
    } else {
        errors.invalid_each(driver_path, &source.driver, &names::dns_subdomain(&source.driver.to_lowercase()));
    }
    if source.driver.len() > MAX_DRIVER_LENGTH {
        errors.too_long(driver_path, MAX_DRIVER_LENGTH);
    }
    if let Some(secret) = &source.node_publish_secret_ref {
        if secret.name.is_empty() {
            errors.required(&path.field("nodePublishSecretRef").field("name"), "");
        } else {
            errors.invalid_each(
                &path.field("nodePublishSecretRef").unnamed().field("name"),
                &secret.name,
                &names::dns_subdomain(&secret.name),
            );
        }
    }
}

/// A key of an object that becomes a file.
pub(in super::super) fn key_to_path(errors: &mut Errors, item: &KeyToPath, path: &FieldPath<'_>) {
    required(errors, &[("key", &item.key), ("path", &item.path)], path);
    paths::non_reserved(errors, &item.path, &path.field("path"));
    file_mode(errors, item.mode, &path.field("mode"));
}

/// The permissions of a file.
pub(in super::super) fn file_mode(errors: &mut Errors, mode: Option<i32>, path: &FieldPath<'_>) {
    if let Some(mode) = mode.filter(|mode| !(0..=0o777).contains(mode)) {
        errors.invalid(path, mode, FILE_MODE);
    }
}

fn keys(errors: &mut Errors, default_mode: Option<i32>, items: &[KeyToPath], path: &FieldPath<'_>) {
    file_mode(errors, default_mode, &path.field("defaultMode"));
    let path = &path.field("items");
    for (index, item) in items.iter().enumerate() {
        key_to_path(errors, item, &path.index(index));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{messages_of_spec, messages_of_volume as with};
    use serde_json::json;

    #[test]
    fn a_path_of_the_node_has_one_of_eight_types() {
        for good in ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"] {
            assert_eq!(with("hostPath", json!({"path": "a", "type": good})), Vec::<String>::new(), "{good}");
        }
        assert_eq!(with("hostPath", json!({"path": "", "type": "Disk"})), ["hostPath.path: Required value"]);
    }

    #[test]
    fn keys_become_files_with_nine_bits_of_permissions() {
        let detail = "must be a number between 0 and 0777 (octal), both inclusive";
        for (kind, field) in [("secret", "secretName"), ("configMap", "name")] {
            let of = |default: i32, mode: i32| {
                let items = json!([{"key": "k", "path": "a/b", "mode": mode}]);
                with(kind, json!({field: "a", "defaultMode": default, "items": items}))
            };
            for good in [0, 0o777] {
                assert_eq!(of(good, good), Vec::<String>::new());
            }
            for bad in [-1, 0o1000] {
                assert_eq!(
                    of(bad, bad),
                    [
                        format!("{kind}.defaultMode: Invalid value: {bad}: {detail}"),
                        format!("{kind}.items[0].mode: Invalid value: {bad}: {detail}"),
                    ]
                );
            }
            assert_eq!(
                with(kind, json!({field: "a", "items": [{"key": "", "path": ""}]})),
                [format!("{kind}.items[0].key: Required value"), format!("{kind}.items[0].path: Required value")]
            );
        }
    }

    #[test]
    fn a_driver_has_a_domain_of_at_most_63_characters() {
        let of = |driver: &str| with("csi", json!({"driver": driver}));
        for good in ["CSI.Example.com", &"a".repeat(63)] {
            assert_eq!(of(good), Vec::<String>::new(), "{good}");
        }
        assert_eq!(of(""), ["csi.driver: Required value"]);
        assert_eq!(of(&"a".repeat(64)), ["csi.driver: Too long: may not be more than 63 bytes"]);
    }

    #[test]
    fn the_secret_of_a_driver_is_named() {
        let of = |name: &str| with("csi", json!({"driver": "a", "nodePublishSecretRef": {"name": name}}));
        assert_eq!(of("a.b"), Vec::<String>::new());
        assert_eq!(of(""), ["csi.nodePublishSecretRef.name: Required value"]);
    }

    #[test]
    fn a_repository_may_have_a_directory() {
        for good in ["", ".", "a/b"] {
            assert_eq!(with("gitRepo", json!({"repository": "r", "directory": good})), Vec::<String>::new(), "{good}");
        }
        assert_eq!(
            with("gitRepo", json!({"repository": "r", "directory": "/a"})),
            [r#"gitRepo.directory: Invalid value: "/a": must be a relative path"#]
        );
    }

    #[test]
    fn objects_are_named_and_files_stay_inside() {
        let volumes = json!([
            {"name": "a", "hostPath": {"path": "/a/../b", "type": "Disk"}},
            {"name": "b", "secret": {"defaultMode": 512}},
            {"name": "c", "configMap": {"name": "", "items": [{"key": "", "path": "..data"}, {"key": "k", "path": "/a"}]}},
            {"name": "d", "csi": {"driver": "A_B", "nodePublishSecretRef": {"name": "S"}}},
            {"name": "e", "gitRepo": {"repository": "", "directory": "../x"}},
            {"name": "f", "persistentVolumeClaim": {"claimName": ""}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @r#"
        [
            "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
            "spec.volumes[0].hostPath.type: Unsupported value: \"Disk\": supported values: \"\", \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"",
            "spec.volumes[1].secret.secretName: Required value",
            "spec.volumes[1].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
            "spec.volumes[2].configMap.name: Required value",
            "spec.volumes[2].configMap.items[0].key: Required value",
            "spec.volumes[2].configMap.items[0].path: Invalid value: \"..data\": must not start with '..'",
            "spec.volumes[2].configMap.items[1].path: Invalid value: \"/a\": must be a relative path",
            "spec.volumes[3].csi.driver: Invalid value: \"A_B\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
            "spec.volumes[3].csi.name: Invalid value: \"S\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
            "spec.volumes[4].gitRepo.repository: Required value",
            "spec.volumes[4].gitRepo.directory: Invalid value: \"../x\": must not contain '..'",
            "spec.volumes[5].persistentVolumeClaim.claimName: Required value",
        ]
        "#);
    }
}
