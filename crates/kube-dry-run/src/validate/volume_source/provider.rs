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
use super::{required, secret_name};

const MANAGED_DISK: &str = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_DISK: &str = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

/// A disk of Google's cloud.
pub(in super::super) fn gce_persistent_disk(errors: &mut Errors, source: &GCEPersistentDiskVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("pdName", &source.pd_name)], path);
    partition(errors, source.partition.unwrap_or_default(), &path.field("partition"));
}

/// A disk of Amazon's cloud.
pub(in super::super) fn aws_elastic_block_store(
    errors: &mut Errors,
    source: &AWSElasticBlockStoreVolumeSource,
    path: &FieldPath<'_>,
) {
    required(errors, &[("volumeID", &source.volume_id)], path);
    partition(errors, source.partition.unwrap_or_default(), &path.field("partition"));
}

/// A partition of a disk; 0 is the whole disk, which the server allows and does not say.
fn partition(errors: &mut Errors, number: i32, path: &FieldPath<'_>) {
    if !(0..=255).contains(&number) {
        errors.invalid(path, number, "must be between 1 and 255, inclusive");
    }
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
    use super::super::super::testing::{messages_of_spec, messages_of_volume as with};
    use serde_json::json;

    #[test]
    fn partitions_go_from_0_to_255_and_are_said_to_go_from_1() {
        for (kind, field, place) in
            [("gcePersistentDisk", "pdName", "persistentDisk"), ("awsElasticBlockStore", "volumeID", "awsElasticBlockStore")]
        {
            let of = |partition: i32| with(kind, json!({field: "a", "partition": partition}));
            assert_eq!((of(0), of(255)), (vec![], vec![]));
            for bad in [-1, 256] {
                let detail = "must be between 1 and 255, inclusive";
                assert_eq!(of(bad), [format!("{place}.partition: Invalid value: {bad}: {detail}")]);
            }
        }
    }

    #[test]
    fn a_disk_has_an_address_of_its_kind() {
        let of = |kind: &str, uri: &str| with("azureDisk", json!({"diskName": "a", "diskURI": uri, "kind": kind}));
        for (kind, good) in [("Managed", "/subscriptions/a"), ("Shared", "https://a"), ("Dedicated", "https://a")] {
            assert_eq!(of(kind, good), Vec::<String>::new(), "{kind}");
        }
        let blob = r#""https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd""#;
        for kind in ["Shared", "Dedicated"] {
            assert_eq!(
                of(kind, "/subscriptions/a"),
                [format!("azureDisk.diskURI: Unsupported value: \"/subscriptions/a\": supported values: {blob}")]
            );
        }
        assert_eq!(
            of("Own", "https://a"),
            [r#"azureDisk.kind: Unsupported value: "Own": supported values: "Dedicated", "Managed", "Shared""#]
        );
        assert_eq!(
            with("azureDisk", json!({"diskName": "", "diskURI": ""})),
            [
                "azureDisk.diskName: Required value".to_owned(),
                "azureDisk.diskURI: Required value".to_owned(),
                format!("azureDisk.diskURI: Unsupported value: \"\": supported values: {blob}"),
            ]
        );
        for good in ["None", "ReadOnly", "ReadWrite"] {
            let source = json!({"diskName": "a", "diskURI": "https://a", "cachingMode": good});
            assert_eq!(with("azureDisk", source), Vec::<String>::new());
        }
    }

    #[test]
    fn options_of_kubernetes_are_reserved() {
        let of = |option: &str| with("flexVolume", json!({"driver": "a", "options": {option: "b"}}));
        for good in ["a", "example.com/a", "kubernetes.io.example.com/a", "ak8s.io", "a/k8s.io"] {
            assert_eq!(of(good), Vec::<String>::new(), "{good}");
        }
        for bad in ["kubernetes.io", "k8s.io/a", "A.Kubernetes.io/b", "a.k8s.io"] {
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            assert_eq!(of(bad), [format!("flexVolume.options[{bad}]: Invalid value: \"{bad}\": {detail}")]);
        }
    }

    #[test]
    fn a_volume_of_a_provider_is_named() {
        for (source, field) in [("vsphereVolume", "volumePath"), ("photonPersistentDisk", "pdID"), ("portworxVolume", "volumeID")]
        {
            assert_eq!(with(source, json!({field: ""})), [format!("{source}.{field}: Required value")]);
        }
    }

    #[test]
    fn a_volume_and_its_namespace_are_labels() {
        let of = |name: &str, namespace: &str| with("storageos", json!({"volumeName": name, "volumeNamespace": namespace}));
        for namespace in ["", "b"] {
            assert_eq!(of("a", namespace), Vec::<String>::new());
        }
        assert_eq!(
            of("a.b", "c.d"),
            [
                r#"storageos.volumeName: Invalid value: "a.b": must not contain dots"#,
                r#"storageos.volumeNamespace: Invalid value: "c.d": must not contain dots"#,
            ]
        );
        assert_eq!(
            with("storageos", json!({"volumeName": "a", "secretRef": {"name": ""}})),
            ["storageos.secretRef.name: Required value"]
        );
    }

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
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @r#"
        [
            "spec.volumes[0].persistentDisk.pdName: Required value",
            "spec.volumes[0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
            "spec.volumes[1].awsElasticBlockStore.volumeID: Required value",
            "spec.volumes[1].awsElasticBlockStore.partition: Invalid value: -1: must be between 1 and 255, inclusive",
            "spec.volumes[2].azureDisk.cachingMode: Unsupported value: \"Fast\": supported values: \"None\", \"ReadOnly\", \"ReadWrite\"",
            "spec.volumes[2].azureDisk.diskURI: Unsupported value: \"x\": supported values: \"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}\"",
            "spec.volumes[3].azureFile.secretName: Required value",
            "spec.volumes[3].azureFile.shareName: Required value",
            "spec.volumes[4].cinder.volumeID: Required value",
            "spec.volumes[4].cinder.secretRef.name: Required value",
            "spec.volumes[5].flexVolume.driver: Required value",
            "spec.volumes[5].flexVolume.options[a.K8s.io/b]: Invalid value: \"a.K8s.io/b\": kubernetes.io and k8s.io namespaces are reserved",
            "spec.volumes[6].storageos.volumeName: Required value",
            "spec.volumes[6].storageos.volumeNamespace: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
            "spec.volumes[7].scaleIO.gateway: Required value",
            "spec.volumes[7].scaleIO.system: Required value",
            "spec.volumes[7].scaleIO.volumeName: Required value",
        ]
        "#);
    }
}
