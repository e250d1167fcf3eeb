use super::*;
use kube_dry_run::yaml;
use serde_json::json;

fn sentences(spec: &str) -> Vec<String> {
    let spec = yaml::parse(spec).unwrap().remove(0).value;
    same_files(&json!({"kind": "Pod", "spec": spec})).iter().map(SameFile::sentence).collect()
}

#[test]
fn the_name_is_the_one_that_the_writer_gives_it() {
    let spec = "
        containers:
          - name: writer
            image: alpine
            command: [sh, -c, 'while true; do date > /html/index.new; mv /html/index.new /html/index.html; sleep 5; done']
            volumeMounts: [{name: html, mountPath: /html/}]
          - name: web
            image: nginx
            volumeMounts: [{name: html, mountPath: /usr/share/nginx/html, readOnly: true}]
        volumes: [{name: html, emptyDir: {}}]";
    assert_eq!(
        sentences(spec),
        ["`/html/index.html` in `writer` is the same file as `/usr/share/nginx/html/index.html` in `web`. `web` can only \
          read it."]
    );
}

/// A log is renamed when it is full, and followed by its name all the same.
#[test]
fn the_name_is_the_one_that_a_reader_knows() {
    let spec = "
        containers:
          - name: app
            image: alpine
            command: [sh, -c, 'while true; do date >> /log/app.log; mv /log/app.log /log/app.log.1; done']
            volumeMounts: [{name: v, mountPath: /log}]
          - {name: shipper, image: alpine, command: [tail, -F, /logs/app.log], volumeMounts: [{name: v, mountPath: /logs}]}
        volumes: [{name: v, emptyDir: {}}]";
    assert_eq!(sentences(spec), ["`/log/app.log` in `app` is the same file as `/logs/app.log` in `shipper`."]);
}

#[test]
fn a_log_that_is_rotated_is_named_as_it_is_written() {
    for rotation in ["mv /logs/app.log /logs/app.log.1", "cp /logs/app.log /logs/app.log-old; : > /logs/app.log"] {
        let spec = format!(
            "
        containers:
          - name: app
            image: alpine
            command: [sh, -c, 'while true; do date >> /logs/app.log; {rotation}; sleep 5; done']
            volumeMounts: [{{name: logs, mountPath: /logs}}]
          - name: shipper
            image: fluent/fluent-bit:3
            volumeMounts: [{{name: logs, mountPath: /var/log/app, readOnly: true}}]
        volumes: [{{name: logs, emptyDir: {{}}}}]"
        );
        let [sentence] = &sentences(&spec)[..] else { panic!("one sentence") };
        let expected = "`/logs/app.log` in `app` is the same file as `/var/log/app/app.log` in `shipper`.";
        assert!(sentence.starts_with(expected), "{sentence}");
    }
}

