//! What silences rules names one that does not exist.

use crate::rule::prelude::*;
use crate::silence::{Unknown, meant_rule};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("ignores-unknown-rule"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "What silences rules names one that does not exist.",
    page: include_str!("ignores_unknown_rule.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let silence = found.silence;
    for Unknown { name, annotation } in &silence.unknown {
        let by = if annotation.is_some() { "The annotation" } else { "A comment" };
        let is_of_server = kube_dry_run::RULES.iter().any(|known| known.rule.id() == name);
        let meant = meant_rule(name).filter(|_| !is_of_server);
        let message = if is_of_server {
            format!("{by} cannot silence {}, which is an answer of the API server.", quoted(name))
        } else {
            format!("{by} silences nothing: there is no rule {}.", quoted(name))
        };
        let hint = match meant {
            Some(meant) => format!("Write `{meant}`."),
            None if is_of_server => "Mend what it is about: only rules of advice can be silenced.".to_owned(),
            None => "Name each rule as it stands beside its finding.".to_owned(),
        };
        let place = annotation.clone().unwrap_or_else(Path::root);
        let written = place.find(workload.document).and_then(Value::as_str);
        let fix = meant.zip(written).filter(|_| annotation.is_some()).map(|(meant, written)| {
            let changes = vec![Change::Set(place.clone(), written.replacen(name.as_str(), meant, 1).into())];
            Fix::guess(format!("Write {meant}"), changes)
        });
        found.say(place, message, hint).fix = fix;
    }
}
