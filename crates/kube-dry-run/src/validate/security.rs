//! Security contexts of Pods and containers.
//!
//! Follows `validatePodSpecSecurityContext`, `ValidateSecurityContext` and `ValidateProcMountType` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{Capabilities, SELinuxOptions, SecurityContext, WindowsSecurityContextOptions};
use serde_json::{Value, json};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::scope::Scope;
use super::{list, profiles, sysctl, windows};

const BAD_ID: &str = "must be between 0 and 2147483647, inclusive";

/// The `securityContext` of a Pod; `path` is the `spec`.
pub(super) fn pod(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let spec = scope.spec;
    let path = &path.field("securityContext");
    if spec.share_process_namespace == Some(true) && spec.host_pid == Some(true) {
        let detail = "ShareProcessNamespace and HostPID cannot both be enabled";
        errors.invalid(&path.nominal().field("shareProcessNamespace"), true, detail);
    }
    let Some(context) = &spec.security_context else { return };
    id(errors, context.fs_group, &path.field("fsGroup"));
    id(errors, context.run_as_user, &path.field("runAsUser"));
    id(errors, context.run_as_group, &path.field("runAsGroup"));
    for (index, group) in list(context.supplemental_groups.as_ref()).iter().enumerate() {
        id(errors, Some(*group), &path.field("supplementalGroups").index(index));
    }
    sysctl::sysctls(errors, list(context.sysctls.as_ref()), spec, &path.field("sysctls"));
    let policies: [(_, _, &[&str]); 3] = [
        ("fsGroupChangePolicy", &context.fs_group_change_policy, &["Always", "OnRootMismatch"]),
        ("supplementalGroupsPolicy", &context.supplemental_groups_policy, &["Merge", "Strict"]),
        ("seLinuxChangePolicy", &context.se_linux_change_policy, &["Recursive"]),
    ];
    for (name, policy, supported) in policies {
        if let Some(policy) = policy.as_deref().filter(|policy| !supported.contains(policy)) {
            errors.not_supported(&path.field(name), Bad::Typed(policy), supported);
        }
    }
    profiles::seccomp(errors, context.seccomp_profile.as_ref(), &path.field("seccompProfile"));
    windows::options(errors, context.windows_options.as_ref(), &path.field("windowsOptions"));
    profiles::app_armor(errors, context.app_armor_profile.as_ref(), &path.field("appArmorProfile"));
}

/// The `securityContext` of a container.
pub(super) fn container(errors: &mut Errors, context: &SecurityContext, scope: &Scope<'_>, path: &FieldPath<'_>) {
    id(errors, context.run_as_user, &path.field("runAsUser"));
    id(errors, context.run_as_group, &path.field("runAsGroup"));
    if let Some(mount) = context.proc_mount.as_deref() {
        proc_mount(errors, mount, scope, &path.field("procMount"));
    }
    profiles::seccomp(errors, context.seccomp_profile.as_ref(), &path.field("seccompProfile"));
    if context.allow_privilege_escalation == Some(false) {
        contradictions(errors, context, path);
    }
    windows::options(errors, context.windows_options.as_ref(), &path.field("windowsOptions"));
    profiles::app_armor(errors, context.app_armor_profile.as_ref(), &path.field("appArmorProfile"));
}

fn id(errors: &mut Errors, id: Option<i64>, path: &FieldPath<'_>) {
    if let Some(id) = id.filter(|id| !(0..=i64::from(i32::MAX)).contains(id)) {
        errors.invalid(path, id, BAD_ID);
    }
}

fn proc_mount(errors: &mut Errors, mount: &str, scope: &Scope<'_>, path: &FieldPath<'_>) {
    const SUPPORTED: [&str; 2] = ["Default", "Unmasked"];
    if !SUPPORTED.contains(&mount) {
        errors.not_supported(path, Bad::Typed(mount), &SUPPORTED);
    } else if scope.has_host_users() && mount == "Unmasked" {
        errors.invalid(path, Bad::Typed(mount), "`hostUsers` must be false to use `Unmasked`");
    }
}

