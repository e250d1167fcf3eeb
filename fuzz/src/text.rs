//! Text, read and judged.

use std::collections::HashSet;

use kube_dry_run::inspection::{Lines, inspect};
use kube_dry_run::yaml;
use kube_dry_run::{self as kubernetes, Finding, Judgement, Rule, Severity, Verdict};

/// Reads `text` and judges every document in it: mistakes stand at a place in the text, a judgement gives the reasons for its
/// verdict, and a document that is written as JSON is the same document.
pub fn decoder(text: &str) {
    for document in yaml::documents(text) {
        match document {
            Ok(parsed) => {
                check_judgement(&kubernetes::judge_parsed(&parsed));
                check_duplicates(&parsed, text);
                check_json(&parsed.value);
            }
            Err(error) => {
                assert!(is_in(text, error.line, error.column), "{error} is not a place of the text");
                assert!(!error.message.is_empty());
            }
        }
    }
    check_inspection(text);
}

/// What is found stands at a place of the text, in the order of the text unless it follows from something or is of what nobody
/// reads, what comes later behind the rest, and gives the reason for a refusal.
fn check_inspection(text: &str) {
    let lines = Lines::new(text.to_owned());
    for inspection in inspect(&lines) {
        let findings = &inspection.findings;
        assert!(!inspection.verdict.is_refusal() || inspection.count(Severity::Error) > 0, "{inspection:?}");
        assert!(findings.is_sorted_by_key(|finding| finding.later), "{findings:?}");
        for is_later in [false, true] {
            let has_order = |finding: &&Finding| finding.caused_by.is_none() && finding.rule != Rule::UNREAD;
            let own = findings.iter().filter(|finding| finding.later == is_later).filter(has_order);
            assert!(own.is_sorted_by_key(|finding| finding.mark.map(|mark| (mark.line, mark.column))), "{findings:?}");
        }
        for finding in findings {
            check_finding(text, finding);
        }
    }
}

fn check_finding(text: &str, finding: &Finding) {
    let mark = finding.mark.unwrap_or_else(|| panic!("{finding:?} has no place"));
    assert!(is_in(text, mark.line, mark.column), "{finding:?} is not a place of the text");
    assert!(mark.end_column > mark.column, "{finding:?}");
    assert!(!finding.message.is_empty(), "{finding:?}");
}

/// The reasons of `judgement` are those of its verdict, and there is at least one where it refuses.
pub fn check_judgement(judgement: &Judgement) {
    let is_of = |finding: &Finding| match finding.rule {
        Rule::TOO_MUCH => Verdict::TooMuch,
        Rule::KIND => Verdict::ClientError,
        Rule::DECODE => Verdict::DecodeError,
        Rule::UNKNOWN_FIELD | Rule::DUPLICATE_FIELD => Verdict::StrictError,
        Rule::TOO_LARGE | Rule::ADMISSION | Rule::STORAGE => Verdict::Forbidden,
        Rule::NOT_JUDGED => Verdict::NotJudged,
        Rule::WARNING => Verdict::Accepted,
        _ => Verdict::Invalid,
    };
    let mut reasons = judgement.findings.iter().filter(|finding| !finding.later).peekable();
    assert!(!judgement.verdict.is_refusal() || reasons.peek().is_some(), "{judgement:?}");
    assert!(reasons.all(|finding| is_of(finding) == judgement.verdict), "{judgement:?}");
    assert!(judgement.verdict.is_refusal() || judgement.findings.iter().all(|finding| !finding.later), "{judgement:?}");
    let fields: HashSet<_> = judgement.findings.iter().map(|finding| &finding.field).collect();
    assert!(judgement.findings.iter().all(|one| one.caused_by.as_ref().is_none_or(|cause| fields.contains(cause))));
}

fn check_duplicates(parsed: &yaml::Parsed, text: &str) {
    for duplicate in &parsed.duplicates {
        assert!(is_in(text, duplicate.position.line, duplicate.position.column), "{duplicate:?} is not a place of the text");
    }
}

fn check_json(value: &serde_json::Value) {
    let json: String = value.to_string().chars().map(escaped).collect();
    let read: Vec<_> = yaml::documents(&json).collect();
    let [Ok(parsed)] = read.as_slice() else { panic!("{value} is read as {read:?}") };
    assert_eq!(&parsed.value, value);
}

/// JSON takes some characters in a text that YAML wants as an escape.
fn escaped(character: char) -> String {
    match character {
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => format!("\\u{:04x}", u32::from(character)),
        other => other.into(),
    }
}

fn is_in(text: &str, line: usize, column: usize) -> bool {
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
    (1..=lines + 1).contains(&line) && (1..=text.chars().count() + 1).contains(&column)
}
