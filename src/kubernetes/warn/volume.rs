//! Volumes: sources that no longer work, and files that take each other's place.
//!
//! Follows the visit of the volumes in `warningsForPodSpecAndMeta` and `warningsForOverlappingVirtualPaths` in
//! `pkg/api/pod/warnings.go` (v1.35).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, KeyToPath, PodSpec, ProjectedVolumeSource, Volume, VolumeProjection};

use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::{Warnings, claim};

/// How often the paths of a source are compared with those of all sources before it, once two of them overlap.
const MOST_JOINT_CHECKS: usize = 100;

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
        overlapping(warnings, volume, &path.index(index));
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
            warnings.add(&path.field(name), message);
        }
    }
}

fn overlapping(warnings: &mut Warnings, volume: &Volume, path: &FieldPath<'_>) {
    let name = quoted(&volume.name);
    if let Some(source) = &volume.config_map {
        let what = format!("volume {name} (ConfigMap {})", quoted(&source.name));
        overlaps(warnings, &keys(source.items.as_ref()), &what, path);
    }
    if let Some(source) = &volume.secret {
        let secret = source.secret_name.as_deref().unwrap_or_default();
        let what = format!("volume {name} (Secret {})", quoted(secret));
        overlaps(warnings, &keys(source.items.as_ref()), &what, path);
    }
    if let Some(source) = &volume.downward_api {
        overlaps(warnings, &files(source.items.as_ref()), &format!("volume {name} (DownwardAPI)"), path);
    }
    if let Some(source) = &volume.projected {
        projected(warnings, source, &name, path);
    }
}

/// A source that lists nothing is taken for the source before it, as upstream does.
fn projected(warnings: &mut Warnings, projected: &ProjectedVolumeSource, volume: &str, path: &FieldPath<'_>) {
    let mut all = BTreeSet::new();
    let mut joint_checks = 0;
    let (mut paths, mut what) = (Vec::new(), String::new());
    for source in projected.sources.iter().flatten() {
        if *source == VolumeProjection::default() {
            warnings.add_whole(path, format!("volume {volume} (Projected) has no sources provided"));
            continue;
        }
        if let Some((kind, listed)) = listed(source) {
            paths = listed.into_iter().map(|path| path.trim_end_matches('/')).collect();
            what = format!("volume {volume} (Projected {kind})");
        }
        overlaps(warnings, &paths, &what, path);
        let own: BTreeSet<_> = paths.iter().copied().collect();
        let is_joint = joint_checks > 0 || own.iter().any(|path| overlap(&all, path).is_some());
        if is_joint && joint_checks < MOST_JOINT_CHECKS {
            joint_checks += 1;
            let mut together: Vec<_> = own.iter().chain(&all).copied().collect();
            together.sort_unstable();
            overlaps(warnings, &together, &what, path);
        }
        all.extend(own);
    }
}

/// The kind of a source that lists paths, and these.
fn listed(source: &VolumeProjection) -> Option<(String, Vec<&str>)> {
    if let Some(source) = source.config_map.as_ref().filter(|source| source.items.is_some()) {
        return Some((format!("ConfigMap {}", quoted(&source.name)), keys(source.items.as_ref())));
    }
    if let Some(source) = source.secret.as_ref().filter(|source| source.items.is_some()) {
        return Some((format!("Secret {}", quoted(&source.name)), keys(source.items.as_ref())));
    }
    if let Some(source) = source.downward_api.as_ref().filter(|source| source.items.is_some()) {
        return Some(("DownwardAPI".to_owned(), files(source.items.as_ref())));
    }
    let token = source.service_account_token.as_ref()?;
    Some(("ServiceAccountToken".to_owned(), vec![token.path.as_str()]))
}

fn keys(items: Option<&Vec<KeyToPath>>) -> Vec<&str> {
    items.into_iter().flatten().map(|item| item.path.as_str()).collect()
}

fn files(items: Option<&Vec<DownwardAPIVolumeFile>>) -> Vec<&str> {
    items.into_iter().flatten().map(|item| item.path.as_str()).collect()
}

fn overlaps(warnings: &mut Warnings, paths: &[&str], what: &str, place: &FieldPath<'_>) {
    let mut seen = BTreeSet::new();
    for path in paths.iter().map(|path| path.trim_end_matches('/')) {
        if let Some(other) = overlap(&seen, path) {
            let message = format!("{what}: overlapping paths: {} with {}", quoted(path), quoted(other));
            warnings.add_whole(place, message);
        }
        seen.insert(path);
    }
}

/// A path among `seen` that begins like `path`, or that `path` begins like, be it in the middle of a name. Where there are
/// several, upstream takes any.
fn overlap<'a>(seen: &BTreeSet<&'a str>, path: &'a str) -> Option<&'a str> {
    if path.is_empty() || seen.contains("") {
        return None;
    }
    let longer = seen.range(path..).next().filter(|other| other.starts_with(path));
    let shorter = || path.char_indices().skip(1).find_map(|(end, _)| seen.get(&path[..end]));
    longer.or_else(shorter).copied()
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

    fn items(paths: &[&str]) -> Value {
        paths.iter().map(|path| json!({"key": "k", "path": path})).collect()
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

    #[test]
    fn files_of_each_source_do_not_take_each_others_place() {
        let file = json!({"path": "p"});
        for (volume, what) in [
            (json!({"configMap": {"name": "c", "items": items(&["p", "p"])}}), r#"ConfigMap "c""#),
            (json!({"secret": {"secretName": "s", "items": items(&["p", "p"])}}), r#"Secret "s""#),
            (json!({"downwardAPI": {"items": [file, file]}}), "DownwardAPI"),
        ] {
            assert_eq!(messages(volume), [format!("volume \"v\" ({what}): overlapping paths: \"p\" with \"p\"")]);
        }
    }

    #[test]
    fn some_sources_are_gone() {
        assert_eq!(
            messages(json!({"gitRepo": {"repository": "r"}})),
            ["spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+"]
        );
    }

    #[test]
    fn files_do_not_take_each_others_place() {
        let of = |paths: &[&str]| messages(json!({"configMap": {"name": "c", "items": items(paths)}}));
        assert_eq!(of(&["p", "q"]), Vec::<String>::new());
        assert_eq!(of(&["p", "p/"]), ["volume \"v\" (ConfigMap \"c\"): overlapping paths: \"p\" with \"p\""]);
        assert_eq!(of(&["a", "a/b"]), ["volume \"v\" (ConfigMap \"c\"): overlapping paths: \"a/b\" with \"a\""]);
        assert_eq!(of(&["a/b", "a"]), ["volume \"v\" (ConfigMap \"c\"): overlapping paths: \"a\" with \"a/b\""]);
    }

    #[test]
    fn sources_are_put_together() {
        let sources = json!([
            {"configMap": {"name": "c", "items": items(&["p"])}},
            {"serviceAccountToken": {"path": "p"}},
            {},
        ]);
        assert_eq!(
            messages(json!({"projected": {"sources": sources}})),
            [
                "volume \"v\" (Projected ServiceAccountToken): overlapping paths: \"p\" with \"p\"",
                "volume \"v\" (Projected) has no sources provided",
            ]
        );
    }
}
