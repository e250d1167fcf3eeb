//! Our own words for a learner: what a finding means, and what to do about it.
//!
//! The messages are the API server's. A hint says in one or two sentences of plain English what is meant, and often there is a
//! [`Fix`] with it. This is the one place that gives hints to the findings of a judgement; those that have one keep it.

mod alias;
mod choice;
mod context;
mod duplicate;
mod field;
mod forbidden;
pub(crate) mod foreign;
mod manifest;
mod name;
mod neighbourhood;
mod placeholder;
mod python;
mod quantity;
mod required;
mod scalar;
pub(crate) mod spaces;
mod text;
mod value;
mod volume;
mod warning;
mod word;

pub(crate) use self::alias::meant as known_elsewhere_as;
pub(crate) use self::field::empty_list_before;
pub(crate) use self::foreign::of_unread;
pub(crate) use self::spaces::without_odd_marks;
pub(crate) use self::text::of_syntax;
pub(crate) use self::word::meant as word_for;

use self::context::Context;
use crate::budget::Budget;
use crate::finding::{Finding, Fix};
use crate::rule::Rule;
use crate::stages::Subject;

/// What is said for a learner.
#[derive(Debug, PartialEq)]
struct Hint {
    words: String,
    fix: Option<Fix>,
}

impl Hint {
    fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), fix: None }
    }

    fn with_fix(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }
}

/// Gives hints to those of the `findings` about `source` that have none; as many as the `budget` of the text allows.
pub(crate) fn add(findings: &mut [Finding], subject: Subject<'_>, budget: &mut Budget) {
    if findings.iter().all(|finding| finding.hint.is_some()) {
        return;
    }
    let context = Context::new(subject, findings, budget.comparisons);
    for finding in findings.iter_mut().filter(|finding| finding.hint.is_none()) {
        if !budget.take_hint() {
            break;
        }
        if let Some(Hint { words, fix }) = told(finding, &context) {
            finding.hint = Some(words);
            finding.fix = fix.or_else(|| finding.fix.take()).filter(|fix| fix.has_place(subject.document));
        }
    }
    budget.comparisons = context.comparisons.get();
}

fn told(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    placeholder::hint(finding, context)
        .or_else(|| spaces::in_value(finding, context))
        .or_else(|| python::hint(finding, context))
        .or_else(|| hint(finding, context))
}

fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    match finding.rule {
        Rule::KIND => manifest::hint(finding, context),
        Rule::NOT_JUDGED => manifest::not_judged(context),
        Rule::DECODE => value::wrong_type(finding, context),
        Rule::UNKNOWN_FIELD => field::unknown(finding, context),
        Rule::REQUIRED => Some(required::hint(finding, context)),
        Rule::NOT_FOUND => Some(volume::not_found(finding, context)),
        Rule::DUPLICATE => Some(duplicate::hint(finding, context)),
        Rule::NOT_SUPPORTED => choice::hint(finding, context),
        Rule::INVALID => invalid(finding, context),
        Rule::FORBIDDEN => Some(forbidden::hint(finding, context)),
        Rule::TOO_LONG => Some(Hint::new("This is longer than the server takes: shorten it, or keep long texts in a ConfigMap.")),
        Rule::TOO_MANY => Some(Hint::new("The list is longer than the server takes: leave out some of its items.")),
        Rule::ADMISSION => Some(forbidden::admission(finding)),
        Rule::STORAGE => Some(forbidden::storage()),
        Rule::TOO_LARGE => {
            Some(Hint::new("Objects this large do not belong in a cluster: keep large files in an image or a volume."))
        }
        Rule::WARNING => warning::hint(finding, context),
        _ => None,
    }
}

fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    name::invalid(finding, context)
        .or_else(|| quantity::invalid(finding, context))
        .or_else(|| duplicate::must_be_unique(finding, context))
        .or_else(|| value::invalid(finding, context))
}

/// What helps the unit tests of the hints.
#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use crate::{Finding, judge};

    /// A Pod with this `spec`.
    pub(super) fn pod(spec: Value) -> Value {
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": spec})
    }

    /// A Pod with one good container that also has the fields `more`.
    pub(super) fn with_container(more: Value) -> Value {
        let mut container = json!({"name": "c", "image": "i"});
        container.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        pod(json!({"containers": [container]}))
    }

    /// What is said about `document`: the hint of each finding, and the title of its fix.
    pub(super) fn hints(document: &Value) -> Vec<String> {
        judge(document).findings.iter().map(told).collect()
    }

    fn told(finding: &Finding) -> String {
        let fix = finding.fix.as_ref().map(|fix| format!(" [{}]", fix.title)).unwrap_or_default();
        format!("{}{fix}", finding.hint.as_deref().unwrap_or("-"))
    }

    /// The document once the first fix for it is made.
    pub(super) fn fixed(document: &Value) -> Value {
        let mut document = document.clone();
        judge(&document).findings.iter().find_map(|finding| finding.fix.clone()).unwrap().apply(&mut document).unwrap();
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn very_many_hints_are_not_given() {
        let containers: Vec<_> = (0..3_000).map(|index| json!({"name": format!("A{index}"), "image": "i"})).collect();
        let document = testing::pod(json!({"containers": containers}));
        let mut budget = Budget::default();
        let subject = Subject { document: &document, positions: None, duplicates: &[], further_duplicates: 0 };
        let given = |findings: &[Finding]| findings.iter().filter(|finding| finding.hint.is_some()).count();
        let first = crate::stages::judge(subject, &mut budget).findings;
        let second = crate::stages::judge(subject, &mut budget).findings;
        assert_eq!((given(&first), given(&second)), (3_000, crate::budget::MAX_HINTS - 3_000));
    }

    #[test]
    fn a_fix_that_cannot_be_made_is_not_offered() {
        let document = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": "b", "app": "web"},
            "spec": {"containers": [{"name": "a", "image": "i"}]}});
        let fixes = crate::judge(&document).findings.into_iter().filter_map(|finding| finding.fix);
        assert_eq!(fixes.filter(|fix| fix.apply(&mut document.clone()).is_err()).collect::<Vec<_>>(), []);
    }

    #[test]
    fn hints_are_short_whatever_a_document_says() {
        let long = "X".repeat(100_000);
        let document = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": long, "labels": {&long: long}}, "spec": {
            "restartPolicy": long, "containers": [{"name": long, "image": "i", "volumeMounts": [{"name": long, "mountPath": "/a"}],
                "env": [{"name": long}, {"name": long}], "resources": {"limits": {&long: "1", "memory": "1m"}}}],
            "volumes": [{"name": long}, {"name": long}],
        }});
        for finding in crate::judge(&document).findings {
            assert!(finding.hint.as_ref().is_none_or(|hint| hint.len() < 1_000), "{:?}", finding.hint);
        }
    }
}
