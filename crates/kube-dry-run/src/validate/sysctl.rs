//! Kernel parameters of a Pod.
//!
//! Follows `validateSysctls`, `IsValidSysctlName` and `ValidateHostSysctl` in `pkg/apis/core/validation/validation.go`, and
//! `k8s.io/component-helpers/node/util/sysctl` (v1.35).

use std::borrow::Cow;
use std::collections::HashSet;

use k8s_openapi::api::core::v1::{PodSpec, Sysctl};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;

const MAX_NAME_LENGTH: usize = 253;

const BAD_NAME: &str = "must have at most 253 characters and match regex \
     ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

/// The `sysctls` of the Pod that `spec` describes.
pub(super) fn sysctls(errors: &mut Errors, sysctls: &[Sysctl], spec: &PodSpec, path: &FieldPath<'_>) {
    let mut seen = HashSet::new();
    for (index, Sysctl { name, .. }) in sysctls.iter().enumerate() {
        let path = &path.index(index);
        let path = &path.field("name");
        if name.is_empty() {
            errors.required(path, "");
        } else if !is_name(name) {
            errors.invalid(path, name, BAD_NAME);
        } else if seen.contains(name) {
            errors.duplicate(path, name);
        }
        match namespace(name) {
            Some(Namespace::Network) if spec.host_network == Some(true) => {
                errors.invalid(path, name, "may not be specified when 'hostNetwork' is true");
            }
            Some(Namespace::Ipc) if spec.host_ipc == Some(true) => {
                errors.invalid(path, name, "may not be specified when 'hostIPC' is true");
            }
            _ => {}
        }
        seen.insert(name);
    }
}

/// The kernel namespace that a parameter belongs to.
enum Namespace {
    Ipc,
    Network,
}

/// Parameters of the IPC namespace, and what those are cut down to that end in an asterisk.
const OF_IPC: [&str; 10] = [
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "kernel.shm",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.msg",
];

/// `GetNamespace`
fn namespace(name: &str) -> Option<Namespace> {
    let name = with_dots(name);
    let name = name.split('*').next().unwrap_or_default();
    if OF_IPC.contains(&name) || name.starts_with("fs.mqueue.") {
        Some(Namespace::Ipc)
    } else {
        name.starts_with("net.").then_some(Namespace::Network)
    }
}

/// `NormalizeName`: the name with dots as separators; a name whose first separator is a slash has the two swapped.
fn with_dots(name: &str) -> Cow<'_, str> {
    match name.find(['.', '/']) {
        Some(first) if name[first..].starts_with('/') => name
            .chars()
            .map(|character| match character {
                '/' => '.',
                '.' => '/',
                other => other,
            })
            .collect::<String>()
            .into(),
        _ => name.into(),
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_LENGTH && name.split(['.', '/']).all(is_segment)
}

fn is_segment(segment: &str) -> bool {
    let is_outer = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = segment.as_bytes();
    let ends_well = bytes.first().zip(bytes.last()).is_some_and(|(first, last)| is_outer(*first) && is_outer(*last));
    ends_well && bytes.iter().all(|byte| is_outer(*byte) || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(names: &[&str], spec: &PodSpec) -> Vec<String> {
        let listed: Vec<_> = names.iter().map(|name| Sysctl { name: (*name).into(), value: "1".into() }).collect();
        testing::messages(|errors| sysctls(errors, &listed, spec, &ROOT.field("s")))
    }

    #[test]
    fn names_have_at_most_253_characters() {
        let spec = PodSpec::default();
        assert_eq!(messages(&[&"a".repeat(253)], &spec), Vec::<String>::new());
        let long = "a".repeat(254);
        let detail = r"must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
        assert_eq!(messages(&[&long], &spec), [format!("s[0].name: Invalid value: \"{long}\": {detail}")]);
    }

    #[test]
    fn segments_begin_and_end_with_letters_or_digits() {
        for good in ["a", "a-_b", "0.1", "a/b.c"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["A", "-a", "a_", "a..b", "a.", "/a", "ä"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn parameters_of_a_namespace_are_refused_only_where_it_is_the_hosts() {
        let (network, ipc) =
            (PodSpec { host_network: Some(true), ..PodSpec::default() }, PodSpec { host_ipc: Some(true), ..PodSpec::default() });
        let of_ipc = ["kernel.shmmax", "kernel.msgmax", "kernel.sem", "fs.mqueue.a", "kernel/sem"];
        let of_network = ["net.core.a", "net/core.a/b"];
        let of_nobody = ["kernel.semmni", "kernel.hostname", "fs.mqueue", "network.a", "net"];
        assert_eq!(messages(&of_ipc, &network), Vec::<String>::new());
        assert_eq!(messages(&of_network, &ipc), Vec::<String>::new());
        let both = PodSpec { host_network: Some(true), host_ipc: Some(true), ..PodSpec::default() };
        assert_eq!(messages(&of_nobody, &both), Vec::<String>::new());
        for (names, field) in [(&of_ipc[..], "hostIPC"), (&of_network, "hostNetwork")] {
            for name in names {
                let error = format!("s[0].name: Invalid value: \"{name}\": may not be specified when '{field}' is true");
                assert_eq!(messages(&[name], &both), [error]);
            }
        }
    }

    #[test]
    fn names_are_segments_and_unique() {
        let spec = PodSpec::default();
        assert_eq!(messages(&["net.core.somaxconn", "net/ipv4/conf/eno2.100/rp_filter"], &spec), Vec::<String>::new());
        assert_eq!(
            messages(&["", "a b", "kernel.sem", "kernel.sem"], &spec),
            [
                "s[0].name: Required value".to_owned(),
                format!("s[1].name: Invalid value: \"a b\": {BAD_NAME}"),
                "s[3].name: Duplicate value: \"kernel.sem\"".to_owned(),
            ]
        );
    }

    #[test]
    fn what_belongs_to_the_host_stays_with_it() {
        let spec = PodSpec { host_network: Some(true), host_ipc: Some(true), ..PodSpec::default() };
        assert_eq!(
            messages(&["net/core/a", "fs.mqueue.a", "vm.swappiness"], &spec),
            [
                "s[0].name: Invalid value: \"net/core/a\": may not be specified when 'hostNetwork' is true",
                "s[1].name: Invalid value: \"fs.mqueue.a\": may not be specified when 'hostIPC' is true",
            ]
        );
    }
}
