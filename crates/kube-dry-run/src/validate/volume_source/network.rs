//! Sources on file servers and storage networks.

use k8s_openapi::api::core::v1::{
    CephFSVolumeSource, FCVolumeSource, FlockerVolumeSource, GlusterfsVolumeSource, ISCSIVolumeSource, NFSVolumeSource,
    QuobyteVolumeSource, RBDVolumeSource,
};

use super::super::super::field_error::{Bad, Errors};
use super::super::super::field_path::FieldPath;
use super::super::{list, text};
use super::{in_range, required};

const NO_SUCH_NAME: &str = "must be valid format starting with iqn, eui, or naa";
const HOSTS: &str = "must be a host:port pair or multiple pairs separated by commas";

/// NFS.
pub(in super::super) fn nfs(errors: &mut Errors, source: &NFSVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("server", &source.server), ("path", &source.path)], path);
    if !source.path.starts_with('/') {
        errors.invalid(&path.field("path"), &source.path, "must be an absolute path");
    }
}

/// `iSCSI`.
pub(in super::super) fn iscsi(errors: &mut Errors, source: &ISCSIVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("targetPortal", &source.target_portal), ("iqn", &source.iqn)], path);
    if !source.iqn.is_empty() {
        qualified_name(errors, &source.iqn, &path.field("iqn"));
    }
    in_range(errors, source.lun, 0, 255, &path.field("lun"));
    let authenticates = source.chap_auth_discovery == Some(true) || source.chap_auth_session == Some(true);
    if authenticates && source.secret_ref.is_none() {
        errors.required(&path.field("secretRef"), "");
    }
    if let Some(initiator) = &source.initiator_name {
        qualified_name(errors, initiator, &path.field("initiatorname").nominal().field("initiatorName").unnamed());
    }
}

/// The name of an `iSCSI` volume together with its portal; `path` is that of the volume.
pub(in super::super) fn iscsi_name(errors: &mut Errors, source: &ISCSIVolumeSource, name: &str, path: &FieldPath<'_>) {
    if source.initiator_name.is_some() && name.len() + 1 + source.target_portal.len() > 64 {
        let detail =
            "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errors.invalid(&path.field("name"), name, detail);
    }
}

/// Glusterfs.
pub(in super::super) fn glusterfs(errors: &mut Errors, source: &GlusterfsVolumeSource, path: &FieldPath<'_>) {
    required(errors, &[("endpoints", &source.endpoints), ("path", &source.path)], path);
}

