//! Volumes whose sources no longer work, and what becomes of their claims and files.
//!
//! Follows the visit of the volumes in `warningsForPodSpecAndMeta` in `pkg/api/pod/warnings.go` (v1.35).

use k8s_openapi::api::core::v1::{PodSpec, Volume};

use super::super::field_path::FieldPath;
use super::{Warnings, claim, virtual_path};

/// The volumes of the Pod whose `spec` stands at `path`.
pub(super) fn volumes(warnings: &mut Warnings, spec: &PodSpec, path: &FieldPath<'_>) {
    let path = &path.field("volumes");
    let volumes = spec.volumes.as_deref().unwrap_or_default();
    for (index, volume) in volumes.iter().enumerate() {
        let path = &path.index(index);
        deprecated(warnings, volume, path);
        let template = volume.ephemeral.as_ref().and_then(|source| source.volume_claim_template.as_ref());
        if let Some(template) = template {
            claim::spec(warnings, &template.spec, &path.field("ephemeral").field("volumeClaimTemplate").field("spec"));
        }
    }
    for (index, volume) in volumes.iter().enumerate() {
        virtual_path::volume(warnings, volume, &path.index(index));
    }
}

fn deprecated(warnings: &mut Warnings, volume: &Volume, path: &FieldPath<'_>) {
    for (name, is_there, message) in [
        ("photonPersistentDisk", volume.photon_persistent_disk.is_some(), "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", volume.git_repo.is_some(), "deprecated in v1.11, and disabled by default in v1.33+"),
        ("scaleIO", volume.scale_io.is_some(), "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", volume.flocker.is_some(), "deprecated in v1.22, non-functional in v1.25+"),
        ("storageOS", volume.storageos.is_some(), "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", volume.quobyte.is_some(), "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", volume.glusterfs.is_some(), "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", volume.cephfs.is_some(), "deprecated in v1.28, non-functional in v1.31+"),
        ("rbd", volume.rbd.is_some(), "deprecated in v1.28, non-functional in v1.31+"),
    ] {
        if is_there {
            let field = if name == "storageOS" { "storageos" } else { name };
            warnings.add(&path.field(name).nominal().field(field).unnamed(), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;
    use super::*;

    fn messages(volume: Value) -> Vec<String> {
        let mut volume = volume;
        volume["name"] = json!("v");
        let spec = serde_json::from_value(json!({"containers": [], "volumes": [volume]})).unwrap();
        testing::messages(|warnings| volumes(warnings, &spec, &ROOT.field("spec")))
    }

    #[test]
    fn every_source_that_is_gone_is_known() {
        for (name, source, message) in [
            ("photonPersistentDisk", json!({"pdID": "a"}), "deprecated in v1.11, non-functional in v1.16+"),
            ("gitRepo", json!({"repository": "a"}), "deprecated in v1.11, and disabled by default in v1.33+"),
            ("scaleIO", json!({"gateway": "a", "system": "b", "secretRef": {}}), "deprecated in v1.16, non-functional in v1.22+"),
            ("flocker", json!({}), "deprecated in v1.22, non-functional in v1.25+"),
            ("quobyte", json!({"registry": "a", "volume": "b"}), "deprecated in v1.22, non-functional in v1.25+"),
            ("glusterfs", json!({"endpoints": "a", "path": "b"}), "deprecated in v1.25, non-functional in v1.26+"),
            ("cephfs", json!({"monitors": []}), "deprecated in v1.28, non-functional in v1.31+"),
            ("rbd", json!({"monitors": [], "image": "a"}), "deprecated in v1.28, non-functional in v1.31+"),
        ] {
            assert_eq!(messages(json!({name: source})), [format!("spec.volumes[0].{name}: {message}")]);
        }
        assert_eq!(
            messages(json!({"storageos": {}})),
            ["spec.volumes[0].storageOS: deprecated in v1.22, non-functional in v1.25+"]
        );
        assert_eq!(messages(json!({"hostPath": {"path": "/"}})), Vec::<String>::new());
    }

    #[test]
    fn the_claim_of_an_ephemeral_volume_has_whole_bytes() {
        let claim = json!({"resources": {"requests": {"storage": "1500m"}}});
        assert_eq!(
            messages(json!({"ephemeral": {"volumeClaimTemplate": {"spec": claim}}})),
            [
                "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value \"1500m\" is \
                 invalid, must be an integer"
            ]
        );
    }
}
