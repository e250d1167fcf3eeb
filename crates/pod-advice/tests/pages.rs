//! Every rule is tried on the examples of its page, on documents close to them that are right, and with its fixes.
//!
//! A page has two fenced blocks, a document on which the rule speaks and the same one mended; `silent/RULE.yaml` has documents
//! on which it must be silent, each under a comment that says why. What has no `kind` is the `spec` of a Pod.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kube_dry_run::{Finding, Severity, judge, yaml};
use pod_advice::{AdviceRule, RULES, advise};
use serde_json::{Value, json};

const SECTIONS: [&str; 5] = ["What it finds", "Why it matters", "Example", "Use instead", "Sources"];

/// What a fix may bring with it: an emptyDir and its limit are worth a word, and so is that a container may write into it now.
const NOTES: [&str; 4] = ["disk-limit-soft", "disk-unbounded", "eviction-bare-pod", "lifetime"];

fn document(text: &str) -> Value {
    let mut parsed = yaml::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(parsed.len(), 1, "{text}");
    whole(parsed.remove(0).value)
}

fn whole(value: Value) -> Value {
    if value.get("kind").is_some() {
        return value;
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "example"}, "spec": value})
}

/// The fenced blocks of a page: before and after.
fn examples(rule: &AdviceRule) -> (Value, Value) {
    let mut blocks = rule.page.split("```yaml\n").skip(1).map(|rest| document(rest.split("```").next().unwrap()));
    let (before, after) = (blocks.next(), blocks.next());
    assert!(before.is_some() && after.is_some() && blocks.next().is_none(), "{} has two examples", rule.id());
    (before.unwrap(), after.unwrap())
}

fn twins(rule: &AdviceRule) -> Vec<(String, Value)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/silent/{}.yaml", rule.id()));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let documents: Vec<_> = text.split("---\n").filter(|part| !part.trim().is_empty()).collect();
    assert!(documents.iter().all(|part| part.starts_with('#')), "{}: each document says why", rule.id());
    documents.into_iter().map(|part| (part.lines().next().unwrap().to_owned(), document(part))).collect()
}

fn of<'a>(rule: &AdviceRule, findings: &'a [Finding]) -> Vec<&'a Finding> {
    findings.iter().filter(|finding| finding.rule == rule.rule).collect()
}

/// How often each rule speaks about `document`, advice and the judge's.
fn counts(document: &Value) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let findings = advise(document).findings.into_iter().chain(judge(document).findings);
    findings.for_each(|finding| *counts.entry(finding.rule.id()).or_default() += 1);
    counts
}

#[test]
fn a_page_has_all_its_parts() {
    for rule in RULES {
        let page = rule.page;
        assert!(page.starts_with(&format!("# {}\n\n{}\n", rule.id(), rule.summary)), "{}", rule.id());
        let sections: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "{}", rule.id());
        assert!(page.rsplit("## Sources").next().unwrap().contains("* "), "{}", rule.id());
        examples(rule);
        assert!(!twins(rule).is_empty());
    }
}

#[test]
fn every_rule_speaks_of_its_example_and_not_of_the_mended_one() {
    for rule in RULES {
        let (before, after) = examples(rule);
        let found = advise(&before).findings;
        assert!(!of(rule, &found).is_empty(), "{} is silent\n{before}", rule.id());
        let left = advise(&after).findings;
        assert_eq!(of(rule, &left), Vec::<&Finding>::new(), "{}", rule.id());
        let refused: Vec<_> = judge(&after).findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(refused, [], "{}", rule.id());
        let broken: Vec<_> =
            left.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| &finding.message).collect();
        assert_eq!(broken, Vec::<&String>::new(), "{}: the mended example", rule.id());
    }
}

#[test]
fn every_rule_is_silent_on_its_near_twins() {
    for rule in RULES {
        for (reason, document) in twins(rule) {
            let found = advise(&document).findings;
            let said: Vec<_> = of(rule, &found).iter().map(|finding| finding.message.clone()).collect();
            assert_eq!(said, Vec::<String>::new(), "{} on a twin: {reason}", rule.id());
        }
    }
}

