//! The answer of the API server to one document.

use serde::Serialize;

use crate::finding::Finding;

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

    /// True unless the API server creates the object.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.verdict != Verdict::Accepted
    }
}
