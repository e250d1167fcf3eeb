//! The rules of a log, as SARIF describes them.

use serde_json::{Value, json};

use super::level;
use crate::origin::Origin;
use kube_dry_run::{RULES, Rule, RuleDescription};
use pod_advice::{AdviceRule, RULES as ADVICE_RULES};

/// All rules that there are, each with the address of its page if it is known where Podweave is served.
pub(super) fn rules(base: Option<&Origin>) -> Vec<Value> {
    let rules = RULES.into_iter().map(described).chain(ADVICE_RULES.iter().map(explained));
    rules.map(|rule| linked(rule, base)).collect()
}

/// A rule of Kubernetes. Code hosts want everything of a rule that there can be, even where it is one sentence.
fn described(known: RuleDescription) -> Value {
    json!({
        "id": known.rule,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.summary},
        "help": {"text": known.summary},
        "defaultConfiguration": {"level": level(known.severity())},
    })
}

/// A rule of advice with its page.
fn explained(rule: &AdviceRule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.summary, "markdown": rule.page},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

/// The described `rule` with the address of its page, if it is known where Podweave is served.
fn linked(mut rule: Value, base: Option<&Origin>) -> Value {
    if let (Some(base), Some(id)) = (base, rule["id"].as_str()) {
        rule["helpUri"] = format!("{base}/rules/{id}").into();
    }
    rule
}

/// Where a rule stands among those of the log.
pub(super) fn index_of(rule: Rule) -> Option<usize> {
    let mut rules = RULES.iter().map(|known| known.rule).chain(ADVICE_RULES.iter().map(|known| known.rule));
    rules.position(|known| known == rule)
}
