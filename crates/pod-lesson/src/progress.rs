//! Which steps of a lesson are done in a manifest.

use std::borrow::Cow;
use std::collections::HashSet;

use kube_dry_run::{Verdict, judge, objects};
use pod_advice::{AdviceRule, RULES, Workload};
use serde_json::Value;

use crate::defaulted::defaulted;
use crate::expression::{Answer, Budget};
use crate::lesson::{Condition, Lesson, Step};

/// How far a manifest has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What has become of each step of the lesson.
    pub steps: Vec<Outcome>,
}

/// What has become of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that the step asks for holds.
    Done,
    /// Something does not hold yet.
    Open,
    /// Nobody can say, because of a mistake of the lesson's author: a sentence for them.
    Failed(String),
}

impl Progress {
    /// True if every step is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.steps.iter().all(Outcome::is_done)
    }

    /// How many steps are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|outcome| outcome.is_done()).count()
    }

    /// The first step that is not done, counted from zero.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        self.steps.iter().position(|outcome| !outcome.is_done())
    }
}

impl Outcome {
    /// True if the step is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        *self == Self::Done
    }
}

impl Lesson {
    /// Which steps are done in `document`, which may be any JSON value.
    ///
    /// All checks together take at most [`MAX_STEPS_OF_LESSON`](crate::expression::MAX_STEPS_OF_LESSON) steps.
    #[must_use]
    pub fn progress(&self, document: &Value) -> Progress {
        let mut subject = Subject::new(document);
        Progress { steps: self.steps.iter().map(|step| subject.outcome(step)).collect() }
    }

    /// As [`Self::progress`], for a text: for its first object with a Pod, or else its first one; what stands in a list is one as a
    /// document is. Nothing is done in a text that cannot be read.
    #[must_use]
    pub fn progress_of_text(&self, text: &str) -> Progress {
        self.progress(&document_of(text).unwrap_or_default())
    }
}

/// The object of `text` that a lesson is about.
pub(crate) fn document_of(text: &str) -> Option<Value> {
    let mut documents = objects(text).filter_map(Result::ok).map(|parsed| parsed.value);
    let first = documents.next()?;
    if Workload::of(&first).is_some() {
        return Some(first);
    }
    Some(documents.find(|document| Workload::of(document).is_some()).unwrap_or(first))
}

/// A manifest whose steps are looked at. What several of them may ask for is found out once.
pub(crate) struct Subject<'a> {
    document: &'a Value,
    /// The document as expressions see it.
    object: Cow<'a, Value>,
    budget: Budget,
    is_accepted: Option<bool>,
    /// The rules that are not silent: all, where there is no Pod of which they could say something.
    firing: Option<HashSet<&'static str>>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(document: &'a Value) -> Self {
        Self { document, object: defaulted(document), budget: Budget::default(), is_accepted: None, firing: None }
    }

    fn outcome(&mut self, step: &Step) -> Outcome {
        let mut outcome = Outcome::Done;
        for condition in step.conditions() {
            match self.answer(condition) {
                Answer::True => {}
                Answer::False | Answer::Missing(_) | Answer::Mistyped(_) => outcome = Outcome::Open,
                Answer::Broken(message) => return Outcome::Failed(message),
            }
        }
        outcome
    }

    /// Whether `condition` holds.
    pub(crate) fn answer(&mut self, condition: &Condition) -> Answer {
        match condition {
            Condition::Expression(expression) => expression.evaluate(&self.object, &mut self.budget),
            Condition::Silent(rule) => match RULES.iter().find(|known| known.id() == rule) {
                Some(known) => as_answer(!self.firing().contains(known.id())),
                None => Answer::Broken(unknown_rule(rule)),
            },
            Condition::Accepted => as_answer(self.is_accepted()),
        }
    }

    fn is_accepted(&mut self) -> bool {
        *self.is_accepted.get_or_insert_with(|| judge(self.document).verdict == Verdict::Accepted)
    }

    fn firing(&mut self) -> &HashSet<&'static str> {
        self.firing.get_or_insert_with(|| match Workload::of(self.document) {
            Some(workload) => {
                let advice = workload.advice("");
                advice.findings.iter().chain(&advice.silenced).map(|finding| finding.rule.id()).collect()
            }
            None => RULES.iter().map(AdviceRule::id).collect(),
        })
    }
}

fn unknown_rule(name: &str) -> String {
    format!("there is no rule called `{}`; the page /rules lists them", kube_dry_run::shown::shown(name))
}

fn as_answer(holds: bool) -> Answer {
    if holds { Answer::True } else { Answer::False }
}
