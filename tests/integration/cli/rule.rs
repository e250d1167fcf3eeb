//! `podweave rule`.

use kube_dry_run::RULES;
use pod_advice::{AdviceRule, RULES as ADVICE_RULES};

use super::{left, podweave, stdout};

#[test]
fn every_rule_is_listed_and_has_a_page() {
    let list = podweave(&["rule"]);
    let names: Vec<_> = stdout(&list).lines().filter_map(|line| line.split_whitespace().next()).collect();
    let known = RULES.iter().map(|rule| rule.rule.id()).chain(ADVICE_RULES.iter().map(AdviceRule::id));
    assert_eq!(names, known.collect::<Vec<_>>());
    assert!(stdout(&podweave(&["rule", "medium-unknown"])).contains("## Why it matters"));
    assert_eq!(left(&podweave(&["rule", "FieldValueRequired"])), "exit status 0\n# FieldValueRequired\n\nA value is missing.\n");
}

#[test]
fn what_is_no_rule_is_told() {
    let told = "exit status 1\n--- stderr ---\npodweave: there is no rule `not-shard`: `podweave rule` lists them\n";
    assert_eq!(left(&podweave(&["rule", "not-shard"])), told);
}
