//! The answer of the API server to one document.

use serde::Serialize;

use crate::finding::Finding;
use crate::kinds::listed;
use crate::path::Path;
use crate::rule::Rule;

/// The answer of the API server to one document: the verdict and what led to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// Which stage objected, if one did.
    pub verdict: Verdict,
    /// Everything that is said, in the order of the stages. What is said behind the stage that decided is marked
    /// [`later`](Finding::later).
    pub findings: Vec<Finding>,
}

/// Which stage of the API server, or kubectl before it, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The object would be created.
    Accepted,
    /// The server has the kind, or may have it as a custom resource, and it is not judged here.
    NotJudged,
    /// kubectl would not send the document: no object, or no kind and version that the server has.
    ClientError,
    /// A value has a wrong type.
    DecodeError,
    /// A field is unknown, or is there twice.
    StrictError,
    /// The validation found errors.
    Invalid,
}

impl Judgement {
    /// The judgement of the stage that decided, for the reasons `findings`.
    pub(super) fn new(verdict: Verdict, findings: Vec<Finding>) -> Self {
        Self { verdict, findings }
    }

    /// The judgement on a document of a kind that is not judged.
    pub(super) fn not_judged() -> Self {
        let message = format!("judged are {} only", listed(|kind| kind.judged.is_some(), "and"));
        Self::new(Verdict::NotJudged, vec![Finding::new(Rule::NOT_JUDGED, Path::root().entry("kind"), message)])
    }
}

impl Verdict {
    /// True if the API server, or kubectl before it, does not take the object.
    #[must_use]
    pub fn is_refusal(self) -> bool {
        !matches!(self, Self::Accepted | Self::NotJudged)
    }
}
