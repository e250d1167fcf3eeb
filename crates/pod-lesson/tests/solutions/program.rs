//! Programs are taken as the image and the shell run them.

use crate::{assert_done, assert_steps, changed, done};

#[test]
fn a_clone_is_taken_as_the_image_and_the_shell_run_it() {
    const SCRIPT: &str = "      command:\n        - sh\n        - -c\n        - |\n          set -e\n          rm -rf /work/site\n          git clone --depth 1 \"$REPOSITORY\" /work/site\n";
    let args = |words: &str| format!("      args: [{words}]\n");
    for (words, expected) in [
        ("clone, --depth, '1', https://example.com/a.git, /work/site", "1101"),
        ("-C, /work, clone, https://example.com/a.git, site", "1101"),
        ("git, clone, https://example.com/a.git, /work/site", "1001"),
        ("clone https://example.com/a.git /work/site", "1001"),
        ("sh, -c, rm -rf /work/site; git clone https://example.com/a.git /work/site", "1001"),
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
