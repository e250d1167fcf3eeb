//! Solutions of the lessons that come with the program: right ones are taken, and near misses are not.

mod otherwise;

use pod_lesson::{BuiltIn, lesson};

fn named(name: &str) -> &'static BuiltIn {
    lesson(name).unwrap_or_else(|| panic!("{name} cannot be read"))
}

/// Which steps are done in `text`, as ones and zeros.
fn done(name: &str, text: &str) -> String {
    let progress = named(name).lesson.progress_of_text(text);
    progress.steps.iter().map(|outcome| if outcome.is_done() { '1' } else { '0' }).collect()
}

/// The manifest at the end with each of these parts replaced by another one.
fn changed(name: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(named(name).finished().to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{name} has no {from:?}");
        text.replace(from, to)
    })
}

fn assert_done(name: &str, changes: &[(&str, &str)]) {
    let text = changed(name, changes);
    assert!(named(name).lesson.progress_of_text(&text).is_done(), "{name}: {} {changes:?}", done(name, &text));
}

fn assert_steps(name: &str, change: (&str, &str), expected: &str) {
    assert_eq!(done(name, &changed(name, &[change])), expected, "{name}: {change:?}");
}

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

/// Kubernetes makes an `emptyDir` of a volume without a source.
#[test]
fn a_volume_without_a_source_is_an_empty_dir() {
    for empty in ["", "      emptyDir:\n", "      emptyDir: null\n", "      emptyDir: {}\n"] {
        assert_steps("web-content", ("      emptyDir:\n        sizeLimit: 16Mi\n", empty), "11110");
    }
    assert_steps("web-content", ("emptyDir:\n        sizeLimit: 16Mi\n", "configMap:\n        name: a\n"), "00110");
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

/// nginx counts in mebibytes: its `96m` are more than `100M`.
#[test]
fn a_limit_below_what_nginx_keeps_is_not_taken() {
    for size in ["96M", "100M", "95Mi"] {
        assert_steps("memory-cache", ("sizeLimit: 128Mi", &format!("sizeLimit: {size}")), "1101");
    }
    assert_done("memory-cache", &[("sizeLimit: 128Mi", "sizeLimit: 96Mi")]);
}

#[test]
fn a_clone_is_taken_as_the_image_and_the_shell_run_it() {
    const SCRIPT: &str = "      command:\n        - sh\n        - -c\n        - |\n          set -e\n          rm -rf /work/site\n          git clone --depth 1 \"$REPOSITORY\" /work/site\n";
    let args = |words: &str| format!("      args: [{words}]\n");
    for (words, expected) in [
        ("clone, --depth, '1', https://example.com/a.git, /work/site", "1101"),
        ("-C, /work, clone, https://example.com/a.git, site", "1101"),
        ("git, clone, https://example.com/a.git, /work/site", "1001"),
        ("clone https://example.com/a.git /work/site", "1001"),
        ("sh, -c, rm -rf /work/site; git clone https://example.com/a.git /work/site", "1011"),
    ] {
        assert_steps("git-clone", (SCRIPT, &args(words)), expected);
    }
    for (remove, is_done) in [
        ("rm -fr /work/site\n", true),
        ("rm -r /work/site || true\n", true),
        ("rm -rf /work/*\n", true),
        ("rm -r /work/site\n", false),
        ("rm -r /work/site && ", false),
        ("rm -rf /work\n", false),
    ] {
        let text = changed("git-clone", &[("rm -rf /work/site\n", remove)]);
        assert_eq!(done("git-clone", &text), if is_done { "1111" } else { "1101" }, "{remove}");
    }
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

#[test]
fn a_log_may_be_named_from_the_working_directory() {
    const SCRIPT: &str = "      command:\n        - sh\n        - -c\n        - |\n          trap 'sleep 2; exit 0' TERM\n          tail -n+1 -F /logs/app.log & wait $!\n";
    let from = |directory: &str| format!("      workingDir: {directory}\n      command: [tail, -n+1, -F, app.log]\n");
    assert_done("log-shipper", &[(SCRIPT, &from("/logs"))]);
    assert_steps("log-shipper", (SCRIPT, &from("/tmp")), "1101");
}

#[test]
fn a_log_that_is_not_followed_is_not_taken() {
    const SHIPPER: &str = "      command:\n        - sh\n        - -c\n        - |\n          trap 'sleep 2; exit 0' TERM\n          tail -n+1 -F /logs/app.log & wait $!\n";
    const PROGRESS: &str = "          command:\n            - sh\n            - -c\n            - |\n              trap 'sleep 2; exit 0' TERM\n              tail -n+1 -F /work/job.log & wait $!\n";
    let command = |indentation: &str, words: &str| format!("{indentation}command: [{words}]\n");
    for (words, is_done) in [
        ("tail, -n+1, -F, FILE", true),
        ("tail, -Fn+1, FILE", true),
        ("tail, FILE, -n, '+1', -F", true),
        ("busybox, tail, -n+1, -F, FILE", true),
        ("tail, --follow=name, --retry, -n+1, FILE", true),
        ("tail, --retry, -n+1, --follow=name, FILE", true),
        ("sh, -c, 'exec tail -n+1 -F FILE'", true),
        ("tail, -n+1, FILE", false),
        ("tail, -n+1, --follow=name, FILE", false),
        ("cat, FILE", false),
    ] {
        let steps = if is_done { "1111" } else { "1101" };
        assert_steps("log-shipper", (SHIPPER, &command("      ", &words.replace("FILE", "/logs/app.log"))), steps);
        let steps = if is_done { "1111" } else { "1110" };
        assert_steps("batch-job", (PROGRESS, &command("          ", &words.replace("FILE", "/work/job.log"))), steps);
    }
}

#[test]
fn a_program_is_copied_in_any_way_but_not_back() {
    const COPY: &str = "      command:\n        - cp\n        - /bin/busybox\n        - /tools/busybox\n";
    for (words, steps) in [
        ("cp, -a, /bin/busybox, /tools", "1111"),
        ("install, -m, '755', /bin/busybox, /tools/busybox", "1111"),
        ("sh, -c, 'cat /bin/busybox > /tools/busybox; chmod +x /tools/busybox'", "1111"),
        ("sh, -c, 'cp \"/bin/busybox\" /tools/ && ls /tools'", "1111"),
        ("sh, -c, 'cp \"$(which busybox)\" /tools/'", "1111"),
        ("cp, -t, /tools, /bin/busybox", "1111"),
        ("cp, /tools/busybox, /bin/busybox", "1101"),
        ("sh, -c, 'cp /tools/busybox /bin/busybox; ls'", "1101"),
        ("ls, /bin/busybox, /tools", "1101"),
    ] {
        assert_steps("tools-by-init", (COPY, &format!("      command: [{words}]\n")), steps);
    }
}
