//! What is so after something has happened.

use kube_dry_run::Path;

/// What an event leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The whole in one sentence.
    pub summary: String,
    /// What every volume holds afterwards.
    pub volumes: Vec<VolumeOutcome>,
    /// The containers that end, in that order.
    pub ended: Vec<ContainerOutcome>,
    /// The containers that start afterwards, in that order.
    pub started: Vec<ContainerOutcome>,
    /// What else there is to know, a sentence each.
    pub notes: Vec<String>,
    /// The fields that would change the outcome.
    pub levers: Vec<Lever>,
}

/// What a volume holds afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeOutcome {
    /// The name of the volume.
    pub volume: String,
    /// Where it stands in the document.
    pub field: Path,
    /// What becomes of its files.
    pub fate: Fate,
    /// The same in a sentence.
    pub sentence: String,
}

/// What becomes of the files of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are there.
    Kept,
    /// They are there, and nobody renews them for now.
    Stale,
    /// They are there, and no more can be written.
    Full,
    /// They may be gone.
    MayBeLost,
    /// They are gone.
    Lost,
    /// They are kept outside of the Pod, which does not know for how long.
    Elsewhere,
}

/// What happens to a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerOutcome {
    /// The name of the container.
    pub container: String,
    /// Where it stands in the document.
    pub field: Path,
    /// Why.
    pub cause: Cause,
    /// The same in a sentence.
    pub sentence: String,
}

/// Why a container ends, or starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It fails.
    Crashed,
    /// It ends by itself.
    Ended,
    /// The kubelet kills it because its liveness probe fails.
    Unhealthy,
    /// The kernel kills it because of its memory.
    OutOfMemory,
    /// The kubelet evicts the Pod.
    Evicted,
    /// The node goes down.
    NodeDown,
    /// The Pod is deleted, or replaced.
    Deleted,
    /// The Pod is over, as its app containers are.
    PodEnded,
    /// It is started again in the same Pod.
    StartedAgain,
    /// It is started in a new Pod.
    NewPod,
}

/// A field that would change the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The field, which the document may not have yet.
    pub field: Path,
    /// What would change.
    pub sentence: String,
}

impl Fate {
    /// It in one or two words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Stale => "kept but stale",
            Self::Full => "full",
            Self::MayBeLost => "may be lost",
            Self::Lost => "lost",
            Self::Elsewhere => "outside of the Pod",
        }
    }
}
