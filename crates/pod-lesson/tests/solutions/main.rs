//! Solutions of the lessons that come with the program: right ones are taken, and near misses are not.

mod near_miss;
mod otherwise;
mod program;
mod right;
mod volume;

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
