//! The answer of the API server to one document.

use serde::Serialize;
use serde_json::Value;

use crate::causes;
use crate::finding::Finding;
use crate::kinds::listed;
use crate::path::Path;
use crate::rule::Rule;
use crate::severity::Severity;

/// The answer of the API server to one document: the verdict and what led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Which stage objected, if one did.
    pub verdict: Verdict,
    /// Everything that is said, in the order of the stages. What is said behind the stage that decided is marked
    /// [`later`](Finding::later).
    pub findings: Vec<Finding>,
    /// How much more was found than is kept.
    pub omitted: Omitted,
}

/// How much was found that is not kept, because there is too much of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Omitted {
    /// Errors of all stages. Of unknown fields a hundred are all that the server itself looks for.
    #[serde(skip_serializing_if = "is_none")]
    pub errors: usize,
    /// Warnings, at least so many.
    #[serde(skip_serializing_if = "is_none")]
    pub warnings: usize,
    /// Advice.
    #[serde(skip_serializing_if = "is_none")]
    pub advice: usize,
    /// What comes later, of any severity.
    #[serde(skip_serializing_if = "is_none")]
    pub later: usize,
}

/// Which stage of the API server, or kubectl before it, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The object would be created.
    Accepted,
    /// The server has the kind, or may have it as a custom resource, and it is not judged here.
    NotJudged,
    /// There is more in the text than is read and judged here, so nobody can say.
    TooMuch,
    /// kubectl would not send the document: no YAML, no object, or no kind and version that the server has.
    ClientError,
    /// A value has a wrong type.
    DecodeError,
    /// A field is unknown, or appears twice.
    StrictError,
    /// The object is well formed, and the server refuses it for its size, or admission or the storage does.
    Forbidden,
    /// The validation found errors.
    Invalid,
}

impl Judgement {
    /// The judgement on a document of which nothing is said yet.
    pub(super) fn new() -> Self {
        Self { verdict: Verdict::Accepted, findings: Vec::new(), omitted: Omitted::default() }
    }

    /// The judgement on a document that kubectl does not send.
    pub(super) fn client_error(error: Finding) -> Self {
        Self { verdict: Verdict::ClientError, findings: vec![error], ..Self::new() }
    }

    /// The judgement on a document of which there is more than is judged, as `refusal` says.
    pub(super) fn too_much(refusal: String) -> Self {
        let finding = Finding::new(Rule::TOO_MUCH, Path::root(), refusal);
        Self { verdict: Verdict::TooMuch, findings: vec![finding], ..Self::new() }
    }

    /// The judgement on a document of a kind that is not judged.
    pub(super) fn not_judged() -> Self {
        let message = format!("this kind is not judged; {} are", listed(|kind| kind.judged.is_some(), "and"));
        let finding = Finding::new(Rule::NOT_JUDGED, Path::root().entry("kind"), message);
        Self { verdict: Verdict::NotJudged, findings: vec![finding], ..Self::new() }
    }

    /// Adds what the next stage finds. If it is the first that finds an error, `verdict` is that of the document; what stands
    /// behind a refusal comes later.
    pub(super) fn add_stage(&mut self, verdict: Verdict, findings: Vec<Finding>) {
        let is_refused = self.verdict.is_refusal();
        if !is_refused && !findings.is_empty() {
            self.verdict = verdict;
        }
        let later = |finding: Finding| Finding { later: finding.later || is_refused, ..finding };
        self.findings.extend(findings.into_iter().map(later));
    }

    /// Ties effects to their causes, and puts behind what comes later.
    pub(super) fn finish(&mut self, document: &Value) {
        causes::link(&mut self.findings, document);
        self.findings.sort_by_key(|finding| finding.later);
    }
}

impl Verdict {
    /// True if the API server, or kubectl before it, does not take the object, or if nobody can say because there is too much.
    #[must_use]
    pub fn is_refusal(self) -> bool {
        !matches!(self, Self::Accepted | Self::NotJudged)
    }
}

impl Omitted {
    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.advice + self.later
    }

    /// True if everything is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Counts `finding`.
    pub fn count(&mut self, finding: &Finding) {
        match finding.severity {
            _ if finding.later => self.later += 1,
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
    }

    /// How many there are of this severity that are said at once.
    #[must_use]
    pub fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Advice => self.advice,
        }
    }

    /// Counts those of another document too.
    pub fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
        self.later += other.later;
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}
