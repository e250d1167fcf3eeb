use proptest::prelude::*;

use super::*;

const SMALL: &str = "title: A title
task: |
  What it is about.

  More.
start: |
  kind: Pod
steps:
  - do: Name it `a`.
    hints: It is a field.
    check: object.metadata.name == 'a'
  - do: Let it work.
    silent: [nobody-writes, start-race]
    accepted: true
try:
  - command: kubectl get pods
    shows: All.
breaks: Nothing.
";

/// Every problem of `text`, as people read it.
fn problems(text: &str) -> Vec<String> {
    Lesson::read(text).map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[test]
fn a_lesson_is_read() {
    let lesson = Lesson::read(SMALL).unwrap();
    assert_eq!((lesson.title.as_str(), lesson.task.as_str()), ("A title", "What it is about.\n\nMore."));
    assert_eq!((lesson.start.as_str(), lesson.summary()), ("kind: Pod\n", "What it is about."));
    assert_eq!(lesson.steps[0].hints, ["It is a field."]);
    assert_eq!(lesson.steps[0].conditions().count(), 1);
    assert_eq!(lesson.steps[1].conditions().count(), 3);
    assert_eq!(lesson.trials, [Trial { command: "kubectl get pods".into(), shows: "All.".into() }]);
    assert_eq!((lesson.breaks.as_deref(), lesson.note, lesson.finished, lesson.language), (Some("Nothing."), None, None, None));
}

#[test]
fn everything_that_is_wrong_is_told_at_its_place() {
    let text = "titel: A title
task: [a]
start: 1
language: Deutsch
steps:
  - do: true
    chek: a
  - hints: [1, b]
    silent: {}
    accepted: yes please
  - x
try: a
task: b
";
    assert_eq!(
        problems(text),
        [
            "line 1, column 1: `titel` is no key here; perhaps `title` is meant",
            "line 1, column 1: `title` is missing",
            "line 3, column 8: `start` must be a text: put it into quotes",
            "line 4, column 11: `language` is a tag such as `de` or `pt-BR`",
            "line 6, column 5: the step does not say when it is done: give it a `check`, `silent: RULE` or `accepted: true`",
            "line 6, column 9: `do` must be a text: put it into quotes",
            "line 7, column 5: `chek` is no key here; perhaps `check` is meant",
            "line 8, column 5: `do` is missing",
            "line 8, column 13: `hints` must be a text: put it into quotes",
            "line 9, column 13: `silent` must be a list, each item behind a `-`, and not keys of its own",
            "line 10, column 15: `accepted` can only be `true`: Kubernetes takes the manifest",
            "line 11, column 5: expected keys here, such as `do:`, and not a text",
            "line 12, column 6: `try` must be a list, each item behind a `-`, and not a text",
            "line 13, column 1: `task` is there twice",
        ]
    );
}

#[test]
fn what_is_no_lesson_at_all_is_told() {
    assert_eq!(problems(""), ["line 1, column 1: the lesson is empty"]);
    assert_eq!(problems("- a"), ["line 1, column 1: expected keys here, such as `title:`, and not a list"]);
    assert_eq!(problems("title: 'a"), ["line 1, column 8: the quote that opens here is never closed"]);
    assert_eq!(
        problems(&format!("{SMALL}---\na: b\n")),
        ["line 20, column 1: a lesson is one YAML document: here begins another one, behind `---`"]
    );
    assert_eq!(problems(&format!("{SMALL}...\na: b\n")).len(), 1);
    assert_eq!(problems(&"a".repeat(MAX_LESSON_BYTES + 1)), ["line 1, column 1: the lesson is larger than 128 KiB"]);
    assert_eq!(problems("title: a\ntask: b\nstart: c\nsteps: []\n"), ["line 4, column 8: a lesson has at least one step"]);
    assert_eq!(
        problems("title: a\ntask: b\n"),
        [
            "line 1, column 1: `start` is missing: the text of the manifest to start from",
            "line 1, column 1: `steps` is missing: what to do, one after the other",
        ]
    );
}

#[test]
fn a_second_document_is_told_at_its_place_even_where_it_cannot_be_read() {
    let said = problems(&format!("{SMALL}---\na: [\n"));
    assert_eq!(said, ["line 20, column 4: a lesson is one YAML document: here begins another one, behind `---`"]);
}

#[test]
fn a_manifest_in_keys_is_told_how_to_be_written() {
    let said = problems(&SMALL.replace("start: |", "start:"));
    assert_eq!(
        said,
        ["line 7, column 3: `start` must be the text of the manifest: write `start: |`, and the manifest below it, indented"]
    );
}

#[test]
fn what_is_empty_is_told() {
    let said =
        problems(&SMALL.replace("hints: It is a field.", "hints: [a, ' ']").replace("[nobody-writes, start-race]", "[a, '']"));
    assert_eq!(said, ["line 10, column 16: an item of `hints` is empty", "line 13, column 17: an item of `silent` is empty"]);
}

#[test]
fn a_step_that_asks_for_nothing_does_not_say_when_it_is_done() {
    let nothing = "the step does not say when it is done: give it a `check`, `silent: RULE` or `accepted: true`";
    for empty in ["silent: []", "check:", "accepted: ~", "silent:"] {
        let said = problems(&SMALL.replace("check: object.metadata.name == 'a'", empty));
        assert_eq!(said, [format!("line 9, column 5: {nothing}")], "{empty}");
    }
}

#[test]
fn steps_that_are_no_list_are_told_once() {
    let said = problems("title: a\ntask: b\nstart: c\nsteps: do it\n");
    assert_eq!(said, ["line 4, column 8: `steps` must be a list, each item behind a `-`, and not a text"]);
}

#[test]
fn too_large_and_too_many_are_told() {
    let text = format!(
        "title: {}\ntask: ' '\nstart: {}\nsteps:\n{}try:\n{}",
        "a".repeat(MAX_TITLE + 1),
        "a".repeat(MAX_MANIFEST_BYTES + 1),
        "  - {do: a, check: b, hints: [a, a, a, a, a, a]}\n".repeat(MAX_STEPS + 1),
        "  - {command: a, shows: b}\n".repeat(MAX_TRIALS + 1),
    );
    let found = problems(&text);
    for expected in [
        "line 1, column 8: `title` is longer than 200 bytes",
        "line 2, column 7: `task` is empty",
        "line 3, column 8: `start` is longer than 65536 bytes",
        "line 5, column 46: `hints` has more than 5 items",
        "line 25, column 5: `steps` has more than 20 items",
        "line 47, column 5: `try` has more than 20 items",
    ] {
        assert!(found.iter().any(|problem| problem == expected), "{expected}: {found:#?}");
    }
}

#[test]
fn so_many_problems_are_told_and_no_more() {
    let keys = (0..1_000).map(|index| format!("k{index}: a\n")).collect::<Vec<_>>().concat();
    assert_eq!(problems(&keys).len(), crate::MAX_PROBLEMS);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}|[a-z:\\- \n'\"|>&*!{}\\[\\],#]{0,200}") {
        let _ = Lesson::read(&text);
    }

    #[test]
    fn no_lesson_with_lines_cut_out_or_mixed_up_panics(lines in prop::collection::vec(0..20_usize, 0..30), cut in 0..400_usize) {
        let known: Vec<_> = SMALL.lines().collect();
        let mixed: Vec<_> = lines.iter().filter_map(|line| known.get(*line)).flat_map(|line| [*line, "\n"]).collect();
        for text in [mixed.concat().as_str(), SMALL.get(..cut.min(SMALL.len())).unwrap_or_default()] {
            let crate::Review { lesson, problems } = crate::review(text);
            let read = Lesson::read(text);
            prop_assert_eq!(lesson.is_some(), read.is_ok());
            prop_assert!(read.err().unwrap_or_default().iter().all(|problem| problems.contains(problem)));
        }
    }
}

#[test]
fn a_key_that_is_there_is_not_meant_by_another_one() {
    let step = |keys: &str| format!("title: A\ntask: B\nstart: C\nsteps:\n  - do: D\n{keys}");
    for (keys, expected) in [
        ("    checks: x\n    accepted: true\n", "line 6, column 5: `checks` is no key here; perhaps `check` is meant"),
        (
            "    check: x\n    checks: x\n",
            "line 7, column 5: `checks` is no key here; there are `do`, `hints`, `check`, `silent` and `accepted`",
        ),
        (
            "    accepted: true\nstep: x\n",
            "line 7, column 1: `step` is no key here; there are `title`, `summary`, `language`, `task`, `start`, `steps`, \
          `finished`, `try`, `breaks` and `note`",
        ),
    ] {
        assert_eq!(problems(&step(keys)), [expected]);
    }
    let steps = step("    accepted: true\n").replace("steps:", "step:");
    assert!(problems(&steps).contains(&"line 4, column 1: `step` is no key here; perhaps `steps` is meant".to_owned()));
}
