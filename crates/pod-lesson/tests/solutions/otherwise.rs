//! Solutions that a learner comes to who thinks further than the steps do, and what looks like one.

use super::{assert_done, assert_steps, changed, done, named};

/// The container `name` of the list `containers`, cut out and put before it as a native sidecar, in the manifest at the end.
fn with_sidecar(lesson: &str, name: &str, is_sidecar: bool) -> String {
    const LIST: &str = "  containers:\n";
    let text = named(lesson).finished();
    let begin = text.find(&format!("    - name: {name}\n")).unwrap_or_else(|| panic!("{lesson} has no {name}"));
    let rest = &text[begin + 1..];
    let end = [rest.find("\n    - name: "), rest.find("\n  volumes:")].into_iter().flatten().min().unwrap_or_default();
    let container = &text[begin..=begin + 1 + end];
    let policy = if is_sidecar { "      restartPolicy: Always\n" } else { "" };
    let (first, others) = container.split_once('\n').unwrap_or_default();
    let moved = format!("{first}\n{policy}{others}");
    let without = text.replacen(container, "", 1);
    if without.contains("  initContainers:\n") {
        without.replacen(LIST, &format!("{moved}{LIST}"), 1)
    } else {
        without.replacen(LIST, &format!("  initContainers:\n{moved}{LIST}"), 1)
    }
}

#[test]
fn a_container_may_be_a_native_sidecar() {
    for (lesson, container, without_policy) in [
        ("web-content", "writer", "10011"),
        ("unix-socket", "server", "0011"),
        ("shared-memory", "camera", "000"),
        ("memory-cache", "meter", "1110"),
    ] {
        let text = with_sidecar(lesson, container, true);
        assert!(named(lesson).lesson.progress_of_text(&text).is_done(), "{lesson}: {}\n{text}", done(lesson, &text));
        let text = with_sidecar(lesson, container, false);
        assert_eq!(done(lesson, &text), without_policy, "{lesson}: an init container that never ends");
    }
}

#[test]
fn a_greeting_comes_from_wherever_the_script_finds_it() {
    const ENV: &str = "      env:\n        - name: GREETING\n          value: Hello\n";
    const SCRIPT: &str = "          set -e\n";
    let env_from = |source: &str| format!("      envFrom:\n        - {source}\n");
    for (source, steps) in [
        ("configMapRef: { name: words }", "1111"),
        ("secretRef: { name: words }", "1111"),
        ("{ prefix: GREET, configMapRef: { name: words } }", "1111"),
        ("{ prefix: OTHER_, configMapRef: { name: words } }", "1101"),
    ] {
        assert_steps("config-by-init", (ENV, &env_from(source)), steps);
    }
    for (line, steps) in [
        ("GREETING=Hello\n", "1111"),
        ("export GREETING='Good day'\n", "1111"),
        (": ${GREETING:=Hello}\n", "1111"),
        ("GREETING=\n", "1101"),
        ("NO_GREETING=Hello\n", "1101"),
        ("# no GREETING\n", "1101"),
    ] {
        let text = changed("config-by-init", &[(ENV, ""), (SCRIPT, &format!("{SCRIPT}          {line}"))]);
        assert_eq!(done("config-by-init", &text), steps, "{line}");
    }
    let late = changed("config-by-init", &[(ENV, ""), ("          EOF\n", "          EOF\n          GREETING=Hello\n")]);
    assert_eq!(done("config-by-init", &late), "1101", "after the file is written");
}

#[test]
fn a_page_is_written_in_whatever_way_a_shell_has() {
    const COMMAND: &str = "      command:\n        - sh\n        - -c\n        - |\n          set -e\n          cat > /html/index.html <<EOF\n          <!doctype html>\n          <title>Hello</title>\n          <h1>Hello from $HOSTNAME</h1>\n          <p>Written $(date) by an init container.</p>\n          EOF\n          ls -l /html\n";
    for (words, steps) in [
        ("bash, -c, 'echo hello >| /html/index.html'", "1111"),
        ("bash, -c, 'echo hello >|/html/index.html'", "1111"),
        ("/bin/bash, -ec, 'echo hello &> /html/index.html'", "1111"),
        ("sh, -c, 'wget -qO/html/index.html https://example.com/'", "1111"),
        ("wget, -O, /html/index.html, 'https://example.com/'", "1111"),
        ("sh, -c, 'echo hello > /html/index.html.bak'", "1101"),
        ("sh, -c, 'echo hello < /html/index.html'", "1101"),
        ("sh, -c, '# echo hello > /html/index.html'", "1101"),
        ("sh, -c, '> /html/index.html'", "1111"),
        ("python3, -c, 'open(\"/html/index.html\", \"w\").write(\"hello\")'", "1111"),
        ("sh, -c, 'cp /usr/share/pages/index.html /html'", "1111"),
        ("sh, -c, 'cp -r /usr/share/pages/. /html/'", "1111"),
        ("sh, -c, 'd=/html; echo hello > ${d}/index.html'", "1111"),
        ("sh, -c, 'echo hello > /html/index.htm && mv /html/index.htm /html/index.html'", "1111"),
        ("ln, -sf, /etc/hostname, /html/index.html", "1111"),
        ("sh, -c, 'cp /html/index.html /tmp/'", "1101"),
        ("sh, -c, 'cp /html/index.html /html/index.bak'", "1101"),
        ("sh, -c, 'tee /html/page.html < /html/index.html'", "1101"),
        ("sh, -c, 'echo \"echo hello > /html/index.html\"'", "1101"),
        ("sh, -c, 'mkdir -p /html/index.html'", "1101"),
        ("sh, -c, 'echo hello > /html/en/index.html'", "1101"),
    ] {
        assert_steps("init-page", (COMMAND, &format!("      command: [{words}]\n")), steps);
    }
    let of_environment = "      command: [sh, -c, 'echo hello > $PAGE']\n      env: [{ name: PAGE, value: /html/index.html }]\n";
    assert_steps("init-page", (COMMAND, of_environment), "1111");
    assert_steps("init-page", ("image: busybox:1.37\n", "image: busybox:1.37\n      restartPolicy: OnFailure\n"), "1111");
    assert_steps("database-seed", ("10-fruit.sql", "10-fruit.sql.gz"), "1101");
}

