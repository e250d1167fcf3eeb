use super::*;
use serde_json::json;

#[test]
fn finds_the_pod_in_every_kind() {
    let spec = json!({"containers": [{"name": "app"}]});
    let template = json!({"template": {"spec": spec}});
    let documents = [
        ("spec", json!({"kind": "Pod", "spec": spec})),
        ("spec", json!({"spec": spec})),
        ("spec.template.spec", json!({"kind": "Deployment", "spec": template})),
        ("spec.template.spec", json!({"kind": "Job", "spec": template})),
        ("template.spec", json!({"kind": "PodTemplate", "template": {"spec": spec}})),
        ("spec.jobTemplate.spec.template.spec", json!({"kind": "CronJob", "spec": {"jobTemplate": {"spec": template}}})),
    ];
    for (expected, document) in documents {
        let picture = Picture::of(&document);
        assert_eq!(picture.containers[0].path.to_string(), format!("{expected}.containers[0]"));
    }
}

#[test]
fn containers_start_in_steps() {
    let picture = Picture::of(&json!({"spec": {
        "initContainers": [{"name": "a"}, {"name": "b", "restartPolicy": "Always"}],
        "containers": [{"name": "c", "restartPolicy": "Always"}, {"name": "d"}],
    }}));
    let steps: Vec<_> = picture.containers.iter().map(|it| (it.name.as_str(), it.step, it.role)).collect();
    let expected = [("a", 1, Role::InitContainer), ("b", 2, Role::Sidecar), ("c", 3, Role::Container), ("d", 3, Role::Container)];
    assert_eq!(steps, expected);
}

#[test]
fn says_what_a_volume_is() {
    let of = |volume: Value| source(&volume);
    let said = |source, kind: &str, detail: &str| (source, kind.to_owned(), detail.to_owned());
    assert_eq!(of(json!({"name": "a"})), said(Storage::Disk, "disk", "no limit"));
    assert_eq!(of(json!({"emptyDir": {"sizeLimit": "1Gi"}})), said(Storage::Disk, "disk", "max 1Gi"));
    assert_eq!(of(json!({"emptyDir": {"medium": "Memory"}})), said(Storage::Memory, "memory", "no limit"));
    assert_eq!(of(json!({"emptyDir": {"medium": "HugePages-2Mi"}})), said(Storage::Memory, "HugePages-2Mi", "no limit"));
    assert_eq!(of(json!({"emptyDir": {"medium": "memory"}})), said(Storage::Disk, "memory", "no limit"));
    assert_eq!(of(json!({"secret": {"secretName": "keys"}})), said(Storage::Other, "secret", "keys"));
    assert_eq!(of(json!({"hostPath": 3})), said(Storage::Other, "hostPath", ""));
    assert_eq!(of(json!({"configMap": null, "emptyDir": {}})), said(Storage::Disk, "disk", "no limit"));
}

#[test]
fn a_claim_of_a_stateful_set_is_a_volume() {
    let pod = json!({"spec": {
        "containers": [{"volumeMounts": [{"name": "data"}, {"name": "other"}]}],
        "volumes": [{"name": "data", "emptyDir": {}}, {"name": "other"}],
    }});
    let claim = json!({"metadata": {"name": "data"}, "spec": {"resources": {"requests": {"storage": "1Gi"}}}});
    let picture = Picture::of(&json!({"kind": "StatefulSet", "spec": {"template": pod, "volumeClaimTemplates": [claim]}}));
    let volumes: Vec<_> = picture.volumes.iter().map(|it| (it.path.to_string(), it.kind.as_str(), it.detail.as_str())).collect();
    let other = "spec.template.spec.volumes[1]".to_owned();
    assert_eq!(volumes, [("spec.volumeClaimTemplates[0]".to_owned(), "claim", "1Gi"), (other, "disk", "no limit")]);
    assert_eq!(picture.containers[0].mounts[0].volume, Some(0));
}

#[test]
fn what_nobody_can_write_is_only_read() {
    let mounts = json!([{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d", "readOnly": true}]);
    let volumes = json!([
        {"name": "a", "configMap": {}}, {"name": "b", "persistentVolumeClaim": {"readOnly": true}},
        {"name": "c", "persistentVolumeClaim": {}}, {"name": "d"},
    ]);
    let picture = Picture::of(&json!({"spec": {"containers": [{"volumeMounts": mounts}], "volumes": volumes}}));
    let read_only: Vec<_> = picture.containers[0].mounts.iter().map(|mount| mount.read_only).collect();
    assert_eq!(read_only, [true, true, false, true]);
}

#[test]
fn a_mounted_volume_that_is_not_defined_is_shown_once() {
    let mount = json!({"volumeMounts": [{"name": "gone"}]});
    let picture = Picture::of(&json!({"spec": {"containers": [mount, mount, {"volumeMounts": [{"name": ""}]}]}}));
    assert_eq!(picture.volumes.len(), 1);
    assert_eq!(picture.volumes[0].path.to_string(), "spec.containers[0].volumeMounts[0].name");
    assert_eq!(picture.containers[2].mounts[0].volume, None);
}

#[test]
fn of_very_many_things_the_first_are_drawn() {
    let picture = Picture::of(&json!({"spec": {
        "initContainers": vec![json!({}); 30], "containers": vec![json!({}); 50], "volumes": vec![json!({}); 41],
    }}));
    assert_eq!((picture.containers.len(), picture.volumes.len(), picture.left_out), (MAX, MAX, 41));
}
