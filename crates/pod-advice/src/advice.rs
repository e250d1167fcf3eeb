//! All rules over one document.

use kube_dry_run::Finding;
use serde_json::Value;

use crate::rule::Found;
use crate::rules::RULES;
use crate::silence::Silence;
use crate::workload::Workload;

/// How many findings of one rule are kept.
pub const MAX_FINDINGS_OF_RULE: usize = 20;

/// How many findings are kept, silenced ones among them.
pub const MAX_FINDINGS: usize = 200;

/// What is advised about one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// What is said, in the order of [`RULES`].
    pub findings: Vec<Finding>,
    /// What the document itself asks not to hear.
    pub silenced: Vec<Finding>,
    /// How many findings are left out because there are too many.
    pub omitted: usize,
}

/// Advice about `document`, which may be any JSON value; none about kinds without a Pod.
///
/// Places are paths into the whole document.
#[must_use]
pub fn advise(document: &Value) -> Advice {
    Workload::of(document).map(|workload| workload.advice("")).unwrap_or_default()
}

/// As [`advise`], for a document that was read from `text`, whose comments may silence rules too: of several documents in one text,
/// the part that holds it.
#[must_use]
pub fn advise_text(document: &Value, text: &str) -> Advice {
    Workload::of(document).map(|workload| workload.advice(text)).unwrap_or_default()
}

impl Workload<'_> {
    /// What [`advise_text`] says of a document that was read from `text`.
    #[must_use]
    pub fn advice(&self, text: &str) -> Advice {
        let silence = Silence::of(self.document, text);
        let mut advice = Advice::default();
        for rule in RULES {
            let left = MAX_FINDINGS - advice.findings.len() - advice.silenced.len();
            let mut found = Found::new(rule, &silence, left.min(MAX_FINDINGS_OF_RULE));
            (rule.check)(self, &mut found);
            let (mut findings, omitted) = found.into_parts();
            for finding in &mut findings {
                finding.fix.take_if(|fix| !fix.has_place(self.document));
            }
            advice.omitted += omitted;
            let kept = if silence.is_of(rule.id()) { &mut advice.silenced } else { &mut advice.findings };
            kept.extend(findings);
        }
        advice
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn other_kinds_and_other_values_are_not_advised_about() {
        for document in [json!(null), json!([1]), json!({"kind": 3}), json!({"kind": "Service"}), json!({"kind": "Pod"})] {
            assert_eq!(advise(&document), Advice::default(), "{document}");
        }
    }

    #[test]
    fn places_are_of_the_whole_document() {
        let template = json!({"spec": {"containers": [{"name": "a", "image": "alpine:latest"}]}});
        let places = |document: Value| advise(&document).findings.into_iter().map(|finding| finding.field).collect::<Vec<_>>();
        let of_cron_job = places(json!({"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": template}}}}));
        assert!(of_cron_job.contains(&"spec.jobTemplate.spec.template.spec.containers[0].image".to_owned()), "{of_cron_job:?}");
    }

    #[test]
    fn a_fix_that_cannot_be_made_is_not_offered() {
        let fixes = |volume: Value| {
            let mount = json!({"name": "logs", "mountPath": "/var/log"});
            let document = json!({"kind": "Pod", "spec": {"containers": [{"name": "a", "image": "alpine", "volumeMounts": [mount]}],
                "volumes": [{"name": "logs", "emptyDir": volume}]}});
            let limited = |finding: &Finding| finding.rule.id() == "disk-unbounded" && finding.fix.is_some();
            advise(&document).findings.iter().any(limited)
        };
        assert!(fixes(json!({})));
        assert!(!fixes(json!("){}")) && !fixes(json!([])));
    }

    #[test]
    fn what_is_said_is_short_whatever_a_document_says() {
        let long = "X".repeat(50_000);
        let document = json!({"kind": "Pod", "metadata": {"name": long}, "spec": {"restartPolicy": long,
            "containers": [{"name": long, "image": long, "command": [long, long], "env": [{"name": long, "value": long}],
                "volumeMounts": [{"name": long, "mountPath": long}, {"name": long, "mountPath": long}]},
                {"name": "b", "image": format!("{long}:latest"), "command": ["sh", "-c", format!("echo > /{long}")],
                "volumeMounts": [{"name": long, "mountPath": format!("/{long}"), "readOnly": true}]}],
            "volumes": [{"name": long, "emptyDir": {"medium": long, "sizeLimit": long}}]}});
        for finding in advise(&document).findings {
            assert!(finding.message.len() + finding.hint.as_ref().map_or(0, String::len) < 1_200, "{}", finding.rule);
        }
    }
}
