//! The volumes of a Pod: their names, and that each has one source.
//!
//! Follows `ValidateVolumes` and `validateVolumeSource` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{EphemeralVolumeSource, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::names;
use super::super::quantity::Quantity;
use super::{claim, container, projected, required_name, text, volume_source as source};

/// The list of volumes; returns those without errors by their names.
pub(super) fn volumes<'a>(
    errors: &mut Errors,
    volumes: &'a [Volume],
    metadata: Option<&ObjectMeta>,
    path: &FieldPath<'_>,
) -> HashMap<&'a str, &'a Volume> {
    let pod_name = metadata.map(|metadata| text(metadata.name.as_ref())).filter(|name| !name.is_empty());
    let ephemeral: HashSet<_> =
        volumes.iter().filter(|volume| volume.ephemeral.is_some()).map(|volume| volume.name.as_str()).collect();
    let is_created = |claim: &str| {
        let volume = pod_name.and_then(|pod_name| claim.strip_prefix(pod_name)?.strip_prefix('-'));
        volume.is_some_and(|volume| ephemeral.contains(volume))
    };
    let mut good = HashMap::new();
    for (index, volume) in volumes.iter().enumerate() {
        let path = &path.index(index);
        let before = errors.len();
        sources(errors, volume, pod_name, metadata.is_some(), path);
        required_name(errors, &volume.name, names::dns_label, &path.field("name"));
        if good.contains_key(volume.name.as_str()) {
            errors.duplicate(&path.field("name"), &volume.name);
        }
        if errors.len() == before {
            good.insert(volume.name.as_str(), volume);
        }
        if let Some(claim) = volume.persistent_volume_claim.as_ref().filter(|claim| is_created(&claim.claim_name)) {
            let detail = "must not reference a PVC that gets created for an ephemeral volume";
            errors.invalid(&path.field("persistentVolumeClaim").field("claimName"), &claim.claim_name, detail);
        }
    }
    good
}

struct Sources<'a, 'path> {
    errors: &'a mut Errors,
    path: &'a FieldPath<'path>,
    found: bool,
}