/// Flocker.
pub(in super::super) fn flocker(errors: &mut Errors, source: &FlockerVolumeSource, path: &FieldPath<'_>) {
    let (name, uuid) = (text(source.dataset_name.as_ref()), text(source.dataset_uuid.as_ref()));
    if name.is_empty() && uuid.is_empty() {
        errors.required(path, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !uuid.is_empty() {
        errors.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    }
    if name.contains('/') {
        errors.invalid(&path.field("datasetName"), name, "must not contain '/'");
    }
}

/// A Ceph block device.
pub(in super::super) fn rbd(errors: &mut Errors, source: &RBDVolumeSource, path: &FieldPath<'_>) {
    monitors(errors, &source.monitors, path);
    required(errors, &[("image", &source.image)], path);
}

/// The Ceph file system.
pub(in super::super) fn cephfs(errors: &mut Errors, source: &CephFSVolumeSource, path: &FieldPath<'_>) {
    monitors(errors, &source.monitors, path);
}

/// Quobyte.
pub(in super::super) fn quobyte(errors: &mut Errors, source: &QuobyteVolumeSource, path: &FieldPath<'_>) {
    if source.registry.is_empty() {
        errors.required(&path.field("registry"), HOSTS);
    } else if text(source.tenant.as_ref()).len() >= 65 {
        errors.required(&path.field("tenant"), "must be a UUID and may not exceed a length of 64 characters");
    } else {
        for _ in source.registry.split(',').filter(|pair| !is_host_and_port(pair)) {
            errors.invalid(&path.field("registry"), &source.registry, HOSTS);
        }
    }
    required(errors, &[("volume", &source.volume)], path);
}

/// Fibre Channel.
pub(in super::super) fn fc(errors: &mut Errors, source: &FCVolumeSource, path: &FieldPath<'_>) {
    let (targets, ids) = (list(source.target_wwns.as_ref()), list(source.wwids.as_ref()));
    let targets_path = &path.field("targetWWNs");
    if targets.is_empty() && ids.is_empty() {
        errors.required(targets_path, "must specify either targetWWNs or wwids, but not both");
    }
    if targets.is_empty() {
        return;
    }
    if !ids.is_empty() {
        let detail = "targetWWNs and wwids can not be specified simultaneously";
        errors.invalid(targets_path, Bad::json(&targets), detail);
    }
    match source.lun {
        Some(lun) => in_range(errors, lun, 0, 255, &path.field("lun")),
        None => errors.required(&path.field("lun"), "lun is required if targetWWNs is specified"),
    }
}

fn monitors(errors: &mut Errors, monitors: &[String], path: &FieldPath<'_>) {
    if monitors.is_empty() {
        errors.required(&path.field("monitors"), "");
    }
}

/// The name of an `iSCSI` target or initiator.
fn qualified_name(errors: &mut Errors, name: &str, path: &FieldPath<'_>) {
    let good = match name.get(..3) {
        Some("iqn") => has_iqn(name),
        Some("eui") => is_identifier(name, 16),
        Some("naa") => is_identifier(name, 32),
        _ => {
            errors.invalid(path, name, NO_SUCH_NAME);
            return;
        }
    };
    if !good {
        errors.invalid(path, name, "must be valid format");
    }
}

/// `iqn\.\d{4}-\d{2}\.([[:alnum:]-.]+)(:[^,;*&$|\s]+)$`, anywhere in `name`: an authority stands between the last character
/// that it cannot have and a colon. No part of a name is looked at twice, whatever its length.
fn has_iqn(name: &str) -> bool {
    let is_separator =
        |character: char| matches!(character, ',' | ';' | '*' | '&' | '$' | '|' | ' ' | '\t' | '\n' | '\u{c}' | '\r');
    let unique_from = name.rfind(is_separator).map_or(0, |last| last + 1);
    let colons = name.match_indices(':').map(|(colon, _)| colon);
    colons.filter(|colon| (unique_from..name.len() - 1).contains(colon)).any(|colon| {
        let is_foreign = |character: char| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '.'));
        let authority = name[..colon].rsplit(is_foreign).next().unwrap_or_default();
        authority.match_indices("iqn.").any(|(at, _)| is_dated(&authority.as_bytes()[at..]))
    })
}

