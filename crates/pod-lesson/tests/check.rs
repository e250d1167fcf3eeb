//! What is said to the author of a lesson, and where.

use pod_lesson::{Lesson, Outcome, check};

/// What is said of the lesson `text`, each with its severity.
fn said(text: &str) -> Vec<String> {
    check(text).iter().map(|problem| format!("{}: {problem}", problem.severity.word())).collect()
}

const POD: &str = "
  apiVersion: v1
  kind: Pod
  metadata:
    name: a
  spec:
    containers:
      - name: a
        image: nginx:1.29
        resources:
          limits:
            memory: 64Mi
            ephemeral-storage: 1Gi
";

/// A lesson that starts with [`POD`], with these steps and what follows them.
fn lesson(steps: &str) -> String {
    format!("title: A\ntask: B\nstart: |{POD}steps:\n{steps}")
}

#[test]
fn checks_that_mean_nothing_and_rules_that_are_none_are_errors() {
    let steps = "  - do: A
    check: object.kind ==
  - do: B
    silent: [nobody-writes, nobody-reads]
  - do: C
    check: |
      object.kind == 'Job'
";
    assert_eq!(said(&(lesson(steps) + "finished: |" + POD)).len(), 3, "those, and step 3, which is not done");
    assert_eq!(
        said(&lesson(steps)),
        [
            "error: line 18, column 12: the check is no CEL expression: it ends where something must follow",
            "error: line 20, column 29: there is no rule called `nobody-reads`; the page /rules lists them",
        ]
    );
}

#[test]
fn all_is_told_at_once_of_a_text_that_is_no_lesson_yet() {
    let steps = "  - do: A
    chek: has(object.spec)
    check: object.kind ==
  - do: B
    check: object.kind == 'Pod'
    silent: {}
  - x
  - do: C
    hint: D
    silent: [nobody-writes, nobody-reads]
  - do: D
    check: object.kind == 'Pod'
finished: |
  kind: [
";
    assert_eq!(
        said(&lesson(steps).replace("task: B", "taks: B")),
        [
            "error: line 1, column 1: `task` is missing",
            "error: line 2, column 1: `taks` is no key here; perhaps `task` is meant",
            "error: line 18, column 5: `chek` is no key here; there are `do`, `hints`, `check`, `silent` and `accepted`",
            "error: line 19, column 12: the check is no CEL expression: it ends where something must follow",
            "error: line 22, column 13: `silent` must be a list, each item behind a `-`, and not keys of its own",
            "error: line 23, column 5: expected keys here, such as `do:`, and not a text",
            "error: line 25, column 5: `hint` is no key here; perhaps `hints` is meant",
            "error: line 26, column 29: there is no rule called `nobody-reads`; the page /rules lists them",
            "warning: line 27, column 5: step 5 is done at the start already",
            "error: line 29, column 1: `finished` cannot be read: in its line 1, column 7: the bracket that opens here is never closed",
        ]
    );
    let nothing = "error: line 1, column 1: `steps` is missing: what to do, one after the other";
    assert_eq!(said(&format!("title: A\ntask: B\nstart: |{POD}")), [nothing]);
}

#[test]
fn checks_that_ask_for_nothing_are_warned_of() {
    let steps = "  - do: A
    check: \"true\"
  - do: B
    check: \"['object', 'a'].exists(object, object == 'a')\"
  - do: C
    check: \"'object.kind' != ''\"
  - do: D
    check: has(object.spec.nodeName)
";
    let said = said(&lesson(steps));
    let constant: Vec<_> = said.iter().filter(|line| line.ends_with("it asks for nothing of `object`")).collect();
    assert_eq!(constant.len(), 3, "{said:?}");
    assert!(constant.iter().all(|line| line.starts_with("warning: ")), "{said:?}");
}

#[test]
fn what_is_done_or_has_no_answer_at_the_start_is_told() {
    let steps = "  - do: A
    check: object.kind == 'Pod'
  - do: B
    check: object.spec.nodeName == 'x'
  - do: C
    check: object.kind.x == 1
  - do: D
    silent: nobody-writes
    accepted: true
";
    assert_eq!(
        said(&lesson(steps)),
        [
            "warning: line 17, column 5: step 1 is done at the start already",
            "advice: line 20, column 12: at the start this check ends at `nodeName`, which is not there, and counts as not done: `has(…)` before it would say so",
            "warning: line 22, column 12: at the start this check has no answer, and counts as not done: a string has no field `x`",
            "warning: line 23, column 5: step 4 is done at the start already",
        ]
    );
    assert_eq!(
        said(&lesson("  - do: A\n    accepted: true\n")),
        ["error: line 16, column 1: all steps are done at the start: there is nothing to learn"]
    );
}

#[test]
fn steps_that_are_not_done_at_the_end_are_errors() {
    let steps = format!(
        "  - do: A\n    check: object.metadata.name == 'b'\n  - do: B\n    check: object.spec.nodeName == 'c' || false\nfinished: |{}",
        POD.replace("name: a", "name: b")
    );
    assert_eq!(
        said(&lesson(&steps)),
        [
            "error: line 20, column 12: step 2 is not done in `finished`: it asks for `nodeName`, which is not there, so ask with `has(…)` first",
            "advice: line 20, column 12: at the start this check ends at `nodeName`, which is not there, and counts as not done: `has(…)` before it would say so",
        ]
    );
}

#[test]
fn what_kubernetes_and_the_rules_say_of_the_end_is_told() {
    let step = "  - do: A\n    check: object.metadata.name == 'b'\nfinished: |";
    let refused = said(&lesson(&format!("{step}{}", POD.replace("name: a", "name: b").replace("image: ", "imag: "))));
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].starts_with("error: line 19, column 1: Kubernetes does not accept `finished`: "), "{refused:?}");
    let pod = POD.replace("name: a", "name: b").replace("nginx:1.29", "alpine:3.22");
    let advised = said(&lesson(&format!("{step}{pod}")));
    assert_eq!(advised.len(), 1, "{advised:?}");
    assert!(advised[0].starts_with("warning: line 19, column 1: `shell-exits-at-once` says of `finished`: "), "{advised:?}");
    assert_eq!(said(&lesson(&format!("{step}{pod}note: It is meant.\n"))), advised);
    assert_eq!(said(&lesson(&format!("{step}{pod}note: That is `shell-exits-at-once`.\n"))), Vec::<String>::new());
}