impl Sources<'_, '_> {
    /// The source in the field `name`, which upstream calls so too.
    fn next<T>(&mut self, source: Option<&T>, name: &str, validate: impl FnOnce(&mut Errors, &T, &FieldPath<'_>)) {
        self.next_as(source, name, (name, name), validate);
    }

    /// The source in the field `name`, of which upstream writes the errors at `own`, and at `surplus` if it is one too many.
    fn next_as<T>(
        &mut self,
        source: Option<&T>,
        name: &str,
        (surplus, own): (&str, &str),
        validate: impl FnOnce(&mut Errors, &T, &FieldPath<'_>),
    ) {
        let Some(source) = source else { return };
        let written = self.path.field(if self.found { surplus } else { own }).nominal();
        let path = &written.field(name).unnamed();
        if self.found {
            self.errors.forbidden(path, "may not specify more than 1 volume type");
        } else {
            self.found = true;
            validate(self.errors, source, path);
        }
    }
}

/// The sources in upstream's order, of which only the first is looked at.
fn sources(errors: &mut Errors, volume: &Volume, pod_name: Option<&str>, is_pod: bool, path: &FieldPath<'_>) {
    let mut all = Sources { errors, path, found: false };
    all.next(volume.empty_dir.as_ref(), "emptyDir", |errors, source, path| {
        if source.size_limit.as_ref().is_some_and(|limit| Quantity::of(limit).is_negative()) {
            errors.forbidden(&path.field("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    });
    all.next(volume.host_path.as_ref(), "hostPath", source::host_path);
    all.next(volume.git_repo.as_ref(), "gitRepo", source::git_repo);
    all.next_as(
        volume.gce_persistent_disk.as_ref(),
        "gcePersistentDisk",
        ("gcePersistentDisk", "persistentDisk"),
        source::gce_persistent_disk,
    );
    all.next(volume.aws_elastic_block_store.as_ref(), "awsElasticBlockStore", source::aws_elastic_block_store);
    all.next(volume.secret.as_ref(), "secret", source::secret);
    all.next(volume.nfs.as_ref(), "nfs", source::nfs);
    all.next(volume.iscsi.as_ref(), "iscsi", source::iscsi);
    if let Some(iscsi) = &volume.iscsi {
        source::iscsi_name(all.errors, iscsi, &volume.name, path);
    }
    all.next(volume.glusterfs.as_ref(), "glusterfs", source::glusterfs);
    all.next(volume.flocker.as_ref(), "flocker", source::flocker);
    all.next(volume.persistent_volume_claim.as_ref(), "persistentVolumeClaim", source::persistent_volume_claim);
    all.next(volume.rbd.as_ref(), "rbd", source::rbd);
    all.next(volume.cinder.as_ref(), "cinder", source::cinder);
    all.next_as(volume.cephfs.as_ref(), "cephfs", ("cephFS", "cephfs"), source::cephfs);
    all.next(volume.quobyte.as_ref(), "quobyte", source::quobyte);
    all.next_as(volume.downward_api.as_ref(), "downwardAPI", ("downwarAPI", "downwardAPI"), projected::downward_api);
    all.next(volume.fc.as_ref(), "fc", source::fc);
    all.next(volume.flex_volume.as_ref(), "flexVolume", source::flex_volume);
    all.next(volume.config_map.as_ref(), "configMap", source::config_map);
    all.next(volume.azure_file.as_ref(), "azureFile", source::azure_file);
    all.next(volume.vsphere_volume.as_ref(), "vsphereVolume", source::vsphere_volume);
    all.next(volume.photon_persistent_disk.as_ref(), "photonPersistentDisk", source::photon_persistent_disk);
    all.next(volume.portworx_volume.as_ref(), "portworxVolume", source::portworx_volume);
    all.next(volume.azure_disk.as_ref(), "azureDisk", source::azure_disk);
    all.next(volume.storageos.as_ref(), "storageos", source::storageos);
    all.next(volume.projected.as_ref(), "projected", projected::projected);
    all.next(volume.scale_io.as_ref(), "scaleIO", source::scale_io);
    all.next(volume.csi.as_ref(), "csi", source::csi);
    all.next(volume.ephemeral.as_ref(), "ephemeral", |errors, source, own| {
        ephemeral(errors, source, own);
        ephemeral_name(errors, &volume.name, pod_name, path);
    });
    all.next(volume.image.as_ref(), "image", |errors, source, path| {
        if is_pod && text(source.reference.as_ref()).is_empty() {
            errors.required(&path.field("reference"), "");
        }
        container::pull_policy(errors, text(source.pull_policy.as_ref()), path, "pullPolicy");
    });
    if !all.found {
        errors.required(path, "must specify a volume type");
    }
}

fn ephemeral(errors: &mut Errors, source: &EphemeralVolumeSource, path: &FieldPath<'_>) {
    let path = &path.field("volumeClaimTemplate");
    match &source.volume_claim_template {
        Some(template) => claim::template(errors, template, path),
        None => errors.required(path, ""),
    }
}

/// The claim gets the name of the Pod and that of the volume.
fn ephemeral_name(errors: &mut Errors, name: &str, pod_name: Option<&str>, path: &FieldPath<'_>) {
    let Some(pod_name) = pod_name.filter(|_| !name.is_empty()) else { return };
    if errors.is_full() {
        return errors.count_further(1);
    }
    let claim = format!("{pod_name}-{name}");
    for reason in names::dns_subdomain(&claim) {
        let detail = format!("PVC name {}: {reason}", super::super::go_text::quoted(&claim));
        errors.invalid(&path.field("name"), name, &detail);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::super::testing::{messages, messages_of_spec};
    use super::*;
    use serde_json::{Value, json};

    const NONE: [&str; 0] = [];

    /// One good volume of each sort, in the server's order.
    fn sources() -> Vec<(&'static str, Value)> {
        let claim = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        vec![
            ("emptyDir", json!({"sizeLimit": "0"})),
            ("hostPath", json!({"path": "/a"})),
            ("gitRepo", json!({"repository": "r"})),
            ("gcePersistentDisk", json!({"pdName": "a"})),
            ("awsElasticBlockStore", json!({"volumeID": "a"})),
            ("secret", json!({"secretName": "a"})),
            ("nfs", json!({"server": "a", "path": "/"})),
            ("iscsi", json!({"targetPortal": "a", "iqn": "iqn.2001-04.com.example:a", "lun": 0})),
            ("glusterfs", json!({"endpoints": "a", "path": "b"})),
            ("flocker", json!({"datasetName": "a"})),
            ("persistentVolumeClaim", json!({"claimName": "a"})),
            ("rbd", json!({"monitors": ["a"], "image": "b"})),
            ("cinder", json!({"volumeID": "a"})),
            ("cephfs", json!({"monitors": ["a"]})),
            ("quobyte", json!({"registry": "a:1", "volume": "b"})),
            ("downwardAPI", json!({})),
            ("fc", json!({"wwids": ["a"]})),
            ("flexVolume", json!({"driver": "a/b"})),
            ("configMap", json!({"name": "a"})),
            ("azureFile", json!({"secretName": "a", "shareName": "b"})),
            ("vsphereVolume", json!({"volumePath": "a"})),
            ("photonPersistentDisk", json!({"pdID": "a"})),
            ("portworxVolume", json!({"volumeID": "a"})),
            ("azureDisk", json!({"diskName": "a", "diskURI": "https://a"})),
            ("storageos", json!({"volumeName": "a"})),
            ("projected", json!({})),
            ("scaleIO", json!({"gateway": "a", "system": "b", "volumeName": "c", "secretRef": {"name": "d"}})),
            ("csi", json!({"driver": "a"})),
            ("ephemeral", json!({"volumeClaimTemplate": {"spec": claim}})),
            ("image", json!({"reference": "a"})),
        ]
    }

    #[test]
    fn errors_of_three_sources_stand_elsewhere_than_their_surplus() {
        for (name, source, error) in [
            ("gcePersistentDisk", json!({"pdName": ""}), "persistentDisk.pdName: Required value"),
            ("cephfs", json!({"monitors": []}), "cephfs.monitors: Required value"),
            (
                "downwardAPI",
                json!({"items": [{"path": "p"}]}),
                "downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
            ),
        ] {
            assert_eq!(messages_of_spec(json!({"volumes": [{"name": "v", name: source}]})), [format!("spec.volumes[0].{error}")]);
        }
    }

    #[test]
    fn every_source_can_stand_alone() {
        for (name, source) in sources() {
            assert_eq!(messages_of_spec(json!({"volumes": [{"name": "v", name: source}]})), NONE, "{name}");
        }
    }

    #[test]
    fn every_source_but_the_first_is_one_too_many() {
        let mut volume = json!({"name": "v"});
        for (name, source) in sources() {
            volume[name] = source;
        }
        let expected: Vec<_> = sources()[1..]
            .iter()
            .map(|(name, _)| match *name {
                "cephfs" => "cephFS",
                "downwardAPI" => "downwarAPI",
                name => name,
            })
            .map(|name| format!("spec.volumes[0].{name}: Forbidden: may not specify more than 1 volume type"))
            .collect();
        assert_eq!(messages_of_spec(json!({"volumes": [volume]})), expected);
    }

    #[test]
    fn a_volume_without_a_source_is_empty_by_default_only() {
        let volume = json!({"name": "v", "emptyDir": null});
        assert_eq!(messages_of_spec(json!({"volumes": [volume]})), NONE);
        let bare = Volume { name: "v".into(), ..Volume::default() };
        let found = testing::messages(|errors| {
            volumes(errors, std::slice::from_ref(&bare), None, &ROOT.field("v"));
        });
        assert_eq!(found, ["v[0]: Required value: must specify a volume type"]);
    }

    #[test]
    fn names_have_at_most_63_characters() {
        let of = |name: &str| messages_of_spec(json!({"volumes": [{"name": name, "emptyDir": {}}]}));
        assert_eq!(of(&"a".repeat(63)), NONE);
        let long = "a".repeat(64);
        assert_eq!(of(&long), [format!("spec.volumes[0].name: Invalid value: \"{long}\": must be no more than 63 characters")]);
    }

    #[test]
    fn the_name_of_an_ephemeral_volumes_claim_has_at_most_253_characters() {
        let claim = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let of = |pod: &str| {
            let spec = json!({
                "containers": [{"name": "web", "image": "nginx"}],
                "volumes": [{"name": "v", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}}],
            });
            messages(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": pod}, "spec": spec}))
        };
        let pod = "a".repeat(251);
        assert_eq!(of(&pod), NONE);
        assert_eq!(
            of(&format!("{pod}a")),
            [format!("spec.volumes[0].name: Invalid value: \"v\": PVC name \"{pod}a-v\": must be no more than 253 characters")]
        );
    }

    #[test]
    fn an_ephemeral_volume_has_a_claim() {
        assert_eq!(
            messages_of_spec(json!({"volumes": [{"name": "v", "ephemeral": {}}]})),
            ["spec.volumes[0].ephemeral.volumeClaimTemplate: Required value"]
        );
    }

    #[test]
    fn an_image_is_named_in_a_pod_and_pulled_by_a_policy() {
        let of = |image: Value| messages_of_spec(json!({"volumes": [{"name": "v", "image": image}]}));
        assert_eq!(of(json!({"reference": ""})), ["spec.volumes[0].image.reference: Required value"]);
        assert_eq!(of(json!({"reference": "a", "pullPolicy": "Never"})), NONE);
        assert_eq!(
            of(json!({"reference": "a", "pullPolicy": "x"})),
            [r#"spec.volumes[0].image.pullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never""#]
        );
        let volume: Volume = serde_json::from_value(json!({"name": "v", "image": {}})).unwrap();
        let of_template = testing::messages(|errors| {
            volumes(errors, std::slice::from_ref(&volume), None, &ROOT.field("v"));
        });
        assert_eq!(of_template, NONE);
    }

    #[test]
    fn a_volume_has_a_name_and_one_source() {
        let volumes = json!([
            {"name": "a", "emptyDir": {}, "hostPath": {"path": "/"}},
            {"name": "b"},
            {"name": "b"},
            {"emptyDir": {}},
            {"name": "B.c", "emptyDir": {}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @r#"
        [
            "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type",
            "spec.volumes[2].name: Duplicate value: \"b\"",
            "spec.volumes[3].name: Required value",
            "spec.volumes[4].name: Invalid value: \"B.c\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ]
        "#);
    }

    #[test]
    fn a_broken_volume_is_not_defined() {
        let container = json!({"name": "web", "image": "nginx", "volumeMounts": [{"name": "a", "mountPath": "/a"}]});
        let volumes = json!([{"name": "a", "emptyDir": {"sizeLimit": "-1"}}]);
        assert_eq!(
            messages_of_spec(json!({"containers": [container], "volumes": volumes})),
            [
                "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity",
                r#"spec.containers[0].volumeMounts[0].name: Not found: "a""#,
            ]
        );
    }

    #[test]
    fn the_claim_of_an_ephemeral_volume_is_not_for_others() {
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let volumes = json!([
            {"name": "a", "ephemeral": {"volumeClaimTemplate": {"spec": spec}}},
            {"name": "b", "persistentVolumeClaim": {"claimName": "web-a"}},
        ]);
        let detail = "must not reference a PVC that gets created for an ephemeral volume";
        assert_eq!(
            messages_of_spec(json!({"volumes": volumes})),
            [format!("spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: \"web-a\": {detail}")]
        );
    }
}
