//! Where containers see volumes: mounts and block devices.
//!
//! Follows `ValidateVolumeMounts` and `ValidateVolumeDevices` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{Container, VolumeMount};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::scope::Scope;
use super::{list, paths, text};

const PROPAGATIONS: [&str; 3] = ["Bidirectional", "HostToContainer", "None"];
const RECURSIONS: [&str; 3] = ["Disabled", "Enabled", "IfPossible"];

/// The list `volumeMounts`.
pub(super) fn mounts(errors: &mut Errors, container: &Container, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let devices = list(container.volume_devices.as_ref()).iter();
    let devices: HashMap<_, _> = devices.map(|device| (device.name.as_str(), device.device_path.as_str())).collect();
    let device_paths: HashSet<_> = devices.values().copied().collect();
    let mut taken = HashSet::new();
    for (index, mount) in list(container.volume_mounts.as_ref()).iter().enumerate() {
        let item = &path.index(index);
        let (name, mount_path) = (mount.name.as_str(), mount.mount_path.as_str());
        let (name_path, path_path) = (&item.field("name"), &item.field("mountPath"));
        if name.is_empty() {
            errors.required(name_path, "");
        }
        if !scope.volumes.contains_key(name) {
            errors.not_found(name_path, name, "");
        }
        if mount_path.is_empty() {
            errors.required(path_path, "");
        }
        if !taken.insert(mount_path) {
            errors.invalid(path_path, mount_path, "must be unique");
        }
        if devices.contains_key(name) {
            errors.invalid(name_path, name, "must not already exist in volumeDevices");
        }
        if device_paths.contains(mount_path) {
            errors.invalid(path_path, mount_path, "must not already exist as a path in volumeDevices");
        }
        // Upstream leaves the index out.
        let unnamed = &path.index(index).unnamed();
        sub_paths(errors, mount, unnamed, item);
        propagation(errors, mount, container, &unnamed.field("mountPropagation"));
        recursive_read_only(errors, mount, &unnamed.field("recursiveReadOnly"));
    }
}

/// The list `volumeDevices`.
pub(super) fn devices(errors: &mut Errors, container: &Container, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let devices = list(container.volume_devices.as_ref());
    if devices.is_empty() {
        return;
    }
    let mounts = list(container.volume_mounts.as_ref()).iter();
    let mounts: HashMap<_, _> = mounts.map(|mount| (mount.name.as_str(), mount.mount_path.as_str())).collect();
    let mount_paths: HashSet<_> = mounts.values().copied().collect();
    let (mut names, mut device_paths) = (HashSet::new(), HashSet::new());
    for (index, device) in devices.iter().enumerate() {
        let path = &path.index(index);
        let (name, device_path) = (device.name.as_str(), device.device_path.as_str());
        let (name_path, path_path) = (&path.field("name"), &path.field("devicePath"));
        device_name(errors, name, &mut names, scope, name_path);
        if device_path.is_empty() {
            errors.required(path_path, "");
        }
        if device_paths.contains(device_path) {
            errors.invalid(path_path, device_path, "must be unique");
        }
        if paths::has_backsteps(device_path) {
            errors.invalid(path_path, device_path, "can not contain backsteps ('..')");
        } else {
            device_paths.insert(device_path);
        }
        if mounts.contains_key(name) {
            errors.invalid(name_path, name, "must not already exist in volumeMounts");
        }
        if mount_paths.contains(device_path) {
            errors.invalid(path_path, device_path, "must not already exist as a path in volumeMounts");
        }
    }
}

/// The volume of a device, of which each has its own: `taken` are the names of those before it.
fn device_name<'a>(errors: &mut Errors, name: &'a str, taken: &mut HashSet<&'a str>, scope: &Scope<'_>, path: &FieldPath<'_>) {
    if name.is_empty() {
        errors.required(path, "");
    } else if !taken.insert(name) {
        errors.invalid(path, name, "must be unique");
    }
    match scope.volumes.get(name) {
        None => errors.not_found(path, name, ""),
        Some(volume) if volume.persistent_volume_claim.is_none() && volume.ephemeral.is_none() => {
            let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
            errors.invalid(path, name, detail);
        }
        Some(_) => {}
    }
}

