//! The lessons that come with the program: each works, and takes any right solution.

use std::path::Path;

use kube_dry_run::{Severity, Stage, Verdict, judge, yaml};
use pod_lesson::expression::Expression;
use pod_lesson::{BuiltIn, Lesson, Outcome, check, lesson, lessons};
use serde_json::Value;

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

#[test]
fn every_file_is_a_lesson() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let mut files: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut listed: Vec<String> = lessons().iter().map(|lesson| format!("{}.yaml", lesson.name)).collect();
    files.sort_unstable();
    listed.sort_unstable();
    assert_eq!(files, listed);
}

#[test]
fn there_is_nothing_to_say_of_a_lesson() {
    for BuiltIn { name, lesson, .. } in lessons() {
        let problems: Vec<_> = check(lesson).iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

#[test]
fn nothing_is_done_at_the_start_and_everything_at_the_end() {
    for BuiltIn { name, lesson, .. } in lessons() {
        let start = lesson.progress_of_text(&lesson.start);
        assert!(start.steps.iter().all(|outcome| *outcome == Outcome::Open), "{name}: {start:?}");
        assert!((3..=5).contains(&lesson.steps.len()), "{name}");
        let finished = lesson.progress_of_text(named(name).finished());
        assert!(finished.is_done() && finished.next().is_none(), "{name}: {finished:?}");
        assert_eq!(finished.done(), lesson.steps.len());
    }
}

/// Every text that is on the way from `from` to `to`: the fields that differ are set one after the other.
fn on_the_way(from: &Value, to: &Value) -> Vec<Value> {
    let mut texts = vec![from.clone()];
    let mut current = from.clone();
    while let Some(next) = with_one_difference_less(&current, to) {
        texts.push(next.clone());
        current = next;
    }
    texts
}

/// `from` with the first of its differences from `to` settled.
fn with_one_difference_less(from: &Value, to: &Value) -> Option<Value> {
    match (from, to) {
        _ if from == to => None,
        (Value::Object(one), Value::Object(two)) => {
            let mut next = one.clone();
            if let Some(key) = one.keys().find(|key| !two.contains_key(*key)) {
                next.shift_remove(key);
                return Some(next.into());
            }
            let (key, value) = two.iter().find(|(key, value)| one.get(*key) != Some(value))?;
            let empty = if value.is_array() { Value::Array(Vec::new()) } else { Value::Object(serde_json::Map::new()) };
            let settled = match one.get(key) {
                Some(old) => with_one_difference_less(old, value)?,
                None if value.is_array() || value.is_object() => empty,
                None => value.clone(),
            };
            next.insert(key.clone(), settled);
            Some(next.into())
        }
        (Value::Array(one), Value::Array(two)) => {
            let mut next = one.clone();
            let different = two.iter().zip(one).position(|(new, old)| new != old);
            match different {
                Some(position) if one[position].get("name") == two[position].get("name") => {
                    next[position] = with_one_difference_less(&one[position], &two[position])?;
                }
                Some(position) => next.insert(position, serde_json::json!({"name": two[position]["name"]})),
                None => next.push(match two.get(one.len())? {
                    Value::Object(item) => serde_json::json!({"name": item.get("name")}),
                    item => item.clone(),
                }),
            }
            Some(next.into())
        }
        _ => Some(to.clone()),
    }
}

#[test]
fn steps_are_done_on_the_way_and_no_check_breaks() {
    for BuiltIn { name, lesson, document, .. } in lessons() {
        let start = yaml::parse(&lesson.start).unwrap().remove(0).value;
        let way = on_the_way(&start, document);
        assert!(way.len() > 5 && way.last() == Some(document), "{name}");
        let mut seen = std::collections::BTreeSet::new();
        for step in &way {
            let progress = lesson.progress(step);
            assert!(!progress.steps.iter().any(|outcome| matches!(outcome, Outcome::Failed(_))), "{name}: {progress:?}");
            seen.insert(progress.done());
        }
        assert!(seen.len() > 2, "{name}: the steps are done all at once: {seen:?}");
    }
}

#[test]
fn a_lesson_is_named_as_its_object_and_says_what_to_try() {
    for built_in @ BuiltIn { name, lesson, document, .. } in lessons() {
        assert_eq!(document.pointer("/metadata/name").and_then(Value::as_str), Some(*name));
        assert_eq!(yaml::parse(&lesson.start).unwrap()[0].value.pointer("/metadata/name"), document.pointer("/metadata/name"));
        assert!(lesson.summary().ends_with('.') && !lesson.title.ends_with('.'), "{name}");
        assert!(lesson.breaks.is_some() && !lesson.trials.is_empty(), "{name}");
        for trial in &lesson.trials {
            assert!(trial.command.starts_with("kubectl ") && trial.command.contains(built_in.name), "{trial:?}");
            assert!(trial.shows.ends_with('.'), "{trial:?}");
        }
        for step in &lesson.steps {
            assert!(step.text.ends_with('.') && step.hints.iter().all(|hint| hint.ends_with('.')), "{name}: {}", step.text);
        }
    }
}

#[test]
fn what_a_lesson_makes_is_accepted_pinned_and_limited() {
    for BuiltIn { name, document, .. } in lessons() {
        let judgement = judge(document);
        assert_eq!((judgement.verdict, judgement.findings.len()), (Verdict::Accepted, 0), "{name}: {judgement:?}");
        let spec = document.pointer("/spec/template/spec").or_else(|| document.get("spec")).unwrap();
        for list in ["initContainers", "containers"] {
            for container in spec.get(list).and_then(Value::as_array).into_iter().flatten() {
                let image = container["image"].as_str().unwrap();
                assert!(image.contains(':') && !image.ends_with(":latest"), "{image}");
                for amount in ["/resources/requests/cpu", "/resources/requests/memory", "/resources/limits/memory"] {
                    assert!(container.pointer(amount).is_some(), "{name}: {image} has no {amount}");
                }
            }
        }
        for volume in spec["volumes"].as_array().unwrap() {
            assert!(volume.pointer("/emptyDir/sizeLimit").is_some(), "{name}: {volume}");
        }
    }
}

#[test]
fn rules_warn_of_what_is_told_and_of_nothing_else() {
    let mut warned = Vec::new();
    for BuiltIn { name, document, .. } in lessons() {
        let advice = pod_advice::advise(document);
        assert!(advice.silenced.is_empty() && advice.findings.iter().all(|finding| finding.stage != Stage::Starts), "{name}");
        let serious = advice.findings.iter().filter(|finding| finding.severity != Severity::Advice);
        warned.extend(serious.map(|finding| (*name, finding.rule.id())));
    }
    assert_eq!(warned, [("database-seed", "data-not-kept")]);
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
        (("      emptyDir:\n        sizeLimit: 16Mi\n", ""), "00110"),
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
        assert_eq!(done(name, &changed(name, &[change])), expected, "{name}: {change:?}");
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
        let text = changed(name, changes);
        assert!(named(name).lesson.progress_of_text(&text).is_done(), "{name}: {} {changes:?}", done(name, &text));
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
        assert_eq!(done(name, &changed(name, &[change])), expected, "{name}: {change:?}");
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
        let text = changed(name, changes);
        assert!(named(name).lesson.progress_of_text(&text).is_done(), "{name}: {} {changes:?}", done(name, &text));
    }
}

/// What stands between the fences of this kind in the page for authors.
fn examples(kind: &str) -> String {
    let page = include_str!("../../../docs/LESSONS.md");
    page.split(&format!("```{kind}\n")).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_example_of_the_page_for_authors_works() {
    let problems: Vec<_> = Lesson::read(&examples("yaml")).map(|lesson| check(&lesson)).unwrap();
    assert_eq!(problems, []);
}

#[test]
fn the_checks_of_the_page_for_authors_mean_something() {
    let examples = examples("cel");
    let text: Vec<_> = examples.lines().filter(|line| !line.starts_with("//")).collect();
    let checks = text.join("\n").replace("Always\")\n", "Always\")\n\n").replace("restartPolicy))\n", "restartPolicy))\n\n");
    let checks: Vec<_> = checks.split("\n\n").filter(|check| !check.trim().is_empty()).collect();
    assert_eq!(checks.len(), 11);
    for check in checks {
        assert_eq!(Expression::new(check).error(), None, "{check}");
    }
}