#[test]
fn an_init_container_writes_before_the_others_start() {
    let spec = "
        initContainers:
          - {name: a, image: alpine, command: [sh, -c, 'date > /conf/x'], volumeMounts: [{name: v, mountPath: /conf}]}
        containers:
          - {name: b, image: mine, volumeMounts: [{name: v, mountPath: etc//app}]}
          - {name: c, image: mine, volumeMounts: [{name: v, mountPath: /c, readOnly: true}]}
        volumes: [{name: v}]";
    assert_eq!(
        sentences(spec),
        ["`/conf/x` in `a` is the same file as `/etc/app/x` in `b` and `/c/x` in `c`. `c` can only read it. `a` ends before \
          the app containers start."]
    );
}

#[test]
fn one_path_is_named_once() {
    let container = |name: &str| json!({"name": name, "volumeMounts": [{"name": "v", "mountPath": "/v"}]});
    let spec = json!({"containers": [container("a"), container("b"), container("c")], "volumes": [{"name": "v"}]});
    let files = same_files(&json!({"kind": "Pod", "spec": spec}));
    assert_eq!(files[0].sentence(), "For example, `/v/file` is one file in `a`, `b` and `c`.");
}

#[test]
fn what_lies_outside_of_a_sub_path_is_not_shared() {
    let mounts = |first: Value, second: Value| {
        let container = |name: &str, mount: Value| json!({"name": name, "volumeMounts": [mount]});
        let spec = json!({"containers": [container("a", first), container("b", second)], "volumes": [{"name": "v"}]});
        let files = same_files(&json!({"kind": "Pod", "spec": spec}));
        files.iter().map(SameFile::sentence).collect::<Vec<_>>().join(" ")
    };
    let whole = json!({"name": "v", "mountPath": "/whole"});
    let part = |path: &str| json!({"name": "v", "mountPath": "/part", "subPath": path});
    assert_eq!(mounts(whole.clone(), part("x/")), "For example, `/whole/x/file` in `a` is the same file as `/part/file` in `b`.");
    let either = "`/whole/x/a.conf` in `a` is the same file or directory as `/part` in `b`.";
    assert_eq!(mounts(whole.clone(), part("x/a.conf")), either);
    assert_eq!(mounts(part("x"), part("y")), "");
    assert_eq!(mounts(whole, json!({"name": "v", "mountPath": "/part", "subPathExpr": "$(NAME)"})), "");
}

#[test]
fn what_another_mount_hides_is_not_shared() {
    let spec = json!({"containers": [
        {"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/a"}, {"name": "w", "mountPath": "/a"}]},
        {"name": "b", "volumeMounts": [{"name": "v", "mountPath": "/b"}]}],
        "volumes": [{"name": "v"}, {"name": "w"}]});
    assert_eq!(same_files(&json!({"kind": "Pod", "spec": spec})), []);
}

#[test]
fn nobody_writes_what_comes_from_the_cluster() {
    let container = |name: &str| json!({"name": name, "volumeMounts": [{"name": "v", "mountPath": format!("/{name}")}]});
    let volume = json!({"name": "v", "configMap": {"name": "c"}});
    let spec = json!({"containers": [container("a"), container("b")], "volumes": [volume]});
    let files = same_files(&json!({"kind": "Pod", "spec": spec}));
    assert_eq!(
        files[0].sentence(),
        "For example, `/a/file` in `a` is the same file as `/b/file` in `b`. None of them can write it."
    );
    assert_eq!(files[0].places[1].mount.to_string(), "spec.containers[1].volumeMounts[0]");
}

#[test]
fn the_answer_is_bounded() {
    let long = "x".repeat(10_000);
    let volumes: Vec<_> = (0..100).map(|index| json!({"name": format!("v{index}")})).collect();
    let mount = |index: usize| json!({"name": format!("v{index}"), "mountPath": format!("/{index}{long}")});
    let mounts: Vec<_> = (0..100).map(mount).collect();
    let containers: Vec<_> = (0..20).map(|index| json!({"name": format!("{index}{long}"), "volumeMounts": mounts})).collect();
    let files = same_files(&json!({"kind": "Pod", "spec": {"containers": containers, "volumes": volumes}}));
    assert_eq!((files.len(), files[0].places.len(), files[0].omitted), (50, 8, 12));
    assert!(files.iter().all(|file| file.sentence().len() < 5_000));
}

#[test]
fn a_container_may_have_it_at_two_places() {
    let spec = "
        containers:
          - {name: a, volumeMounts: [{name: v, mountPath: /ro, readOnly: true}, {name: v, mountPath: /rw}]}
          - {name: b, volumeMounts: [{name: v, mountPath: /b, readOnly: true}, {name: v, mountPath: /c, readOnly: true}]}
        volumes: [{name: v}]";
    assert_eq!(
        sentences(spec),
        [
            "For example, `/rw/file` in `a` is the same file as `/ro/file` in `a`, `/b/file` in `b` and `/c/file` in `b`. `b` can only read \
          it."
        ]
    );
}

/// `pkg/kubelet/kubelet_pods.go`, `makeMounts`, and the `GetAttributes` of the volumes: a source may be read-only itself.
#[test]
fn a_source_may_be_read_only() {
    let of = |source: &str| {
        sentences(&format!(
            "
        containers:
          - {{name: a, volumeMounts: [{{name: v, mountPath: /a}}]}}
          - {{name: b, volumeMounts: [{{name: v, mountPath: /b}}]}}
        volumes: [{{name: v, {source}}}]"
        ))
    };
    let same = "For example, `/a/file` in `a` is the same file as `/b/file` in `b`.";
    assert_eq!(of("persistentVolumeClaim: {claimName: c}"), [same]);
    let nobody = format!("{same} None of them can write it.");
    for source in ["persistentVolumeClaim: {claimName: c, readOnly: true}", "nfs: {readOnly: true}", "image: {}", "secret: {}"] {
        assert_eq!(of(source).join(" "), nobody, "{source}");
    }
    let root = "`/a` in `a` is the same file as `/b` in `b`.";
    assert_eq!(of("hostPath: {path: /var/run/docker.sock, type: Socket}"), [root]);
    assert_eq!(of("hostPath: {path: /etc/localtime}"), [root.replace("file", "file or directory")]);
    assert_eq!(of("hostPath: {path: /var/log, type: Directory}"), [same]);
}

#[test]
fn a_claim_of_a_stateful_set_is_shared_too() {
    let container = |name: &str| json!({"name": name, "volumeMounts": [{"name": "data", "mountPath": format!("/{name}")}]});
    let pod = json!({"spec": {"containers": [container("a"), container("b")], "volumes": [{"name": "data", "secret": {}}]}});
    let claims = json!([{"metadata": {"name": "data"}}]);
    let document = json!({"kind": "StatefulSet", "spec": {"template": pod, "volumeClaimTemplates": claims}});
    let files = same_files(&document);
    assert_eq!(files[0].sentence(), "For example, `/a/file` in `a` is the same file as `/b/file` in `b`.");
    assert_eq!(files[0].volume_field.to_string(), "spec.volumeClaimTemplates[0]");
    assert_eq!(files.len(), 1);
}
