//! Sources of cloud and storage providers.

use k8s_openapi::api::core::v1::{
    AWSElasticBlockStoreVolumeSource, AzureDiskVolumeSource, AzureFileVolumeSource, CinderVolumeSource, FlexVolumeSource,
    GCEPersistentDiskVolumeSource, PhotonPersistentDiskVolumeSource, PortworxVolumeSource, ScaleIOVolumeSource,
    StorageOSVolumeSource, VsphereVirtualDiskVolumeSource,
};

use super::super::super::field_error::{Bad, Errors};
use super::super::super::field_path::FieldPath;
use super::super::super::names;
use super::super::{required_name, text};
use super::{in_range, required, secret_name};

const MANAGED_DISK: &str = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_DISK: &str = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

/// A disk of Google's cloud.
pub(in super::super) fn gce_persistent_disk(errors: &mut Errors, source: &GCEPersistentDiskVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("pdName", &source.pd_name)], path);
    in_range(errors, source.partition.unwrap_or_default(), 0, 255, &path.field("partition"));
}

/// A disk of Amazon's cloud.
pub(in super::super) fn aws_elastic_block_store(
    errors: &mut Errors,
    source: &AWSElasticBlockStoreVolumeSource,
    path: &FieldPath<'_>,
) {
    required(errors, &[("volumeID", &source.volume_id)], path);
    in_range(errors, source.partition.unwrap_or_default(), 0, 255, &path.field("partition"));
}

/// A share of Microsoft's cloud.
pub(in super::super) fn azure_file(errors: &mut Errors, source: &AzureFileVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("secretName", &source.secret_name), ("shareName", &source.share_name)], path);
}

/// A disk of Microsoft's cloud; a disk of no kind is a shared blob.
pub(in super::super) fn azure_disk(errors: &mut Errors, source: &AzureDiskVolumeSource, path: &FieldPath<'_>) {
    let uri = source.disk_uri.as_str();
    required(errors, &[("diskName", &source.disk_name), ("diskURI", uri)], path);
    if let Some(mode) = &source.caching_mode {
        choice(errors, mode, &["None", "ReadOnly", "ReadWrite"], &path.field("cachingMode"));
    }
    let kind = source.kind.as_deref().unwrap_or("Shared");
    choice(errors, kind, &["Dedicated", "Managed", "Shared"], &path.field("kind"));
    if kind == "Managed" && !uri.starts_with("/subscriptions/") {
        errors.not_supported(&path.field("diskURI"), uri, &[MANAGED_DISK]);
    }
    if kind != "Managed" && !uri.starts_with("https://") {
        errors.not_supported(&path.field("diskURI"), uri, &[BLOB_DISK]);
    }
}

/// A disk of `OpenStack`.
pub(in super::super) fn cinder(errors: &mut Errors, source: &CinderVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("volumeID", &source.volume_id)], path);
    secret_name(errors, source.secret_ref.as_ref(), path);
}

/// A volume of an exec-based driver.
pub(in super::super) fn flex_volume(errors: &mut Errors, source: &FlexVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("driver", &source.driver)], path);
    let path = &path.field("options");
    for option in source.options.iter().flatten().map(|(option, _)| option) {
        let namespace = option.split_once('/').map_or(option.as_str(), |(namespace, _)| namespace);
        let namespace = format!(".{}", namespace.to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            errors.invalid(&path.key(option), option, "kubernetes.io and k8s.io namespaces are reserved");
        }
    }
}

/// A disk of vSphere.
pub(in super::super) fn vsphere_volume(errors: &mut Errors, source: &VsphereVirtualDiskVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("volumePath", &source.volume_path)], path);
}

/// A disk of Photon.
pub(in super::super) fn photon_persistent_disk(
    errors: &mut Errors,
    source: &PhotonPersistentDiskVolumeSource,
    path: &FieldPath<'_>,
) {
    required(errors, &[("pdID", &source.pd_id)], path);
}

/// A volume of Portworx.
pub(in super::super) fn portworx_volume(errors: &mut Errors, source: &PortworxVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("volumeID", &source.volume_id)], path);
}

/// A volume of `ScaleIO`.
pub(in super::super) fn scale_io(errors: &mut Errors, source: &ScaleIOVolumeSource, path: &FieldPath<'_>) {
    let volume = text(source.volume_name.as_ref());
    required(errors, &[("gateway", &source.gateway), ("system", &source.system), ("volumeName", volume)], path);
}

/// A volume of `StorageOS`.
pub(in super::super) fn storageos(errors: &mut Errors, source: &StorageOSVolumeSource, path: &FieldPath<'_>) {
    required_name(errors, text(source.volume_name.as_ref()), names::dns_label, &path.field("volumeName"));
    let namespace = text(source.volume_namespace.as_ref());
    if !namespace.is_empty() {
        errors.invalid_each(&path.field("volumeNamespace"), namespace, &names::dns_label(namespace));
    }
    secret_name(errors, source.secret_ref.as_ref(), path);
}

fn choice(errors: &mut Errors, value: &str, supported: &[&str], path: &FieldPath<'_>) {
    if !supported.contains(&value) {
        errors.not_supported(path, Bad::Typed(value), supported);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::messages_of_spec;
    use serde_json::json;

    #[test]
    fn what_has_to_be_named_is_named() {
        let volumes = json!([
            {"name": "a", "gcePersistentDisk": {"pdName": "", "partition": 256}},
            {"name": "b", "awsElasticBlockStore": {"volumeID": "", "partition": -1}},
            {"name": "c", "azureDisk": {"diskName": "d", "diskURI": "x", "cachingMode": "Fast", "kind": "Managed"}},
            {"name": "d", "azureFile": {"secretName": "", "shareName": ""}},
            {"name": "e", "cinder": {"volumeID": "", "secretRef": {"name": ""}}},
            {"name": "f", "flexVolume": {"driver": "", "options": {"a.K8s.io/b": "c"}}},
            {"name": "g", "storageos": {"volumeNamespace": "A"}},
            {"name": "h", "scaleIO": {"gateway": "", "system": "", "secretRef": {}}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @"");
    }
}
