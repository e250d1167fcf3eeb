//! The operating system of a Pod, and what each of them does not have.
//!
//! Follows `validateOS`, `validateLinux` and `validateWindows` in `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{PodSecurityContext, PodSpec, SecurityContext};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::list;
use super::scope::Scope;

const NOT_ON_LINUX: &str = "windows options cannot be set for a linux pod";
const NOT_ON_WINDOWS: &str = "cannot be set for a windows pod";

/// The `os` of a Pod, and the fields that belong to another; `path` is the `spec`.
pub(super) fn os(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let Some(os) = &scope.spec.os else { return };
    let os_path = &path.field("os");
    match os.name.as_str() {
        "" => errors.required(&os_path.field("name"), ""),
        "linux" => linux(errors, scope, path),
        "windows" => windows(errors, scope, path),
        unknown => errors.not_supported(os_path, Bad::Typed(unknown), &["linux", "windows"]),
    }
}

fn linux(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    if scope.spec.security_context.as_ref().is_some_and(|context| context.windows_options.is_some()) {
        errors.forbidden(&path.field("securityContext").field("windowsOptions"), NOT_ON_LINUX);
    }
    scope.visit_containers(path, |container, path| {
        if container.security_context.as_ref().is_some_and(|context| context.windows_options.is_some()) {
            errors.forbidden(&path.field("securityContext").field("windowsOptions"), NOT_ON_LINUX);
        }
    });
}

fn windows(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    forbid(errors, &of_spec(scope.spec), path);
    if let Some(context) = &scope.spec.security_context {
        forbid(errors, &of_pod(context), &path.field("securityContext"));
    }
    scope.visit_containers(path, |container, path| {
        if let Some(context) = &container.security_context {
            forbid(errors, &of_container(context), &path.field("securityContext"));
        }
    });
}

fn forbid(errors: &mut Errors, fields: &[(&str, bool)], path: &FieldPath<'_>) {
    for (name, _) in fields.iter().filter(|(_, is_set)| *is_set) {
        errors.forbidden(&path.field(name), NOT_ON_WINDOWS);
    }
}

