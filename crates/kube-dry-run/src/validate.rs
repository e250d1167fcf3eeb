//! What the server validates on create, one file for each part of the objects.
//!
//! Each function takes a part, the path where it stands, and the list to which it adds its errors.

mod affinity;
mod annotations;
mod claim;
mod completion_mode;
mod container;
mod cron_job;
mod cron_schedule;
mod daemon_set;
mod deployment;
mod dns;
mod env;
mod ephemeral_container;
mod field_selector;
mod go_json;
mod go_parse;
mod handler;
mod host;
mod init_container;
mod int_or_percent;
mod job;
mod metadata;
mod node_affinity;
mod os;
mod paths;
mod pod;
mod pod_failure_policy;
mod pod_resources;
mod ports;
mod probe;
mod profiles;
mod projected;
mod resource_claim;
mod resources;
mod restart_policy;
mod scheduling;
mod scope;
mod security;
mod selector;
mod stateful_set;
mod success_policy;
mod sysctl;
#[cfg(test)]
mod testing;
mod time_zone;
mod topology_spread;
mod volume;
mod volume_mount;
mod volume_source;
mod windows;
mod workload;

pub(super) use annotations::MIRROR;
pub(super) use cron_job::cron_job;
pub(super) use daemon_set::daemon_set;
pub(super) use deployment::deployment;
pub(super) use job::job;
pub(super) use pod::pod;
pub(super) use selector::NO_MATCH;
pub(super) use stateful_set::stateful_set;

use super::field_error::Errors;
use super::field_path::FieldPath;

/// The items of a list that may be missing.
fn list<T>(items: Option<&Vec<T>>) -> &[T] {
    items.map(Vec::as_slice).unwrap_or_default()
}

/// The text of a field where empty and missing are the same.
fn text(field: Option<&String>) -> &str {
    field.map(String::as_str).unwrap_or_default()
}

/// `ValidateNonnegativeField`
fn non_negative(errors: &mut Errors, value: Option<i64>, path: &FieldPath<'_>) {
    if let Some(value) = value.filter(|value| *value < 0) {
        errors.invalid(path, value, "must be greater than or equal to 0");
    }
}

/// A name that may not be missing and has to pass `check`.
fn required_name(errors: &mut Errors, name: &str, check: fn(&str) -> super::names::Reasons, path: &FieldPath<'_>) {
    if name.is_empty() {
        errors.required(path, "");
    } else {
        errors.invalid_each(path, name, &check(name));
    }
}

#[cfg(test)]
mod tests {
    use super::super::field_error::testing::messages;
    use super::super::field_path::ROOT;
    use super::super::names;
    use super::*;

    #[test]
    fn a_number_may_be_missing_or_zero() {
        let of = |value: Option<i64>| messages(|errors| non_negative(errors, value, &ROOT.field("a")));
        assert_eq!((of(None), of(Some(0))), (vec![], vec![]));
        assert_eq!(of(Some(-1)), ["a: Invalid value: -1: must be greater than or equal to 0"]);
    }

    #[test]
    fn a_required_name_is_missing_or_checked() {
        let of = |name: &str| messages(|errors| required_name(errors, name, names::dns_label, &ROOT.field("a")));
        assert_eq!(of("a"), Vec::<String>::new());
        assert_eq!(of(""), ["a: Required value"]);
        assert_eq!(of("a.b"), ["a: Invalid value: \"a.b\": must not contain dots"]);
    }

    #[test]
    fn what_is_missing_is_empty() {
        assert_eq!((list::<u8>(None), list(Some(&vec![1]))), (&[][..], &[1][..]));
        assert_eq!((text(None), text(Some(&"a".to_owned()))), ("", "a"));
    }
}
