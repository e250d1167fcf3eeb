//! The sources of volumes.
//!
//! Follows the functions `validate…VolumeSource` in `pkg/apis/core/validation/validation.go` (v1.35).

mod network;
mod object;
mod provider;

pub(super) use network::{cephfs, fc, flocker, glusterfs, iscsi, iscsi_name, nfs, quobyte, rbd};
pub(super) use object::{config_map, csi, file_mode, git_repo, host_path, key_to_path, persistent_volume_claim, secret};
pub(super) use provider::{
    aws_elastic_block_store, azure_disk, azure_file, cinder, flex_volume, gce_persistent_disk, photon_persistent_disk,
    portworx_volume, scale_io, storageos, vsphere_volume,
};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;

/// The fields among `fields` that are empty.
fn required(errors: &mut Errors, fields: &[(&str, &str)], path: &FieldPath<'_>) {
    for (name, value) in fields {
        if value.is_empty() {
            errors.required(&path.field(name), "");
        }
    }
}

/// The secret beside a source, if there is one, has a name.
fn secret_name(errors: &mut Errors, secret: Option<&k8s_openapi::api::core::v1::LocalObjectReference>, path: &FieldPath<'_>) {
    if let Some(secret) = secret {
        required(errors, &[("name", &secret.name)], &path.field("secretRef"));
    }
}

/// A number from `minimum` to `maximum`.
fn in_range(errors: &mut Errors, value: i32, minimum: i32, maximum: i32, path: &FieldPath<'_>) {
    if !(minimum..=maximum).contains(&value) {
        errors.invalid(path, value, &format!("must be between {minimum} and {maximum}, inclusive"));
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::LocalObjectReference;

    use super::super::super::field_error::testing::messages;
    use super::super::super::field_path::ROOT;
    use super::*;

    #[test]
    fn every_empty_field_is_required() {
        let found = messages(|errors| required(errors, &[("a", ""), ("b", "x"), ("c", "")], &ROOT.field("v")));
        assert_eq!(found, ["v.a: Required value", "v.c: Required value"]);
    }

    #[test]
    fn a_secret_that_is_referred_to_has_a_name() {
        let of = |name: Option<&str>| {
            let secret = name.map(|name| LocalObjectReference { name: name.to_owned() });
            messages(|errors| secret_name(errors, secret.as_ref(), &ROOT.field("v")))
        };
        assert_eq!((of(None), of(Some("a"))), (vec![], vec![]));
        assert_eq!(of(Some("")), ["v.secretRef.name: Required value"]);
    }

    #[test]
    fn both_ends_of_a_range_belong_to_it() {
        let of = |value: i32| messages(|errors| in_range(errors, value, 0, 255, &ROOT.field("v")));
        assert_eq!((of(0), of(255)), (vec![], vec![]));
        for bad in [-1, 256] {
            assert_eq!(of(bad), [format!("v: Invalid value: {bad}: must be between 0 and 255, inclusive")]);
        }
    }
}
