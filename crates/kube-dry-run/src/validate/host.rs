//! What a Pod shares with its host, and the names by which it is found.
//!
//! Follows `validateHostUsers`, `ValidateHostAliases` and the rules about host names of `ValidatePodSpec` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::PodSpec;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::{ip_address, names};
use super::scope::Scope;
use super::{list, text};

/// The longest host name that Linux takes.
const MAX_HOST_NAME_LENGTH: usize = 64;

const WITH_OWN_USERS: &str = "when `hostUsers` is false";

/// A Pod with user namespaces of its own shares no other namespace with the host, and no block device; `path` is the `spec`.
pub(super) fn namespaces(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    if scope.has_host_users() {
        return;
    }
    let spec = scope.spec;
    for (name, field, shared) in [
        ("hostNetwork", "hostNetwork", spec.host_network),
        ("HostPID", "hostPID", spec.host_pid),
        ("HostIPC", "hostIPC", spec.host_ipc),
    ] {
        if shared == Some(true) {
            errors.forbidden(&path.field(name).nominal().field(field).unnamed(), WITH_OWN_USERS);
        }
    }
    scope.visit_containers(path, |container, path| {
        if !list(container.volume_devices.as_ref()).is_empty() {
            errors.forbidden(&path.field("volumeDevices"), WITH_OWN_USERS);
        }
    });
}

/// Host name, subdomain and additional lines of `/etc/hosts`; `path` is the `spec`.
pub(super) fn names(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    for (field, name) in [("hostname", text(spec.hostname.as_ref())), ("subdomain", text(spec.subdomain.as_ref()))] {
        if !name.is_empty() {
            errors.invalid_each(&path.field(field), name, &names::dns_label(name));
        }
    }
    if let Some(name) = &spec.hostname_override {
        hostname_override(errors, name, spec, path);
    }
    let path = &path.field("hostAliases");
    for (index, alias) in list(spec.host_aliases.as_ref()).iter().enumerate() {
        let path = &path.index(index);
        ip_address::validate(errors, &alias.ip, &path.field("ip"));
        for (index, name) in list(alias.hostnames.as_ref()).iter().enumerate() {
            errors.invalid_each(&path.field("hostnames").index(index), name, &names::dns_subdomain(name));
        }
    }
}

/// `HostnameOverride` is on by default since 1.35.
fn hostname_override(errors: &mut Errors, name: &str, spec: &PodSpec, path: &FieldPath<'_>) {
    let field = &path.field("hostnameOverride");
    if spec.set_hostname_as_fqdn == Some(true) {
        errors.forbidden(field, "may not be specified when setHostnameAsFQDN is true");
    }
    if spec.host_network == Some(true) {
        errors.forbidden(field, "may not be specified when hostNetwork is true");
    }
    if name.len() > MAX_HOST_NAME_LENGTH {
        errors.too_long(field, MAX_HOST_NAME_LENGTH);
    }
    errors.invalid_each(field, name, &names::dns_subdomain(name));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        testing::messages(|errors| {
            names(errors, &spec, &ROOT.field("spec"));
            namespaces(errors, &Scope::new(&spec), &ROOT.field("spec"));
        })
    }

    #[test]
    fn host_names_have_at_most_63_characters() {
        for field in ["hostname", "subdomain"] {
            for good in ["", "a", &"a".repeat(63)] {
                assert_eq!(messages(json!({"containers": [], field: good})), Vec::<String>::new(), "{good}");
            }
            let long = "a".repeat(64);
            assert_eq!(
                messages(json!({"containers": [], field: long})),
                [format!("spec.{field}: Invalid value: \"{long}\": must be no more than 63 characters")]
            );
        }
    }

    #[test]
    fn a_host_name_is_overridden_by_a_domain_of_64_characters() {
        let label = "a".repeat(31);
        assert_eq!(messages(json!({"containers": [], "hostnameOverride": format!("{label}.{label}a")})), Vec::<String>::new());
        let long = format!("{label}.{label}aa");
        assert_eq!(
            messages(json!({"containers": [], "hostnameOverride": long})),
            ["spec.hostnameOverride: Too long: may not be more than 64 bytes"]
        );
        let empty = messages(json!({"containers": [], "hostnameOverride": ""}));
        assert!(empty[0].starts_with("spec.hostnameOverride: Invalid value: \"\": a lowercase RFC 1123 subdomain must"));
    }

    #[test]
    fn a_host_name_is_overridden_where_nothing_else_sets_it() {
        for (field, detail) in [
            ("setHostnameAsFQDN", "may not be specified when setHostnameAsFQDN is true"),
            ("hostNetwork", "may not be specified when hostNetwork is true"),
        ] {
            let of = |value: bool| messages(json!({"containers": [], "hostnameOverride": "a", field: value}));
            assert_eq!(of(false), Vec::<String>::new());
            assert_eq!(of(true), [format!("spec.hostnameOverride: Forbidden: {detail}")]);
        }
    }

    #[test]
    fn aliases_are_domains() {
        let of = |name: &str| messages(json!({"containers": [], "hostAliases": [{"ip": "::1", "hostnames": ["a.b", name]}]}));
        assert_eq!(of("c"), Vec::<String>::new());
        assert!(
            of("C")[0].starts_with("spec.hostAliases[0].hostnames[1]: Invalid value: \"C\": a lowercase RFC 1123 subdomain must")
        );
    }

    #[test]
    fn users_of_the_host_share_everything() {
        for spec in [
            json!({"containers": [], "hostUsers": true, "hostNetwork": true, "hostPID": true, "hostIPC": true}),
            json!({"containers": [], "hostNetwork": true, "hostPID": true, "hostIPC": true}),
            json!({"containers": [], "hostUsers": false, "hostNetwork": false, "hostPID": false, "hostIPC": false}),
        ] {
            assert_eq!(messages(spec), Vec::<String>::new());
        }
        assert_eq!(
            messages(json!({"containers": [], "hostUsers": false, "hostIPC": true})),
            ["spec.HostIPC: Forbidden: when `hostUsers` is false"]
        );
    }

    #[test]
    fn names_are_labels_and_addresses_are_read() {
        assert_eq!(
            messages(json!({"containers": [], "subdomain": "a.b"})),
            ["spec.subdomain: Invalid value: \"a.b\": must not contain dots"]
        );
        assert_eq!(
            messages(json!({"containers": [], "hostAliases": [{"ip": "x", "hostnames": ["a"]}]})),
            ["spec.hostAliases[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"]
        );
    }

    #[test]
    fn own_users_share_nothing() {
        assert_eq!(
            messages(json!({"containers": [], "hostUsers": false, "hostNetwork": true, "hostPID": true})),
            ["spec.hostNetwork: Forbidden: when `hostUsers` is false", "spec.HostPID: Forbidden: when `hostUsers` is false",]
        );
        let container = json!({"name": "a", "volumeDevices": [{"name": "v", "devicePath": "/d"}]});
        assert_eq!(
            messages(json!({"containers": [container], "initContainers": [container], "hostUsers": false})),
            [
                "spec.initContainers[0].volumeDevices: Forbidden: when `hostUsers` is false",
                "spec.containers[0].volumeDevices: Forbidden: when `hostUsers` is false",
            ]
        );
    }
}