/// `iqn\.\d{4}-\d{2}\..+`
fn is_dated(authority: &[u8]) -> bool {
    let shape = b"iqn.0000-00.";
    authority.len() > shape.len()
        && authority.iter().zip(shape).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// `eui.` or `naa.` and so many letters or digits after it.
fn is_identifier(name: &str, length: usize) -> bool {
    let mut rest = name.chars().skip(3);
    rest.next().is_some_and(|separator| separator != '\n')
        && rest.clone().count() == length
        && rest.all(|character| character.is_ascii_alphanumeric())
}

/// Go's `net.SplitHostPort` accepts the text.
fn is_host_and_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let inner = match host.strip_prefix('[') {
        Some(bracketed) => match bracketed.strip_suffix(']') {
            Some(inner) => inner,
            None => return false,
        },
        None if host.contains(':') => return false,
        None => host,
    };
    !inner.contains(['[', ']']) && !port.contains(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{messages_of_spec, messages_of_volume as with};
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_file_server_has_an_absolute_path() {
        assert_eq!(with("nfs", json!({"server": "a", "path": "/"})), Vec::<String>::new());
        assert_eq!(
            with("nfs", json!({"server": "a", "path": ""})),
            ["nfs.path: Required value", "nfs.path: Invalid value: \"\": must be an absolute path"]
        );
    }

    #[test]
    fn names_of_targets_and_initiators_have_one_of_three_forms() {
        let of = |iqn: &str, initiator: &str| {
            with("iscsi", json!({"targetPortal": "a", "iqn": iqn, "lun": 0, "initiatorName": initiator}))
        };
        let naa = format!("naa.{}", "0".repeat(32));
        for good in ["iqn.2001-04.com.example:a", "eui.0123456789abcdef", &naa] {
            assert_eq!(of(good, good), Vec::<String>::new(), "{good}");
        }
        for (bad, detail) in [
            ("x", "must be valid format starting with iqn, eui, or naa"),
            ("ab€", "must be valid format starting with iqn, eui, or naa"),
            ("iqn.2001-4.com.example:a", "must be valid format"),
            ("iqn.2001-04.com.example:", "must be valid format"),
            ("iqn.2001-04.com.example:a b", "must be valid format"),
            ("iqn.2001-04.com_example:a", "must be valid format"),
            ("eui.0123456789abcde", "must be valid format"),
            ("eui.0123456789abcdefa", "must be valid format"),
            ("eui.0123456789abcde-", "must be valid format"),
            ("naa.0", "must be valid format"),
        ] {
            let error = |field: &str| format!("iscsi.{field}: Invalid value: \"{bad}\": {detail}");
            assert_eq!(of(bad, bad), [error("iqn"), error("initiatorname")]);
        }
        assert_eq!(with("iscsi", json!({"targetPortal": "a", "iqn": "", "lun": 0})), ["iscsi.iqn: Required value"]);
    }

    #[test]
    fn who_authenticates_has_a_secret() {
        let of = |field: &str, secret: Value| {
            let source =
                json!({"targetPortal": "a", "iqn": "iqn.2001-04.com.example:a", "lun": 255, field: true, "secretRef": secret});
            with("iscsi", source)
        };
        for field in ["chapAuthDiscovery", "chapAuthSession"] {
            assert_eq!(of(field, json!({"name": ""})), Vec::<String>::new());
            assert_eq!(of(field, Value::Null), ["iscsi.secretRef: Required value"]);
        }
    }

    #[test]
    fn the_names_of_volume_and_portal_have_at_most_64_characters() {
        let of = |length: usize, initiator: Value| {
            let iqn = "iqn.2001-04.com.example:a";
            with("iscsi", json!({"targetPortal": "a".repeat(length), "iqn": iqn, "lun": 0, "initiatorName": initiator}))
        };
        let initiator = json!("iqn.2001-04.com.example:b");
        assert_eq!(of(62, initiator.clone()), Vec::<String>::new());
        assert_eq!(of(63, Value::Null), Vec::<String>::new());
        assert_eq!(
            of(63, initiator),
            ["name: Invalid value: \"v\": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if \
                 iscsi.initiatorName is specified."]
        );
    }

    #[test]
    fn a_data_set_has_a_name_or_an_identifier() {
        for good in [json!({"datasetName": "a"}), json!({"datasetUUID": "a/b"})] {
            assert_eq!(with("flocker", good), Vec::<String>::new());
        }
        assert_eq!(with("flocker", json!({})), ["flocker: Required value: one of datasetName and datasetUUID is required"]);
    }

    #[test]
    fn a_registry_is_a_list_of_hosts_with_ports() {
        const HOSTS: &str = "must be a host:port pair or multiple pairs separated by commas";
        let of = |registry: &str, tenant: usize| {
            with("quobyte", json!({"registry": registry, "volume": "a", "tenant": "t".repeat(tenant)}))
        };
        assert_eq!(of("a:1,[::1]:2", 64), Vec::<String>::new());
        assert_eq!(of("", 0), [format!("quobyte.registry: Required value: {HOSTS}")]);
        let error = format!("quobyte.registry: Invalid value: \"a,b\": {HOSTS}");
        assert_eq!(of("a,b", 0), [error.clone(), error]);
        assert_eq!(of("a", 65), ["quobyte.tenant: Required value: must be a UUID and may not exceed a length of 64 characters"]);
    }

    #[test]
    fn fibre_channel_has_targets_with_a_number_or_identifiers() {
        for good in [
            json!({"wwids": ["a"]}),
            json!({"wwids": ["a"], "lun": 256}),
            json!({"targetWWNs": ["a"], "lun": 0}),
            json!({"targetWWNs": ["a"], "lun": 255}),
        ] {
            assert_eq!(with("fc", good.clone()), Vec::<String>::new(), "{good}");
        }
        assert_eq!(
            with("fc", json!({})),
            ["fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"]
        );
        for bad in [-1, 256] {
            assert_eq!(
                with("fc", json!({"targetWWNs": ["a"], "lun": bad})),
                [format!("fc.lun: Invalid value: {bad}: must be between 0 and 255, inclusive")]
            );
        }
    }

    #[test]
    fn iscsi_names_have_three_forms() {
        assert!(has_iqn("iqn.2001-04.com.example:storage.disk1") && !has_iqn("iqn.2001-04.com.example"));
        assert!(has_iqn("iqn. x:iqn.2001-04.a:b:c") && has_iqn("iqn.1:_iqn.iqn.2001-04.a.iqn.:b"));
        assert!(!has_iqn("iqn.2001-04.a:b c:d") && !has_iqn("iqn.2001-04.:b") && !has_iqn("iqn.2001-04.a:"));
        assert!(!has_iqn(&"iqn.2001-04.a".repeat(100_000)) && !has_iqn(&"iqn.2001-04.a_:".repeat(100_000)));
        assert!(is_identifier("eui.0123456789abcdef", 16) && !is_identifier("eui.01234", 16));
    }

    #[test]
    fn hosts_have_ports() {
        assert!(is_host_and_port("a:1") && is_host_and_port("[::1]:1") && is_host_and_port(":"));
        assert!(!is_host_and_port("a") && !is_host_and_port("::1") && !is_host_and_port("[::1]"));
    }

    #[test]
    fn what_has_to_be_named_is_named() {
        let volumes = json!([
            {"name": "a", "nfs": {"server": "", "path": "exports"}},
            {"name": "b", "iscsi": {"targetPortal": "", "iqn": "x", "lun": 300, "chapAuthSession": true}},
            {"name": "c", "fc": {"targetWWNs": ["a"], "wwids": ["b"]}},
            {"name": "d", "rbd": {"monitors": [], "image": ""}},
            {"name": "e", "cephfs": {"monitors": []}},
            {"name": "f", "quobyte": {"registry": "a,b:1", "volume": ""}},
            {"name": "g", "flocker": {"datasetName": "a/b", "datasetUUID": "c"}},
            {"name": "h", "glusterfs": {"endpoints": "", "path": ""}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": volumes})), @r#"
        [
            "spec.volumes[0].nfs.server: Required value",
            "spec.volumes[0].nfs.path: Invalid value: \"exports\": must be an absolute path",
            "spec.volumes[1].iscsi.targetPortal: Required value",
            "spec.volumes[1].iscsi.iqn: Invalid value: \"x\": must be valid format starting with iqn, eui, or naa",
            "spec.volumes[1].iscsi.lun: Invalid value: 300: must be between 0 and 255, inclusive",
            "spec.volumes[1].iscsi.secretRef: Required value",
            "spec.volumes[2].fc.targetWWNs: Invalid value: [\"a\"]: targetWWNs and wwids can not be specified simultaneously",
            "spec.volumes[2].fc.lun: Required value: lun is required if targetWWNs is specified",
            "spec.volumes[3].rbd.monitors: Required value",
            "spec.volumes[3].rbd.image: Required value",
            "spec.volumes[4].cephfs.monitors: Required value",
            "spec.volumes[5].quobyte.registry: Invalid value: \"a,b:1\": must be a host:port pair or multiple pairs separated by commas",
            "spec.volumes[5].quobyte.volume: Required value",
            "spec.volumes[6].flocker: Invalid value: \"resource\": datasetName and datasetUUID can not be specified simultaneously",
            "spec.volumes[6].flocker.datasetName: Invalid value: \"a/b\": must not contain '/'",
            "spec.volumes[7].glusterfs.endpoints: Required value",
            "spec.volumes[7].glusterfs.path: Required value",
        ]
        "#);
    }
}
