//! Claims of volumes.
//!
//! Follows `GetWarningsForPersistentVolumeClaimSpec` in `pkg/api/persistentvolumeclaim/util.go` (v1.35).

use k8s_openapi::api::core::v1::PersistentVolumeClaimSpec;

use super::super::field_path::FieldPath;
use super::Warnings;
use super::container::fractions;

/// The specification of a claim.
pub(super) fn spec(warnings: &mut Warnings, spec: &PersistentVolumeClaimSpec, path: &FieldPath<'_>) {
    let Some(resources) = &spec.resources else { return };
    let path = &path.field("resources");
    fractions(warnings, resources.requests.as_ref(), &["storage"], &path.field("requests"));
    fractions(warnings, resources.limits.as_ref(), &["storage"], &path.field("limits"));
}
