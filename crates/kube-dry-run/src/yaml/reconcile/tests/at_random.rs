//! Random edits of many texts: the result always means the new tree, and the lines that an edit does not concern stay.

use std::path::{Path as FilePath, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::Value;

use super::random::Random;
use super::{edits, lines, nasty};
use crate::yaml::reconcile::{reconcile, verify};
use crate::yaml::{Parsed, documents, write};

/// What random edits came to.
#[derive(Default)]
struct Tally {
    edits: usize,
    /// What was said of those that laid a block out anew.
    anew: Vec<String>,
    /// The same of those that lost a line that they did not concern.
    lost: Vec<String>,
    times: Vec<Duration>,
}

impl Tally {
    /// Makes `count` random edits of every document of `text`, each of the original.
    fn try_edits(&mut self, text: &str, count: usize, random: &mut Random) {
        let read = read(text);
        for index in 0..read.len() {
            for _ in 0..count {
                self.try_edit(text, &read, index, random);
            }
        }
    }

    /// Makes a random edit of one of the documents of `text`, and gives the text that came of it.
    fn try_edit(&mut self, text: &str, read: &[Parsed], index: usize, random: &mut Random) -> Option<String> {
        let document = &read[index];
        let mut new = document.value.clone();
        let edit = edits::edit(&mut new, random)?;
        if verify::is_same(&document.value, &new) {
            return None;
        }
        let begin = Instant::now();
        let done = reconcile(text, document, &new).unwrap_or_else(|error| panic!("{edit:?} of\n{text}\n{error}"));
        self.times.push(begin.elapsed());
        self.edits += 1;
        let said = |what: &str| format!("{edit:?} of\n{text}\n{what}\n{}", done.text);
        assert!(verify::is_same(&done.document.value, &new), "{}", said("is said to give"));
        assert!(has_documents(&done.text, read, index, &new), "{}", said("gave"));
        if may_move_lines(&edit, text) {
            return Some(done.text);
        }
        if let Some(place) = &done.anew {
            self.anew.push(said(&format!("laid {place} out anew")));
        } else if let Some(line) = lines::lost_line(text, &document.origin.syntax(text).unwrap(), &edit, &done.text) {
            self.lost.push(said(&format!("lost {line:?}")));
        }
        Some(done.text)
    }
}

/// True of an edit that may change lines that it is not about: what is moved out of the reach of an anchor is written anew, and
/// the kind decides in which order fields stand.
fn may_move_lines(edit: &edits::Edit, text: &str) -> bool {
    match edit {
        edits::Edit::Transfer(..) => text.contains('&'),
        edits::Edit::Set(field) => field.to_string() == "kind",
        _ => false,
    }
}

/// True if `text` has the documents `before`, but for the one with the `index`, which is `new` there.
fn has_documents(text: &str, before: &[Parsed], index: usize, new: &Value) -> bool {
    let found = read(text);
    let meant = |other: usize| if other == index { new } else { &before[other].value };
    found.len() == before.len() && found.iter().enumerate().all(|(other, found)| verify::is_same(&found.value, meant(other)))
}

fn read(text: &str) -> Vec<Parsed> {
    documents(text).filter_map(Result::ok).collect()
}

/// All manifests of the tree.
fn manifests() -> Vec<String> {
    let crate_folder = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let folder = crate_folder.join("tests/manifests");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn manifests_change_in_the_lines_that_an_edit_concerns() {
    let (mut random, mut tally) = (Random::new(1), Tally::default());
    for text in manifests() {
        tally.try_edits(&text, 10, &mut random);
    }
    assert!(tally.edits > 600);
    assert_eq!((tally.anew.first(), tally.lost.first()), (None, None));
}

#[test]
fn thirty_edits_in_a_row_lose_nothing() {
    let (mut random, mut tally) = (Random::new(2), Tally::default());
    for mut text in manifests() {
        for _ in 0..30 {
            let read = read(&text);
            let Some(index) = (!read.is_empty()).then(|| random.below(read.len())) else { break };
            text = tally.try_edit(&text, &read, index, &mut random).unwrap_or(text);
        }
    }
    assert!(tally.edits > 1_000);
    assert_eq!(tally.anew.first(), None);
    assert_eq!(tally.lost.first(), None);
}

#[test]
fn manifests_as_written_stay_so() {
    let (mut random, mut tally) = (Random::new(3), Tally::default());
    for text in manifests() {
        let Some(document) = read(&text).into_iter().next() else { continue };
        let mut text = write(&document.value).text;
        for _ in 0..5 {
            let read = read(&text);
            if let (Some(parsed), Some(changed)) = (read.first(), tally.try_edit(&text, &read, 0, &mut random)) {
                let again = self::read(&changed);
                assert_eq!(changed, write(&again[0].value).text, "{}", parsed.value);
                text = changed;
            }
        }
    }
    assert!(tally.edits > 100);
}

#[test]
fn nasty_texts_mean_what_they_should() {
    let (mut random, mut tally) = (Random::new(4), Tally::default());
    for text in nasty::TEXTS {
        tally.try_edits(text, 60, &mut random);
    }
    assert!(tally.edits > 2_000);
    // Line breaks that are none of an editor's are the only reason.
    let is_usual = |said: &&String| !said.contains(['\u{85}', '\u{2028}']);
    assert_eq!((tally.anew.iter().find(is_usual), tally.lost.iter().find(is_usual)), (None, None));
}

/// Says how other people's manifests fare, which a file has as JSON objects with a `manifest`, one a line:
/// `PODWEAVE_MANIFESTS=FILE cargo test --release -p kube-dry-run real_manifests -- --ignored --nocapture`.
#[test]
#[ignore = "wants a file of manifests"]
#[expect(clippy::print_stdout, reason = "it is there for what it prints")]
fn real_manifests() {
    let (mut random, mut tally) = (Random::new(5), Tally::default());
    let file = fs::read_to_string(env::var("PODWEAVE_MANIFESTS").unwrap()).unwrap();
    for line in file.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        tally.try_edits(line["manifest"].as_str().unwrap(), 15, &mut random);
    }
    tally.times.sort();
    let time = |share: usize| tally.times[(tally.times.len() - 1) * share / 100];
    println!(
        "{} edits mean what they should; {} laid a block out anew, {} lost a line that they did not concern",
        tally.edits,
        tally.anew.len(),
        tally.lost.len()
    );
    println!("median {:?}, p99 {:?}, longest {:?}", time(50), time(99), time(100));
    tally.anew.iter().chain(&tally.lost).for_each(|said| println!("\n{said}"));
}
