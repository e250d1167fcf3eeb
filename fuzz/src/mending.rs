//! A manifest, through everything that helps with it: fixes, comments for learners, what happens to the data.

use std::collections::HashSet;

use kube_dry_run::{mended, yaml};
use pod_advice::what_happens;
use podweave::document::{Comments, Edit, File, Path};
use podweave::pipeline::report;
use podweave::report::Shown;
use serde_json::Value;

/// As many documents of a text are looked at.
const DOCUMENTS: usize = 3;

/// As many fixes and events of a document are tried.
const TRIED: usize = 12;

/// Makes everything that is offered for the first documents of `text`, and for the text itself if it cannot be read.
pub fn mending(text: &str) {
    if let Some(mended) = mended(text) {
        assert!(yaml::documents(&mended.text).all(|document| document.is_ok()), "{}: {:?}", mended.title, mended.text);
    }
    for file in (0..DOCUMENTS).filter_map(|place| File::open(text.to_owned(), Some(place)).ok()) {
        check_fixes(&file);
        check_all_fixes(&file);
        check_comments(&file);
        check_events(&file);
    }
}

/// A fix is what its button makes. The page has one button for what a rule says at a place.
fn check_fixes(file: &File) {
    let report = report(file);
    let mut tried = HashSet::new();
    for Shown { finding, .. } in report.findings.iter().chain(&report.notes).take(TRIED) {
        let Some(fix) = &finding.fix else { continue };
        let is_named = finding.place.to_string().parse::<Path>().is_ok_and(|read| read == finding.place);
        if !is_named || !tried.insert((finding.rule, &finding.place)) {
            continue;
        }
        let mut expected: Value = file.document().value().clone();
        assert!(fix.apply(&mut expected).is_ok(), "{}: {fix:?} cannot be made", finding.rule);
        let button = Edit::Fix(finding.rule.id().to_owned(), finding.place.clone()).to_string();
        let Ok(edit) = button.parse::<Edit>() else { panic!("{button:?} is no edit") };
        match edit.apply(file.document()) {
            Ok(applied) => assert_eq!(applied.document.value(), &expected, "{button}"),
            Err(error) => panic!("{button}: {error}"),
        }
    }
}

/// Once all safe fixes are made there is none left, and what was accepted still is.
fn check_all_fixes(file: &File) {
    let Ok(fixed) = Edit::FixAll.apply(file.document()) else { return };
    let Ok(fixed) = file.with(&fixed.document) else { return };
    let (before, after) = (report(file), report(&fixed));
    assert!(before.outcome.verdict.is_refusal() || !after.outcome.verdict.is_refusal(), "{}", fixed.text());
    if let Ok(again) = Edit::FixAll.apply(fixed.document()) {
        assert_eq!(&again.document, fixed.document(), "{}", fixed.text());
    }
}

/// Comments for learners change no meaning, and come out again.
fn check_comments(file: &File) {
    let text = file.text().to_owned();
    let Ok(commented) = file.clone().with_comments(Comments::Add) else { return };
    assert_eq!(commented.document().value(), file.document().value(), "{}", commented.text());
    if Comments::next_for(&text) == Comments::Add {
        let Ok(bare) = commented.with_comments(Comments::Remove) else { panic!("comments do not come out of {text}") };
        assert_eq!(bare.text(), text);
    }
}

/// What happens is told for every volume.
fn check_events(file: &File) {
    let document = file.document().value();
    for event in report(file).events.iter().take(TRIED) {
        let outcome = what_happens(document, event);
        assert!(!outcome.summary.is_empty(), "{event:?}");
        assert_eq!(event.id().parse().as_ref(), Ok(event));
    }
}