fn of_spec(spec: &PodSpec) -> [(&'static str, bool); 4] {
    [
        ("hostUsers", spec.host_users.is_some()),
        ("hostPID", spec.host_pid == Some(true)),
        ("hostIPC", spec.host_ipc == Some(true)),
        ("shareProcessNamespace", spec.share_process_namespace.is_some()),
    ]
}

fn of_pod(context: &PodSecurityContext) -> [(&'static str, bool); 11] {
    [
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("fsGroup", context.fs_group.is_some()),
        ("fsGroupChangePolicy", context.fs_group_change_policy.is_some()),
        ("sysctls", !list(context.sysctls.as_ref()).is_empty()),
        ("runAsUser", context.run_as_user.is_some()),
        ("runAsGroup", context.run_as_group.is_some()),
        ("supplementalGroups", context.supplemental_groups.is_some()),
        ("supplementalGroupsPolicy", context.supplemental_groups_policy.is_some()),
        ("seLinuxChangePolicy", context.se_linux_change_policy.is_some()),
    ]
}

fn of_container(context: &SecurityContext) -> [(&'static str, bool); 10] {
    [
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("capabilities", context.capabilities.is_some()),
        ("readOnlyRootFilesystem", context.read_only_root_filesystem.is_some()),
        ("privileged", context.privileged.is_some()),
        ("allowPrivilegeEscalation", context.allow_privilege_escalation.is_some()),
        ("procMount", context.proc_mount.is_some()),
        ("runAsUser", context.run_as_user.is_some()),
        ("runAsGroup", context.run_as_group.is_some()),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let spec = serde_json::from_value(spec).unwrap();
        testing::messages(|errors| os(errors, &Scope::new(&spec), &ROOT.field("spec")))
    }

    #[test]
    fn linux_has_no_options_of_windows_in_any_container() {
        let context = json!({"windowsOptions": {}});
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            let mut spec = json!({"os": {"name": "linux"}, "containers": []});
            spec[list] = json!([{"name": "a"}, {"name": "b", "securityContext": context}]);
            assert_eq!(messages(spec), [format!("spec.{list}[1].securityContext.windowsOptions: Forbidden: {NOT_ON_LINUX}")]);
        }
    }

    #[test]
    fn windows_lacks_fields_of_the_pod() {
        for (field, value) in [
            ("hostUsers", json!(true)),
            ("hostPID", json!(true)),
            ("hostIPC", json!(true)),
            ("shareProcessNamespace", json!(false)),
        ] {
            let error = format!("spec.{field}: Forbidden: cannot be set for a windows pod");
            assert_eq!(messages(json!({"os": {"name": "windows"}, "containers": [], field: value})), [error]);
        }
        let harmless =
            json!({"os": {"name": "windows"}, "containers": [], "hostPID": false, "hostIPC": false, "hostNetwork": true});
        assert_eq!(messages(harmless), Vec::<String>::new());
    }

    #[test]
    fn windows_lacks_fields_of_the_pods_security_context() {
        let of = |context: Value| messages(json!({"os": {"name": "windows"}, "containers": [], "securityContext": context}));
        assert_eq!(of(json!({"windowsOptions": {}, "runAsNonRoot": true, "sysctls": []})), Vec::<String>::new());
        for (field, value) in [
            ("appArmorProfile", json!({"type": "Unconfined"})),
            ("seLinuxOptions", json!({})),
            ("seccompProfile", json!({"type": "Unconfined"})),
            ("fsGroup", json!(0)),
            ("fsGroupChangePolicy", json!("Always")),
            ("sysctls", json!([{"name": "a", "value": "b"}])),
            ("runAsUser", json!(0)),
            ("runAsGroup", json!(0)),
            ("supplementalGroups", json!([])),
            ("supplementalGroupsPolicy", json!("Merge")),
            ("seLinuxChangePolicy", json!("Recursive")),
        ] {
            assert_eq!(
                of(json!({field: value})),
                [format!("spec.securityContext.{field}: Forbidden: cannot be set for a windows pod")]
            );
        }
    }

    #[test]
    fn windows_lacks_fields_of_a_containers_security_context() {
        let of = |context: Value| {
            messages(json!({"os": {"name": "windows"}, "containers": [{"name": "a", "securityContext": context}]}))
        };
        assert_eq!(of(json!({"windowsOptions": {}, "runAsNonRoot": true})), Vec::<String>::new());
        for (field, value) in [
            ("appArmorProfile", json!({"type": "Unconfined"})),
            ("seLinuxOptions", json!({})),
            ("seccompProfile", json!({"type": "Unconfined"})),
            ("capabilities", json!({})),
            ("readOnlyRootFilesystem", json!(false)),
            ("privileged", json!(false)),
            ("allowPrivilegeEscalation", json!(true)),
            ("procMount", json!("Default")),
            ("runAsUser", json!(0)),
            ("runAsGroup", json!(0)),
        ] {
            assert_eq!(
                of(json!({field: value})),
                [format!("spec.containers[0].securityContext.{field}: Forbidden: cannot be set for a windows pod")]
            );
        }
    }

    #[test]
    fn there_are_two() {
        let named = |name: &str| messages(json!({"containers": [], "os": {"name": name}}));
        assert_eq!(named("linux"), Vec::<String>::new());
        assert_eq!(named(""), ["spec.os.name: Required value"]);
        assert_eq!(named("plan9"), ["spec.os: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\""]);
    }

    #[test]
    fn each_lacks_what_the_other_has() {
        let of = |os: &str| {
            messages(json!({
                "os": {"name": os},
                "hostPID": true,
                "securityContext": {"runAsUser": 1, "windowsOptions": {}},
                "containers": [{"name": "a", "securityContext": {"capabilities": {}, "windowsOptions": {}}}],
            }))
        };
        assert_eq!(
            of("linux"),
            [
                "spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod",
                "spec.containers[0].securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod",
            ]
        );
        assert_eq!(
            of("windows"),
            [
                "spec.hostPID: Forbidden: cannot be set for a windows pod",
                "spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod",
                "spec.containers[0].securityContext.capabilities: Forbidden: cannot be set for a windows pod",
            ]
        );
    }
}
