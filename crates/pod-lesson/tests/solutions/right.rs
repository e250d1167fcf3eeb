//! Other right solutions than the finished manifest are taken.

use crate::{assert_done, changed, done};

#[test]
fn other_right_solutions_of_web_content_are_taken() {
    for changes in [
        &[("name: html\n", "name: pages\n")][..],
        &[("mountPath: /html", "mountPath: /html/"), ("mountPath: /usr/share/nginx/html", "mountPath: /usr/share/nginx/html/")],
        &[("sizeLimit: 16Mi", "sizeLimit: 100M\n        medium: Memory")],
        &[("alpine:3.22", "busybox:1.37"), ("nginx:1.29-alpine", "nginx:1.29")],
        &[(
            "  volumes:\n",
            "  terminationGracePeriodSeconds: 5\n  volumes:\n    - name: other\n      configMap:\n        name: other\n",
        )],
    ] {
        assert_eq!(done("web-content", &changed("web-content", changes)), "11111", "{changes:?}");
    }
}

#[test]
fn other_right_solutions_of_init_page_are_taken() {
    let script = "          set -e\n          cat > /html/index.html <<EOF\n          <!doctype html>\n          <title>Hello</title>\n          <h1>Hello from $HOSTNAME</h1>\n          <p>Written $(date) by an init container.</p>\n          EOF\n          ls -l /html\n";
    for changes in [
        &[("name: page\n", "name: write-it\n"), ("name: html\n", "name: pages\n")][..],
        &[(script, "          echo hello > /html/index.html\n")],
        &[(script, "          echo hello | tee /site/index.html\n"), ("mountPath: /html", "mountPath: /site")],
        &[
            ("busybox:1.37", "alpine:3.22"),
            (
                "memory: 32Mi\n      volumeMounts:\n        - name: html\n          mountPath: /html",
                "memory: 64Mi\n      volumeMounts:\n        - name: html\n          mountPath: /html/",
            ),
        ],
    ] {
        assert_eq!(done("init-page", &changed("init-page", changes)), "1111", "{changes:?}");
    }
}

#[test]
fn other_right_solutions_of_log_shipper_are_taken() {
    let script = "      command:\n        - sh\n        - -c\n        - |\n          trap 'sleep 2; exit 0' TERM\n          tail -n+1 -F /logs/app.log & wait $!\n";
    for changes in [
        &[("name: shipper", "name: follow-it"), ("name: logs\n", "name: log\n")][..],
        &[(script, "      command: [tail, -n+1, -F, /logs/app.log]\n")],
        &[
            (script, "      command: [tail]\n      args: [-n, '+1', -F, /var/log/app/app.log]\n"),
            ("mountPath: /logs", "mountPath: /var/log/app"),
        ],
        &[(script, "      command: [sh, -c, 'exec tail -n+1 -F /logs/app.log']\n")],
        &[(script, "      command: [sh, -c, 'cd /logs; exec tail -n+1 -F app.log']\n")],
    ] {
        assert_eq!(done("log-shipper", &changed("log-shipper", changes)), "1111", "{changes:?}");
    }
}

#[test]
fn other_right_solutions_of_the_others_are_taken() {
    for (name, changes) in [
        (
            "memory-cache",
            &[
                ("sizeLimit: 128Mi", "sizeLimit: 100Mi"),
                ("name: cache\n          mountPath", "name: answers\n          mountPath"),
                ("- name: cache\n      emptyDir", "- name: answers\n      emptyDir"),
            ][..],
        ),
        ("batch-job", &[("restartPolicy: Never", "restartPolicy: OnFailure"), ("name: work\n", "name: files\n")]),
        (
            "config-by-init",
            &[(
                "          value: Hello\n",
                "          valueFrom:\n            configMapKeyRef:\n              name: a\n              key: b\n",
            )],
        ),
        (
            "git-clone",
            &[
                ("git clone --depth 1 \"$REPOSITORY\"", "git clone https://example.com/site.git"),
                ("name: site\n", "name: files\n"),
            ],
        ),
        (
            "tools-by-init",
            &[
                ("name: tools\n", "name: box\n"),
                (
                    "- cp\n        - /bin/busybox\n        - /tools/busybox",
                    "- sh\n        - -c\n        - cp /bin/busybox /tools/",
                ),
            ],
        ),
        ("database-seed", &[("/seed", "/initdb"), ("10-fruit.sql", "fruit.sql")]),
        ("unix-socket", &[("  securityContext:\n    fsGroup: 3000\n", ""), ("runAsUser: 1001", "runAsUser: 999")]),
        ("shared-memory", &[("sizeLimit: 32Mi", "sizeLimit: 48Mi"), ("name: frames\n", "name: shm\n")]),
        (
            "read-only-root",
            &[("name: tmp\n", "name: temporary\n"), ("sizeLimit: 16Mi", "medium: Memory\n        sizeLimit: 16Mi")],
        ),
    ] {
        assert_done(name, changes);
    }
}

#[test]
fn the_same_may_be_written_in_other_ways() {
    let clone = "          rm -rf /work/site\n          git clone --depth 1 \"$REPOSITORY\" /work/site\n";
    let script = "cat > /html/index.html <<EOF";
    for (name, changes) in [
        ("web-content", &[("sizeLimit: 16Mi", "sizeLimit: 16777216")][..]),
        (
            "web-content",
            &[
                ("mountPath: /html", "mountPath: /html\n          subPath: site"),
                ("nginx/html", "nginx/html\n          subPath: site"),
            ],
        ),
        ("init-page", &[("memory: 32Mi", "memory: 33554432")]),
        ("init-page", &[(script, "page=/html/index.html; cat > $page <<EOF")]),
        ("init-page", &[(script, "cd /html; tee index.html <<EOF")]),
        ("git-clone", &[(clone, "          cd /work; rm -rf site; git clone --depth 1 \"$REPOSITORY\" site\n")]),
        (
            "git-clone",
            &[(
                clone,
                "          rm -rf /work/site\n          mkdir /work/site && cd /work/site && git clone \"$REPOSITORY\" .\n",
            )],
        ),
        ("git-clone", &[(clone, "          rm -rf /work/site; git -C /work clone \"$REPOSITORY\" site\n")]),
        ("database-seed", &[("cat > /seed/10-fruit.sql", "cd /seed && cat >10-fruit.sql")]),
    ] {
        assert_done(name, changes);
    }
}
