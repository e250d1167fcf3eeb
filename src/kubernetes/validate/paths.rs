//! Paths of files inside of volumes and hosts.
//!
//! Follows `validateLocalDescendingPath`, `validatePathNoBacksteps` and `ValidateLocalNonReservedPath` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;

/// True of a path that goes up.
pub(super) fn has_backsteps(path: &str) -> bool {
    path.split('/').any(|part| part == "..")
}

/// A path that goes nowhere up.
pub(super) fn no_backsteps(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    if has_backsteps(text) {
        errors.invalid(path, text, "must not contain '..'");
    }
}

/// A relative path that goes nowhere up.
pub(super) fn descending(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    if text.starts_with('/') {
        errors.invalid(path, text, "must be a relative path");
    }
    no_backsteps(errors, text, path);
}

/// A relative path that goes nowhere up and does not begin like the names that the kubelet keeps to itself.
pub(super) fn non_reserved(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    descending(errors, text, path);
    if text.starts_with("..") && !text.starts_with("../") {
        errors.invalid(path, text, "must not start with '..'");
    }
}
