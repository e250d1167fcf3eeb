//! Inputs that once broke what must hold for any input. The targets in `fuzz` look for more of them.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test that says which input it tries")]

#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::fs;
use std::path::Path;

#[test]
fn text_is_read_and_judged() {
    for_each("decoder", |input| properties::decoder(&String::from_utf8_lossy(input)));
}

#[test]
fn codes_bring_back_what_they_were_made_of() {
    for_each("link", properties::link);
}

#[test]
fn what_is_offered_can_be_done() {
    for_each("mending", |input| properties::mending(&String::from_utf8_lossy(input)));
}

#[test]
fn manifests_survive_the_page() {
    for_each("pipeline", |input| properties::pipeline(&String::from_utf8_lossy(input)));
}

#[test]
fn texts_follow_their_trees() {
    for_each("reconcile", |input| properties::reconcile(&String::from_utf8_lossy(input)));
}

fn for_each(target: &str, property: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_regressions").join(target);
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        property(&fs::read(path).unwrap());
    }
}
