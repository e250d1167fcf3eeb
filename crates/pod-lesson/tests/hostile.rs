//! Lessons that would cost far more than there is, over manifests as large as a link carries.

use pod_lesson::expression::MAX_EXPRESSION_BYTES;
use pod_lesson::{Lesson, MAX_LESSON_BYTES, MAX_MANIFEST_BYTES, MAX_PROBLEMS, MAX_STEPS, Outcome, check};
use serde_json::{Value, json};

/// The text of a lesson whose steps all have this check.
fn text(check: &str) -> String {
    assert!(check.len() <= MAX_EXPRESSION_BYTES);
    let step = format!("  - do: It.\n    check: {}\n", json!(check));
    format!("title: Hostile\ntask: None.\nstart: 'kind: Pod'\nsteps:\n{}", step.repeat(MAX_STEPS))
}

fn lesson(check: &str) -> Lesson {
    Lesson::read(&text(check)).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A Pod of 256 KiB.
fn large() -> Value {
    let mounts: Vec<_> = (0..8).map(|index| json!({"name": format!("v{index}"), "mountPath": format!("/{index}")})).collect();
    let container = |index: usize| json!({"name": format!("c{index}"), "image": "a", "volumeMounts": mounts});
    let containers: Vec<_> = (0..700).map(container).collect();
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": containers}})
}

#[test]
fn every_step_of_a_hostile_lesson_has_an_outcome() {
    let manifest = large();
    for check in [
        "object.spec.containers.all(a, object.spec.containers.all(b, object.spec.containers.all(c, true)))",
        "object.spec.containers.all(a, object == object)",
        "object.spec.containers.map(a, [a, a]).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a) == []",
        "object.spec.containers.all(a, a.volumeMounts.all(m, m.mountPath.matches('([a-z]*/[0-9]*){20}b') || true))",
    ] {
        let progress = lesson(check).progress(&manifest);
        assert_eq!(progress.steps.len(), MAX_STEPS);
        for outcome in progress.steps {
            assert!(matches!(&outcome, Outcome::Failed(message) if message.contains("steps")), "{check}: {outcome:?}");
        }
    }
}

#[test]
fn the_steps_of_a_lesson_that_is_none_are_not_done() {
    let broken = lesson("object.");
    assert!(broken.progress(&large()).steps.iter().all(|outcome| matches!(outcome, Outcome::Failed(_))));
    assert_eq!(check(&text("object.")).len(), MAX_STEPS);
    let ordinary = lesson("object.spec.containers.exists(c, c.name == 'c699')");
    assert!(ordinary.progress(&large()).is_done());
    for nothing in [Value::Null, json!([]), json!("a"), json!({"spec": {"containers": 3}})] {
        assert!(ordinary.progress(&nothing).steps.iter().all(|outcome| *outcome == Outcome::Open), "{nothing}");
    }
    for text in ["", "a: [", "- a", "---\n---\n", "\u{0}"] {
        assert_eq!(ordinary.progress_of_text(text).done(), 0, "{text:?}");
    }
}

#[test]
fn the_largest_lessons_are_checked() {
    let line = "      - {name: a, image: b, volumeMounts: [{name: c, mountPath: /d}]}\n";
    let containers = line.repeat((MAX_MANIFEST_BYTES - 100) / line.len());
    let manifest = format!("|\n    apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n{containers}");
    let manifest = &manifest[..manifest.len().min(MAX_LESSON_BYTES / 2 - 2_000)];
    let manifest = &manifest[..=manifest.rfind('\n').unwrap()];
    let condition = "check: object.spec.containers.all(a, object.spec.containers.all(b, a.name == b.name))\n    silent: nobody-writes\n    accepted: true";
    let steps = format!("  - do: It.\n    {condition}\n").repeat(10);
    let text = format!("title: Large\ntask: None.\nstart: {manifest}finished: {manifest}steps:\n{steps}");
    let problems = check(&text);
    assert!((10..=MAX_PROBLEMS).contains(&problems.len()), "{}", problems.len());
}