/// The sub paths themselves, below `path`, and that there is only one of them, below `item`.
fn sub_paths(errors: &mut Errors, mount: &VolumeMount, path: &FieldPath<'_>, item: &FieldPath<'_>) {
    let (sub_path, expression) = (text(mount.sub_path.as_ref()), text(mount.sub_path_expr.as_ref()));
    paths::descending(errors, sub_path, &path.field("subPath"));
    if !expression.is_empty() && !sub_path.is_empty() {
        errors.invalid(&item.field("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
    }
    paths::descending(errors, expression, &path.field("subPathExpr"));
}

fn propagation(errors: &mut Errors, mount: &VolumeMount, container: &Container, path: &FieldPath<'_>) {
    let Some(propagation) = mount.mount_propagation.as_deref() else { return };
    if !PROPAGATIONS.contains(&propagation) {
        errors.not_supported(path, Bad::Typed(propagation), &PROPAGATIONS);
    }
    let privileged = container.security_context.as_ref().and_then(|context| context.privileged) == Some(true);
    if propagation == "Bidirectional" && !privileged {
        errors.forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
    }
}

fn recursive_read_only(errors: &mut Errors, mount: &VolumeMount, path: &FieldPath<'_>) {
    match mount.recursive_read_only.as_deref() {
        None | Some("Disabled") => {}
        Some("Enabled" | "IfPossible") => {
            if mount.read_only != Some(true) {
                errors.forbidden(path, "may only be specified when readOnly is true");
            }
            if mount.mount_propagation.as_deref().is_some_and(|propagation| propagation != "None") {
                errors.forbidden(path, "may only be specified when mountPropagation is None or not specified");
            }
        }
        Some(other) => errors.not_supported(path, Bad::Typed(other), &RECURSIONS),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::{Value, json};

    fn with_mounts(mounts: &Value) -> Vec<String> {
        let container = json!({"name": "web", "image": "nginx", "volumeMounts": mounts});
        let volumes = json!([{"name": "data", "emptyDir": {}}]);
        messages_of_spec(json!({"containers": [container], "volumes": volumes}))
    }

    /// The messages about a container with these fields, which may use a directory, a claim and an ephemeral volume.
    fn with(mut container: Value) -> Vec<String> {
        container["name"] = json!("web");
        container["image"] = json!("nginx");
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let volumes = json!([
            {"name": "data", "emptyDir": {}},
            {"name": "claim", "persistentVolumeClaim": {"claimName": "c"}},
            {"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": spec}}},
        ]);
        let found = messages_of_spec(json!({"containers": [container], "volumes": volumes}));
        found.into_iter().map(|message| message.trim_start_matches("spec.containers[0].").to_owned()).collect()
    }

    #[test]
    fn a_volume_may_be_mounted_twice() {
        let mounts = json!([{"name": "data", "mountPath": "/a"}, {"name": "data", "mountPath": "/b", "subPath": "..c"}]);
        assert_eq!(with(json!({"volumeMounts": mounts})), Vec::<String>::new());
    }

    #[test]
    fn sub_paths_are_alternatives() {
        let of = |field: &str, path: &str| with(json!({"volumeMounts": [{"name": "data", "mountPath": "/a", field: path}]}));
        for field in ["subPath", "subPathExpr"] {
            for good in ["", "a/b", "$(A)/b"] {
                assert_eq!(of(field, good), Vec::<String>::new(), "{good}");
            }
            assert_eq!(of(field, "/a"), [format!("volumeMounts.{field}: Invalid value: \"/a\": must be a relative path")]);
            assert_eq!(of(field, "../a"), [format!("volumeMounts.{field}: Invalid value: \"../a\": must not contain '..'")]);
        }
    }

    #[test]
    fn mounts_propagate_in_three_ways() {
        let of = |propagation: &str, privileged: bool| {
            let mount = json!({"name": "data", "mountPath": "/a", "mountPropagation": propagation});
            with(json!({"volumeMounts": [mount], "securityContext": {"privileged": privileged}}))
        };
        for (good, privileged) in [("None", false), ("HostToContainer", false), ("Bidirectional", true)] {
            assert_eq!(of(good, privileged), Vec::<String>::new(), "{good}");
        }
        assert_eq!(
            of("Bidirectional", false),
            [
                "volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers"
            ]
        );
        assert_eq!(
            of("", false),
            [
                r#"volumeMounts.mountPropagation: Unsupported value: "": supported values: "Bidirectional", "HostToContainer", "None""#
            ]
        );
    }

    #[test]
    fn what_is_read_only_below_too_is_read_only() {
        let of = |recursive: &str, read_only: bool, propagation: Value| {
            with(json!({"volumeMounts": [{
                "name": "data",
                "mountPath": "/a",
                "recursiveReadOnly": recursive,
                "readOnly": read_only,
                "mountPropagation": propagation,
            }]}))
        };
        let place = "volumeMounts.recursiveReadOnly";
        assert_eq!(of("Disabled", false, json!("HostToContainer")), Vec::<String>::new());
        for recursive in ["Enabled", "IfPossible"] {
            for propagation in [Value::Null, json!("None")] {
                assert_eq!(of(recursive, true, propagation), Vec::<String>::new());
            }
            let error = format!("{place}: Forbidden: may only be specified when readOnly is true");
            assert_eq!(of(recursive, false, Value::Null), [error]);
            let error = format!("{place}: Forbidden: may only be specified when mountPropagation is None or not specified");
            assert_eq!(of(recursive, true, json!("HostToContainer")), [error]);
        }
        assert_eq!(
            of("Always", true, Value::Null),
            [format!("{place}: Unsupported value: \"Always\": supported values: \"Disabled\", \"Enabled\", \"IfPossible\"")]
        );
    }

    #[test]
    fn devices_have_names_and_paths_of_their_own() {
        let device = |name: &str, path: &str| json!({"name": name, "devicePath": path});
        let of = |first: Value, second: Value| with(json!({"volumeDevices": [first, second]}));
        assert_eq!(of(device("claim", "/dev/a"), device("own", "/dev/b")), Vec::<String>::new());
        assert_eq!(
            of(device("claim", "/dev/a"), device("claim", "/dev/b")),
            [r#"volumeDevices[1].name: Invalid value: "claim": must be unique"#]
        );
        assert_eq!(
            of(device("claim", "/dev/a"), device("own", "/dev/a")),
            [r#"volumeDevices[1].devicePath: Invalid value: "/dev/a": must be unique"#]
        );
        assert_eq!(of(device("claim", "/dev/a"), device("other", "/dev/b")), [r#"volumeDevices[1].name: Not found: "other""#]);
    }

    #[test]
    fn a_volume_is_a_device_or_mounted() {
        assert_eq!(
            with(json!({
                "volumeDevices": [{"name": "claim", "devicePath": "/a"}],
                "volumeMounts": [{"name": "claim", "mountPath": "/b"}],
            })),
            [
                r#"volumeMounts[0].name: Invalid value: "claim": must not already exist in volumeDevices"#,
                r#"volumeDevices[0].name: Invalid value: "claim": must not already exist in volumeMounts"#,
            ]
        );
        assert_eq!(
            with(json!({
                "volumeDevices": [{"name": "claim", "devicePath": "/a"}],
                "volumeMounts": [{"name": "data", "mountPath": "/a"}],
            })),
            [
                r#"volumeMounts[0].mountPath: Invalid value: "/a": must not already exist as a path in volumeDevices"#,
                r#"volumeDevices[0].devicePath: Invalid value: "/a": must not already exist as a path in volumeMounts"#,
            ]
        );
    }

    #[test]
    fn mounts_name_a_volume_and_a_path_of_their_own() {
        insta::assert_debug_snapshot!(
            with_mounts(&json!([
                {"name": "data", "mountPath": "relative"},
                {"name": "data", "mountPath": "relative"},
                {"name": "", "mountPath": ""},
                {"name": "logs", "mountPath": "/logs:ro"},
            ])),
            @r#"
            [
                "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"relative\": must be unique",
                "spec.containers[0].volumeMounts[2].name: Required value",
                "spec.containers[0].volumeMounts[2].name: Not found: \"\"",
                "spec.containers[0].volumeMounts[2].mountPath: Required value",
                "spec.containers[0].volumeMounts[3].name: Not found: \"logs\"",
            ]
            "#
        );
    }

    #[test]
    fn sub_paths_go_down() {
        insta::assert_debug_snapshot!(
            with_mounts(&json!([{"name": "data", "mountPath": "/a", "subPath": "/b/../c", "subPathExpr": "$(A)"}])),
            @r#"
            [
                "spec.containers[0].volumeMounts.subPath: Invalid value: \"/b/../c\": must be a relative path",
                "spec.containers[0].volumeMounts.subPath: Invalid value: \"/b/../c\": must not contain '..'",
                "spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: \"$(A)\": subPathExpr and subPath are mutually exclusive",
            ]
            "#
        );
    }

    #[test]
    fn flags_go_together() {
        insta::assert_debug_snapshot!(
            with_mounts(&json!([{
                "name": "data",
                "mountPath": "/a",
                "mountPropagation": "Bidirectional",
                "recursiveReadOnly": "Enabled",
            }])),
            @r#"
            [
                "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
                "spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
                "spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified",
            ]
            "#
        );
    }

    #[test]
    fn devices_are_claims() {
        let container = json!({
            "name": "web",
            "image": "nginx",
            "volumeDevices": [{"name": "data", "devicePath": "/dev/../x"}, {"name": "", "devicePath": ""}],
        });
        let volumes = json!([{"name": "data", "emptyDir": {}}]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"containers": [container], "volumes": volumes})), @r#"
        [
            "spec.containers[0].volumeDevices[0].name: Invalid value: \"data\": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
            "spec.containers[0].volumeDevices[0].devicePath: Invalid value: \"/dev/../x\": can not contain backsteps ('..')",
            "spec.containers[0].volumeDevices[1].name: Required value",
            "spec.containers[0].volumeDevices[1].name: Not found: \"\"",
            "spec.containers[0].volumeDevices[1].devicePath: Required value",
        ]
        "#);
    }
}