/// The documents of `scenarios.yaml`, each with the line above it.
fn scenarios() -> Vec<(String, Value)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios.yaml");
    let text = fs::read_to_string(file).unwrap();
    let parts = text.split("---\n").skip(1);
    parts.map(|part| (part.lines().next().unwrap().trim_start_matches("# ").to_owned(), document(part))).collect()
}

#[test]
fn rules_speak_where_they_should() {
    for (wanted, document) in scenarios() {
        let found: Vec<_> = advise(&document).findings.iter().map(|finding| finding.rule.id()).collect();
        for (sign, id) in wanted.split(' ').map(|wanted| wanted.split_at(1)) {
            assert!(RULES.iter().any(|rule| rule.id() == id), "{id}");
            assert_eq!(found.contains(&id), sign == "+", "{id}\n{document}\n{found:?}");
        }
    }
}

/// Rules that point at the input for what is missing.
const OF_MISSING: [&str; 2] = ["memory-oom", "user-mix"];

#[test]
fn findings_stand_at_fields_that_are_there() {
    for (_, document) in scenarios() {
        for finding in advise(&document).findings.iter().filter(|finding| !OF_MISSING.contains(&finding.rule.id())) {
            let place: kube_dry_run::Path = finding.field.parse().unwrap();
            assert!(place.find(&document).is_some(), "{} at {}\n{document}", finding.rule.id(), finding.field);
        }
    }
}

/// Asserts that the fixes of a rule for `document`, one after the other, leave nothing to fix and add nothing new.
fn try_fixes(rule: &AdviceRule, mut document: Value) -> usize {
    let (id, before) = (rule.id(), counts(&document));
    let mut fixes = 0;
    while let Some(fix) = of(rule, &advise(&document).findings).iter().find_map(|finding| finding.fix.clone()) {
        fix.apply(&mut document).unwrap_or_else(|error| panic!("{id}: {error}"));
        fixes += 1;
        assert!(fixes < 10, "{id} does not come to an end\n{document}");
    }
    for (other, count) in counts(&document) {
        let is_new = count > before.get(other).copied().unwrap_or_default();
        assert!(!is_new || NOTES.contains(&other), "the fix of {id} adds {other}\n{document}");
    }
    fixes
}

#[test]
fn every_fix_silences_its_rule_and_adds_nothing() {
    let examples = RULES.iter().map(|rule| examples(rule).0);
    let twins = RULES.iter().flat_map(twins).map(|(_, document)| document);
    let documents = examples.chain(twins).chain(scenarios().into_iter().map(|(_, document)| document));
    let mut fixes = 0;
    for document in documents {
        let findings = advise(&document).findings;
        let is_fixed = |rule: &&AdviceRule| of(rule, &findings).iter().any(|finding| finding.fix.is_some());
        fixes += RULES.iter().filter(is_fixed).map(|rule| try_fixes(rule, document.clone())).sum::<usize>();
    }
    assert!(fixes > 100, "{fixes}");
}

#[test]
fn what_is_said_is_plain() {
    for rule in RULES {
        let (before, _) = examples(rule);
        let findings = advise(&before).findings;
        for finding in of(rule, &findings) {
            let hint = finding.hint.as_deref().unwrap_or_default();
            for text in [finding.message.as_str(), hint] {
                assert!(text.ends_with('.') && text.matches(". ").count() <= 1, "{}: {text}", rule.id());
            }
            assert!(finding.message.len() + hint.len() < 420, "{}: {} {hint}", rule.id(), finding.message);
        }
    }
}

#[test]
fn no_file_is_without_its_rule() {
    let folder = |path: &str| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let stems = |path: &str| {
        folder(path)
            .map(|entry| entry.unwrap().path())
            .map(|path: PathBuf| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
    };
    for stem in stems("src/rules").chain(stems("tests/silent")) {
        assert!(RULES.iter().any(|rule| rule.id() == stem), "{stem}");
    }
}
