//! The lessons that come with the program: each works, and takes any right solution.

use std::path::Path;

use kube_dry_run::{Severity, Stage, Verdict, judge, yaml};
use pod_lesson::{BuiltIn, Outcome, check, lessons};
use serde_json::Value;

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
    for BuiltIn { name, source, .. } in lessons() {
        let problems: Vec<_> = check(source).iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

#[test]
fn nothing_is_done_at_the_start_and_everything_at_the_end() {
    for built_in @ BuiltIn { name, lesson, .. } in lessons() {
        let start = lesson.progress_of_text(&lesson.start);
        assert!(start.steps.iter().all(|outcome| *outcome == Outcome::Open), "{name}: {start:?}");
        assert!((3..=5).contains(&lesson.steps.len()), "{name}");
        let finished = lesson.progress_of_text(built_in.finished());
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
