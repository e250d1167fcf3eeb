//! `podweave lesson`.

use pod_lesson::lessons;
use podweave::document::link;

use super::{folder, left, podweave, podweave_reads, program};

#[test]
fn lessons_that_come_with_the_program_work() {
    let files: Vec<_> = lessons().iter().map(|lesson| (format!("{}.yaml", lesson.name), lesson.source)).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&files);
    let answer = program(&["lesson", "check", "."]).current_dir(&folder).output().unwrap();
    assert_eq!(left(&answer), format!("exit status 0\n{0} lessons: {0} work, 0 do not\n", lessons().len()));
}

#[test]
fn what_is_wrong_with_a_lesson_is_told_with_its_place() {
    let text = lessons()[0].source.replace("check: has(", "check: had(").replace("title:", "titel:");
    insta::assert_snapshot!(left(&podweave_reads(&["lesson", "check", "-"], text)));
    let text = lessons()[0].source.replace("check: has(", "check: had(");
    insta::assert_snapshot!(left(&podweave_reads(&["lesson", "check"], text)));
}

#[test]
fn a_lesson_has_a_link() {
    let source = lessons()[0].source;
    let answer = podweave_reads(&["lesson", "link", "--base", "https://example.org", "-"], source);
    assert_eq!(left(&answer), format!("exit status 0\nhttps://example.org/l/{}\n", link::encode(source).unwrap()));
    let refused = left(&podweave_reads(&["lesson", "link", "-"], "kind: Pod\n"));
    assert!(refused.starts_with("exit status 1\n--- stderr ---\npodweave: -:1:1: "), "{refused}");
    assert_eq!(podweave(&["lesson", "check", "no.yaml"]).status.code(), Some(2));
}

#[test]
fn a_lesson_that_fits_into_no_link_does_not_work() {
    let mut number = 1_u64;
    let noise: String = std::iter::repeat_with(|| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from((number >> 40) % 26).unwrap())
    })
    .take(60_000)
    .collect();
    let source = lessons()[0].source.replace("start: |\n", &format!("start: |\n  # {noise}\n"));
    let checked = left(&podweave_reads(&["lesson", "check", "-"], source));
    assert!(checked.starts_with("exit status 1\n-: error: it fits into no link: "), "{checked}");
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let bytes = [lessons()[0].source.as_bytes(), b"# \xff\n"].concat();
    let checked = left(&podweave_reads(&["lesson", "check", "-"], &bytes));
    assert!(checked.starts_with("exit status 1\n-: error: ") && checked.ends_with("1 lesson: 0 work, 1 does not\n"), "{checked}");
    let link = left(&podweave_reads(&["lesson", "link", "-"], &bytes));
    assert!(link.starts_with("exit status 1\n--- stderr ---\npodweave: -: "), "{link}");
}
