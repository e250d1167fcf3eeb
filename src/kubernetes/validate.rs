//! What the server validates on create, one file for each part of the objects.
//!
//! Each function takes a part, the path where it stands, and the list to which it adds its errors.

mod affinity;
mod annotations;
mod claim;
mod container;
mod cron_job;
mod cron_schedule;
mod daemon_set;
mod deployment;
mod dns;
mod env;
mod ephemeral_container;
mod field_selector;
mod go_parse;
mod handler;
mod host;
mod init_container;
mod int_or_percent;
mod job;
mod metadata;
mod os;
mod paths;
mod pod;
mod pod_failure_policy;
mod pod_resources;
mod ports;
mod probe;
mod profiles;
mod projected;
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

pub(super) use cron_job::cron_job;
pub(super) use daemon_set::daemon_set;
pub(super) use deployment::deployment;
pub(super) use job::job;
pub(super) use pod::pod;
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
