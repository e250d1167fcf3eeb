//! Volumes, their sizes and who may use them are taken as the cluster takes them.

use crate::{assert_done, assert_steps, changed, done};

/// Kubernetes makes an `emptyDir` of a volume without a source.
#[test]
fn a_volume_without_a_source_is_an_empty_dir() {
    for empty in ["", "      emptyDir:\n", "      emptyDir: null\n", "      emptyDir: {}\n"] {
        assert_steps("web-content", ("      emptyDir:\n        sizeLimit: 16Mi\n", empty), "11110");
    }
    assert_steps("web-content", ("emptyDir:\n        sizeLimit: 16Mi\n", "configMap:\n        name: a\n"), "00110");
}

/// nginx counts in mebibytes: its `96m` are more than `100M`.
#[test]
fn a_limit_below_what_nginx_keeps_is_not_taken() {
    for size in ["96M", "100M", "95Mi"] {
        assert_steps("memory-cache", ("sizeLimit: 128Mi", &format!("sizeLimit: {size}")), "1101");
    }
    assert_done("memory-cache", &[("sizeLimit: 128Mi", "sizeLimit: 96Mi")]);
}

#[test]
fn containers_of_one_group_or_of_one_user_share_a_socket() {
    const OF_POD: &str = "  securityContext:\n    fsGroup: 3000\n";
    const SERVER: &str = "      securityContext:\n        runAsUser: 999\n";
    const CLIENT: &str = "      securityContext:\n        runAsUser: 1001\n";
    let in_group = |user: &str, group: &str| format!("{user}        runAsGroup: {group}\n");
    assert_done("unix-socket", &[("fsGroup: 3000", "runAsGroup: 3000")]);
    assert_done("unix-socket", &[("fsGroup: 3000", "runAsUser: 999"), (SERVER, ""), (CLIENT, "")]);
    assert_done("unix-socket", &[(OF_POD, ""), (SERVER, &in_group(SERVER, "7")), (CLIENT, &in_group(CLIENT, "7"))]);
    for changes in [
        &[(OF_POD, "")][..],
        &[("fsGroup: 3000", "runAsUser: 999")],
        &[("fsGroup: 3000", "supplementalGroups: [3000]")],
        &[(OF_POD, ""), (SERVER, ""), (CLIENT, "")],
        &[(OF_POD, ""), (SERVER, &in_group(SERVER, "7")), (CLIENT, &in_group(CLIENT, "8"))],
        &[("fsGroup: 3000", "runAsGroup: 3000"), (CLIENT, &in_group(CLIENT, "8"))],
    ] {
        assert_eq!(done("unix-socket", &changed("unix-socket", changes)), "1101", "{changes:?}");
    }
}

#[test]
fn two_parts_of_one_volume_are_two_places_to_write() {
    let parts = [
        (
            "name: cache\n          mountPath: /var/cache/nginx",
            "name: tmp\n          subPath: cache\n          mountPath: /var/cache/nginx",
        ),
        ("name: tmp\n          mountPath: /tmp", "name: tmp\n          subPath: tmp\n          mountPath: /tmp"),
    ];
    assert_done("read-only-root", &parts);
}