#[test]
fn a_socket_is_of_a_group_that_the_client_has_too() {
    const GROUP: &str = "fsGroup: 3000";
    const SERVER: &str = "runAsUser: 999\n";
    let in_group = |group: &str| format!("runAsUser: 999\n        runAsGroup: {group}\n");
    assert_done("unix-socket", &[(GROUP, "supplementalGroups: [4, 3000]"), (SERVER, &in_group("3000"))]);
    let another = in_group("3001");
    for changes in [
        [(GROUP, "supplementalGroups: [4, 3000]"), (SERVER, &*another)],
        [(GROUP, "supplementalGroups: [3000]"), ("runAsUser: 1001\n", "runAsUser: 1001\n        runAsGroup: 3000\n")],
    ] {
        assert_eq!(done("unix-socket", &changed("unix-socket", &changes)), "1101", "{changes:?}");
    }
}

/// Only what is written by containers wants a size limit: a ConfigMap has the one of its own.
#[test]
fn a_volume_with_files_of_its_own_needs_no_limit() {
    const CONFIG_MAP: &str = "volumes:\n    - name: source\n      configMap:\n        name: source\n";
    for lesson in ["database-seed", "tools-by-init", "read-only-root"] {
        assert_done(lesson, &[("volumes:\n", CONFIG_MAP)]);
    }
    assert_steps("database-seed", ("sizeLimit: 1Mi", "sizeLimit: 1m"), "1110");
    let none = changed("database-seed", &[("    - name: seed\n      emptyDir:\n        sizeLimit: 1Mi\n", "")]);
    assert!(done("database-seed", &none).ends_with('0'), "no volume at all: {}", done("database-seed", &none));
}

#[test]
fn another_log_than_the_one_that_is_written_is_not_taken() {
    assert_steps("log-shipper", ("-F /logs/app.log", "-F /logs/app.log.1"), "1101");
    assert_steps("batch-job", ("-F /work/job.log", "-F /work/job.logs"), "1110");
}

#[test]
fn a_directory_is_removed_and_named_in_whatever_way() {
    const REMOVAL: &str = "rm -rf /work/site\n";
    const URL: &str = "git clone --depth 1 \"$REPOSITORY\"";
    assert_done("git-clone", &[(REMOVAL, "if [ -d /work/site ]; then rm -r /work/site; fi\n")]);
    let named = format!("{URL} /work/site\n");
    let by_variable = format!("{URL} \"$target\"\n");
    assert_done("git-clone", &[(REMOVAL, "target=/work/site\n          rm -rf \"$target\"\n"), (&named, &by_variable)]);
    for (script, steps) in [
        ("echo git clone --depth 1 \"$REPOSITORY\" /work/site\n", "1001"),
        ("# git clone --depth 1 \"$REPOSITORY\" /work/site\n", "1001"),
        ("git pull \"$REPOSITORY\" /work/site\n", "1001"),
        ("mkdir -p /work/site; git clone \"$REPOSITORY\" /work/pages\n", "1001"),
        ("git -c advice.detachedHead=false clone -b main \"$REPOSITORY\" /work/site\n", "1111"),
        ("(cd /work && git clone \"$REPOSITORY\" site)\n", "1111"),
        ("git clone \"$REPOSITORY\" /work/site/\n", "1111"),
        ("timeout 60 git clone \"$REPOSITORY\" /work/site\n", "1111"),
    ] {
        assert_steps("git-clone", (&named, script), steps);
    }
    assert_steps("git-clone", (&named, &format!("target=/work/pages\n          {by_variable}")), "1001");
}

#[test]
fn a_program_is_copied_from_the_directory_that_it_is_in() {
    const COPY: &str = "      command:\n        - cp\n        - /bin/busybox\n        - /tools/busybox\n";
    assert_done("tools-by-init", &[(COPY, "      command: [sh, -c, 'cd /bin && cp busybox /tools/']\n")]);
}