#[test]
fn a_step_that_asks_for_the_same_as_another_one_is_warned_of() {
    let steps = "  - do: A
    check: object.metadata.name == 'b'
  - do: B
    check: object.metadata.name == 'b'
    accepted: true
  - do: C
    check: >
      object.metadata.name == 'b'
  - do: D
    check:
  - do: E
    check:
";
    let said = said(&lesson(steps));
    let twins: Vec<_> = said.iter().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(twins, ["warning: line 22, column 5: step 3 asks for the same as step 1: both are done at once"]);
}

#[test]
fn a_lesson_without_its_end_is_advised_to_have_one() {
    let step = "  - do: A\n    check: object.metadata.name == 'b'\n";
    let advice = "advice: line 16, column 1: nothing has tried whether the steps can be done: give the lesson a `finished`, the \
                  manifest at the end";
    assert_eq!(said(&lesson(step)), [advice]);
    assert_eq!(said(&format!("{}finished: |{}", lesson(step), POD.replace("name: a", "name: b"))), Vec::<String>::new());
}

#[test]
fn a_kind_that_is_not_judged_is_not_called_refused() {
    let service = "\n  apiVersion: v1\n  kind: Service\n  metadata:\n    name: b\n";
    let text = format!(
        "title: A\ntask: B\nstart: |{}steps:\n  - do: A\n    check: object.metadata.name == 'b'\nfinished: |{service}",
        service.replace("name: b", "name: a")
    );
    let said = said(&text);
    assert_eq!(said.len(), 2, "{said:?}");
    for (said, expected) in
        said.iter().zip(["line 3, column 1: nothing is said of `start`", "line 11, column 1: nothing is said of `finished`"])
    {
        assert!(said.starts_with(&format!("warning: {expected}: this kind is not judged")), "{said}");
    }
}

#[test]
fn manifests_that_cannot_be_read_are_errors() {
    let step = "steps:\n  - do: A\n    check: has(object.x)\n";
    assert_eq!(
        said(&format!("title: A\ntask: B\nstart: 'a: ['\n{step}")),
        ["error: line 3, column 1: `start` cannot be read: in its line 1, column 4: the bracket that opens here is never closed"]
    );
    assert_eq!(
        said(&format!("title: A\ntask: B\nstart: '# nothing'\n{step}")),
        ["error: line 3, column 1: `start` has no manifest in it"]
    );
    for text in ["hello", "'- a'", "'3'"] {
        assert_eq!(
            said(&format!("title: A\ntask: B\nstart: {text}\n{step}")),
            ["error: line 3, column 1: `start` is no manifest: that has keys, such as `kind: Pod`"]
        );
    }
}

/// The editor opens the Pod in a list, and so does a check.
#[test]
fn a_pod_in_a_list_is_what_a_lesson_is_about() {
    let list = "apiVersion: v1\nkind: List\nitems:\n- {kind: Service, apiVersion: v1}\n- {kind: Pod, apiVersion: v1, metadata: {name: a}, spec: {containers: []}}\n";
    let lesson = Lesson::read(&lesson("  - do: A\n    check: object.metadata.name == 'a' && object.kind == 'Pod'\n")).unwrap();
    assert_eq!(lesson.progress_of_text(list).steps, [Outcome::Done]);
}

#[test]
fn a_rule_that_is_silenced_is_not_silent() {
    let lesson = Lesson::read(&lesson("  - do: A\n    silent: shell-exits-at-once\n")).unwrap();
    let outcome = |text: &str| lesson.progress_of_text(text).steps[0].clone();
    let shell = POD.replace("nginx:1.29", "alpine:3.22");
    assert_eq!(outcome(POD), Outcome::Done);
    assert_eq!(outcome(&shell), Outcome::Open);
    assert_eq!(
        outcome(
            &shell.replace(
                "    name: a\n  spec",
                "    name: a\n    annotations: {podweave.dev/ignore: shell-exits-at-once}\n  spec"
            )
        ),
        Outcome::Open
    );
    assert_eq!(outcome("kind: Service\n"), Outcome::Open);
    assert_eq!(outcome(&format!("kind: Service\n---\n{POD}")), Outcome::Done);
}
