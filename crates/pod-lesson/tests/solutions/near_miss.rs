//! Near misses are not taken, and fail the step that they are about.

use crate::{assert_steps, changed, done};

#[test]
fn near_misses_of_web_content_are_not_taken() {
    for (change, expected) in [
        (("      emptyDir:\n        sizeLimit: 16Mi\n", ""), "11110"),
        (("mountPath: /html", "mountPath: /htm"), "10111"),
        (("mountPath: /html", "mountPath: /html\n          readOnly: true"), "10111"),
        (("mountPath: /usr/share/nginx/html", "mountPath: /usr/share/nginx"), "11001"),
        (("          readOnly: true\n", ""), "11101"),
        (("readOnly: true", "readOnly: false"), "11101"),
        (("readOnly: true", "readOnly: 'true'"), "11101"),
        (("html\n          mountPath: /usr", "htm\n          mountPath: /usr"), "11011"),
        (("sizeLimit: 16Mi", "sizeLimit: 16m"), "11110"),
        (("sizeLimit: 16Mi", "sizeLimit: 0"), "11110"),
        (("sizeLimit: 16Mi", "sizeLimit: 16 Mi"), "11110"),
        (("sizeLimit: 16Mi", "sizeLimit: 16Ti"), "11110"),
        (("volumes:\n", "volumes: 3\nx:\n"), "00110"),
    ] {
        assert_eq!(done("web-content", &changed("web-content", &[change])), expected, "{change:?}");
    }
}

#[test]
fn near_misses_of_init_page_are_not_taken() {
    for (changes, expected) in [
        (&[("image: busybox:1.37", "image: busybox:1.37\n      restartPolicy: Always")][..], "0001"),
        (&[("mountPath: /html\n", "mountPath: /html\n          readOnly: true\n")], "1001"),
        (&[("mountPath: /html\n", "mountPath: /site\n")], "1101"),
        (&[("name: html\n          mountPath: /html\n", "name: htm\n          mountPath: /html\n")], "1001"),
        (&[("index.html <<EOF", "page.html <<EOF")], "1101"),
        (&[("ls -l /html", "sleep infinity")], "1101"),
        (&[("        limits:\n          memory: 32Mi\n", "")], "1110"),
        (
            &[
                ("  initContainers:", "  containers:\n  ephemeral:"),
                ("  containers:\n    - name: web", "  others:\n    - name: web"),
            ],
            "0000",
        ),
    ] {
        assert_eq!(done("init-page", &changed("init-page", changes)), expected, "{changes:?}");
    }
}

#[test]
fn near_misses_of_log_shipper_are_not_taken() {
    for (change, expected) in [
        (("      restartPolicy: Always\n", ""), "0001"),
        (("restartPolicy: Always", "restartPolicy: OnFailure"), "0111"),
        (("          readOnly: true\n", ""), "1011"),
        (("-F /logs/app.log", "-f /logs/app.log"), "1101"),
        (("-F /logs/app.log", "-F /var/log/app/app.log"), "1101"),
        (("mountPath: /logs\n", "mountPath: /log\n"), "1101"),
        (
            (
                "        limits:\n          memory: 32Mi\n      volumeMounts:\n        - name: logs\n          mountPath: /logs\n",
                "      volumeMounts:\n        - name: logs\n          mountPath: /logs\n",
            ),
            "1110",
        ),
    ] {
        assert_eq!(done("log-shipper", &changed("log-shipper", &[change])), expected, "{change:?}");
    }
}