/// What contradicts a denied escalation of privileges.
fn contradictions(errors: &mut Errors, context: &SecurityContext, path: &FieldPath<'_>) {
    if context.privileged == Some(true) {
        errors.invalid(path, as_json(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    let added = context.capabilities.as_ref().and_then(|capabilities| capabilities.add.as_ref());
    for _ in list(added).iter().filter(|capability| *capability == "CAP_SYS_ADMIN") {
        let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
        errors.invalid(path, as_json(context), detail);
    }
}

/// A container's security context as Go's JSON writes the API server's own type.
fn as_json(context: &SecurityContext) -> Value {
    json!({
        "Capabilities": context.capabilities.as_ref().map(capabilities_json),
        "Privileged": context.privileged,
        "SELinuxOptions": context.se_linux_options.as_ref().map(se_linux_json),
        "WindowsOptions": context.windows_options.as_ref().map(windows_json),
        "RunAsUser": context.run_as_user,
        "RunAsGroup": context.run_as_group,
        "RunAsNonRoot": context.run_as_non_root,
        "ReadOnlyRootFilesystem": context.read_only_root_filesystem,
        "AllowPrivilegeEscalation": context.allow_privilege_escalation,
        "ProcMount": context.proc_mount,
        "SeccompProfile": context.seccomp_profile.as_ref().map(|profile| json!({
            "Type": profile.type_,
            "LocalhostProfile": profile.localhost_profile,
        })),
        "AppArmorProfile": context.app_armor_profile.as_ref().map(|profile| json!({
            "Type": profile.type_,
            "LocalhostProfile": profile.localhost_profile,
        })),
    })
}

fn capabilities_json(capabilities: &Capabilities) -> Value {
    json!({"Add": capabilities.add, "Drop": capabilities.drop})
}

fn se_linux_json(options: &SELinuxOptions) -> Value {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    json!({
        "User": text(&options.user),
        "Role": text(&options.role),
        "Type": text(&options.type_),
        "Level": text(&options.level),
    })
}

fn windows_json(options: &WindowsSecurityContextOptions) -> Value {
    json!({
        "GMSACredentialSpecName": options.gmsa_credential_spec_name,
        "GMSACredentialSpec": options.gmsa_credential_spec,
        "RunAsUserName": options.run_as_user_name,
        "HostProcess": options.host_process,
    })
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::PodSpec;

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn of_pod(spec: Value) -> Vec<String> {
        let mut spec = spec;
        spec["containers"] = json!([]);
        let spec = serde_json::from_value(spec).unwrap();
        testing::messages(|errors| pod(errors, &Scope::new(&spec), &ROOT.field("spec")))
    }

    fn of_container(context: Value) -> Vec<String> {
        let context: SecurityContext = serde_json::from_value(context).unwrap();
        let spec = PodSpec::default();
        testing::messages(|errors| container(errors, &context, &Scope::new(&spec), &ROOT.field("c")))
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn every_id_has_31_bits() {
        for field in ["fsGroup", "runAsUser", "runAsGroup"] {
            let of = |id: i64| of_pod(json!({"securityContext": {field: id}}));
            assert_eq!((of(0), of(2_147_483_647)), (vec![], vec![]));
            for bad in [-1, 2_147_483_648] {
                assert_eq!(of(bad), [format!("spec.securityContext.{field}: Invalid value: {bad}: {BAD_ID}")]);
            }
        }
        for field in ["runAsUser", "runAsGroup"] {
            let of = |id: i64| of_container(json!({field: id}));
            assert_eq!((of(0), of(2_147_483_647)), (vec![], vec![]));
            for bad in [-1, 2_147_483_648] {
                let detail = "must be between 0 and 2147483647, inclusive";
                assert_eq!(of(bad), [format!("c.{field}: Invalid value: {bad}: {detail}")]);
            }
        }
    }

    #[test]
    fn policies_that_exist_are_good() {
        for (field, values) in [
            ("fsGroupChangePolicy", &["Always", "OnRootMismatch"][..]),
            ("supplementalGroupsPolicy", &["Merge", "Strict"]),
            ("seLinuxChangePolicy", &["Recursive"]),
        ] {
            for value in values {
                assert_eq!(of_pod(json!({"securityContext": {field: value}})), NONE, "{value}");
            }
        }
        assert_eq!(
            of_pod(json!({"securityContext": {"supplementalGroupsPolicy": ""}})),
            ["spec.securityContext.supplementalGroupsPolicy: Unsupported value: \"\": supported values: \"Merge\", \"Strict\""]
        );
    }

    #[test]
    fn processes_may_be_shared_in_one_way() {
        assert_eq!(of_pod(json!({"hostPID": true, "shareProcessNamespace": false})), NONE);
        assert_eq!(of_pod(json!({"hostPID": false, "shareProcessNamespace": true})), NONE);
    }

    #[test]
    fn profiles_options_and_parameters_are_checked() {
        let local = "Required value: must be set when";
        let windows = "windowsOptions.gmsaCredentialSpec: Invalid value: \"\": gmsaCredentialSpec cannot be an empty string";
        let context = json!({
            "seccompProfile": {"type": "Localhost"},
            "appArmorProfile": {"type": "Localhost"},
            "windowsOptions": {"gmsaCredentialSpec": ""},
        });
        let errors = |place: &str| {
            vec![
                format!("{place}.seccompProfile.localhostProfile: {local} seccomp type is Localhost"),
                format!("{place}.{windows}"),
                format!("{place}.appArmorProfile.localhostProfile: {local} AppArmor type is Localhost"),
            ]
        };
        assert_eq!(of_container(context.clone()), errors("c"));
        assert_eq!(of_pod(json!({"securityContext": context})), errors("spec.securityContext"));
        assert_eq!(
            of_pod(json!({"securityContext": {"sysctls": [{"name": "", "value": ""}]}})),
            ["spec.securityContext.sysctls[0].name: Required value"]
        );
    }

    #[test]
    fn an_administrator_may_escalate() {
        let of = |capability: &str, escalates: bool| {
            of_container(json!({"allowPrivilegeEscalation": escalates, "capabilities": {"add": [capability]}}))
        };
        assert_eq!(of("CAP_SYS_ADMIN", true), NONE);
        for harmless in ["SYS_ADMIN", "CAP_NET_ADMIN"] {
            assert_eq!(of(harmless, false), NONE, "{harmless}");
        }
        let found = of("CAP_SYS_ADMIN", false);
        let detail = ": cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
        let beginning = r#"c: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN"],"Drop":null},"Privileged":null,"#;
        assert!(found.len() == 1 && found[0].starts_with(beginning) && found[0].ends_with(detail), "{found:?}");
    }

    #[test]
    fn a_contradiction_shows_the_whole_context() {
        let context = json!({
            "allowPrivilegeEscalation": false,
            "privileged": true,
            "seLinuxOptions": {"level": "l"},
            "windowsOptions": {"runAsUserName": "u"},
            "seccompProfile": {"type": "Unconfined"},
            "appArmorProfile": {"type": "Localhost", "localhostProfile": "p"},
            "runAsUser": 1,
            "runAsGroup": 2,
            "runAsNonRoot": true,
            "readOnlyRootFilesystem": false,
            "procMount": "Default",
        });
        assert_eq!(
            of_container(context),
            [concat!(
                r#"c: Invalid value: {"Capabilities":null,"Privileged":true,"#,
                r#""SELinuxOptions":{"User":"","Role":"","Type":"","Level":"l"},"#,
                r#""WindowsOptions":{"GMSACredentialSpecName":null,"GMSACredentialSpec":null,"RunAsUserName":"u","HostProcess":null},"#,
                r#""RunAsUser":1,"RunAsGroup":2,"RunAsNonRoot":true,"ReadOnlyRootFilesystem":false,"#,
                r#""AllowPrivilegeEscalation":false,"ProcMount":"Default","#,
                r#""SeccompProfile":{"Type":"Unconfined","LocalhostProfile":null},"#,
                r#""AppArmorProfile":{"Type":"Localhost","LocalhostProfile":"p"}}: "#,
                "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
            )]
        );
    }

    #[test]
    fn proc_is_masked_in_one_of_two_ways() {
        assert_eq!(of_container(json!({"procMount": "Default"})), NONE);
        assert_eq!(
            of_container(json!({"procMount": "Masked"})),
            ["c.procMount: Unsupported value: \"Masked\": supported values: \"Default\", \"Unmasked\""]
        );
        let context: SecurityContext = serde_json::from_value(json!({"procMount": "Unmasked"})).unwrap();
        let spec = PodSpec { host_users: Some(false), ..PodSpec::default() };
        let found = testing::messages(|errors| container(errors, &context, &Scope::new(&spec), &ROOT.field("c")));
        assert_eq!(found, NONE);
    }

    #[test]
    fn ids_fit_into_31_bits() {
        assert_eq!(of_pod(json!({"securityContext": {"runAsUser": 2_147_483_647}})), Vec::<String>::new());
        let bad = json!({"securityContext": {"fsGroup": -1, "supplementalGroups": [1, 2_147_483_648_i64]}});
        assert_eq!(
            of_pod(bad),
            [
                format!("spec.securityContext.fsGroup: Invalid value: -1: {BAD_ID}"),
                format!("spec.securityContext.supplementalGroups[1]: Invalid value: 2147483648: {BAD_ID}"),
            ]
        );
    }

    #[test]
    fn policies_are_known() {
        let policies = json!({"fsGroupChangePolicy": "Sometimes", "seLinuxChangePolicy": "MountOption"});
        assert_eq!(
            of_pod(json!({"securityContext": policies})),
            [
                "spec.securityContext.fsGroupChangePolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \
                 \"OnRootMismatch\"",
                "spec.securityContext.seLinuxChangePolicy: Unsupported value: \"MountOption\": supported values: \"Recursive\"",
            ]
        );
    }

    #[test]
    fn processes_are_shared_with_the_host_or_among_containers() {
        assert_eq!(
            of_pod(json!({"hostPID": true, "shareProcessNamespace": true})),
            [
                "spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be \
              enabled"
            ]
        );
    }

    #[test]
    fn escalation_is_denied_without_contradiction() {
        let denied = json!({"allowPrivilegeEscalation": false, "privileged": true});
        assert_eq!(
            of_container(denied),
            [concat!(
                r#"c: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"#,
                r#""RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"#,
                r#""AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: "#,
                "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
            )]
        );
    }

    #[test]
    fn the_host_is_not_unmasked() {
        assert_eq!(
            of_container(json!({"procMount": "Unmasked"})),
            ["c.procMount: Invalid value: \"Unmasked\": `hostUsers` must be false to use `Unmasked`"]
        );
    }
}