#[test]
fn near_misses_of_the_others_are_not_taken() {
    for (name, change, expected) in [
        ("memory-cache", ("medium: Memory", "medium: memory"), "0000"),
        ("memory-cache", ("sizeLimit: 128Mi", "sizeLimit: 256Mi"), "1101"),
        ("memory-cache", ("sizeLimit: 128Mi", "sizeLimit: 16Mi"), "1101"),
        ("batch-job", ("      restartPolicy: Never\n", ""), "0111"),
        ("batch-job", ("image: busybox:1.37\n          restartPolicy: Always", "image: busybox:1.37"), "1100"),
        (
            "batch-job",
            ("mountPath: /work\n              readOnly: true", "mountPath: /files\n              readOnly: true"),
            "1110",
        ),
        ("config-by-init", ("name: GREETING", "name: GREETINGS"), "1101"),
        ("config-by-init", ("mountPath: /etc/nginx/conf.d", "mountPath: /etc/nginx"), "1011"),
        ("git-clone", ("          rm -rf /work/site\n", ""), "1101"),
        ("tools-by-init", ("mountPath: /opt/tools\n          readOnly: true", "mountPath: /opt/tools"), "0111"),
        ("tools-by-init", ("- /bin/busybox", "- /bin/sh"), "1101"),
        ("database-seed", ("10-fruit.sql", "fruit.txt"), "1101"),
        ("unix-socket", ("    fsGroup: 3000", "    runAsNonRoot: true"), "1101"),
        ("shared-memory", ("sizeLimit: 32Mi", "sizeLimit: 96Mi"), "110"),
        ("shared-memory", ("sizeLimit: 32Mi", "sizeLimit: 8Mi"), "110"),
        ("read-only-root", ("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"), "0111"),
        ("read-only-root", ("mountPath: /tmp", "mountPath: /temp"), "1011"),
    ] {
        assert_steps(name, change, expected);
    }
}

/// What the check of a step would take whose words are looked for and whose sense is not.
#[test]
fn words_without_their_sense_are_not_taken() {
    let page = "          cat > /html/index.html <<EOF\n          <!doctype html>\n          <title>Hello</title>\n          <h1>Hello from $HOSTNAME</h1>\n          <p>Written $(date) by an init container.</p>\n          EOF\n";
    let memory = "    limits:\n          memory: 32Mi\n      volumeMounts";
    let milli = "    limits:\n          memory: 32m\n      volumeMounts";
    let elsewhere = "name: html\n          mountPath: /usr/share/nginx/html\n          subPath: other";
    for (name, change, expected) in [
        ("web-content", ("name: html\n          mountPath: /usr/share/nginx/html", elsewhere), "11011"),
        ("init-page", ("name: html\n          mountPath: /usr/share/nginx/html", elsewhere), "1011"),
        ("init-page", (page, "          echo '<h1>Hello</h1>' /html/index.html\n"), "1101"),
        ("init-page", (page, "          cat /html/index.html\n"), "1101"),
        ("init-page", (memory, milli), "1110"),
        ("log-shipper", (memory, milli), "1110"),
        ("database-seed", ("cat > /seed/10-fruit.sql", "cat /seed/10-fruit.sql"), "1101"),
        ("git-clone", ("\"$REPOSITORY\" /work/site", "https://example.com/site.git /work/pages"), "1001"),
        ("config-by-init", ("mountPath: /config", "mountPath: /config\n          subPath: other"), "1011"),
        ("unix-socket", ("mountPath: /socket", "mountPath: /socket\n          subPath: other"), "1011"),
        ("shared-memory", ("readOnly: true", "readOnly: true\n          subPath: other"), "101"),
        ("read-only-root", ("- name: cache\n          mountPath", "- name: tmp\n          mountPath"), "1101"),
        ("tools-by-init", ("/tools/busybox", "/bin/sh"), "1101"),
    ] {
        assert_steps(name, change, expected);
    }
}

/// A part of a volume is not the whole of it, and a path that the container does not have is no place for its files.
#[test]
fn files_that_land_elsewhere_are_not_taken() {
    for (name, change, expected) in [
        ("tools-by-init", ("- /tools/busybox", "- /opt/tools/busybox"), "1101"),
        ("tools-by-init", ("mountPath: /tools\n", "mountPath: /tools\n          subPath: other\n"), "1011"),
        ("database-seed", ("cat > /seed/", "cat > /docker-entrypoint-initdb.d/"), "1101"),
        ("database-seed", ("cat > /seed/", "cat > "), "1101"),
        ("database-seed", ("mountPath: /seed\n", "mountPath: /seed\n          subPath: other\n"), "1011"),
        ("log-shipper", ("mountPath: /logs\n", "mountPath: /logs\n          subPath: other\n"), "1011"),
        ("memory-cache", ("mountPath: /cache\n", "mountPath: /cache\n          subPath: other\n"), "1110"),
        (
            "batch-job",
            ("mountPath: /work\n      containers", "mountPath: /work\n              subPath: other\n      containers"),
            "1011",
        ),
    ] {
        assert_steps(name, change, expected);
    }
    for place in ["/usr/share/nginx/html/", ""] {
        let text = changed("init-page", &[("cat > /html/", &format!("cat > {place}")), ("ls -l /html", "ls -l")]);
        assert_eq!(done("init-page", &text), "1101", "{place:?}");
    }
}
