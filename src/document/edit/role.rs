//! What a container is for.

use crate::document::{Document, Path};

/// What a container is for in the life of its Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs for as long as the Pod does.
    Container,
    /// Runs to its end before the ordinary containers start.
    InitContainer,
    /// An init container with `restartPolicy: Always`: starts in its turn and runs beside the ordinary containers.
    Sidecar,
}

impl Role {
    /// Every role, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Container, Self::InitContainer, Self::Sidecar];

    /// The role of the container at `path`.
    #[must_use]
    pub fn of(document: &Document, path: &Path) -> Self {
        let init = path.parent().is_some_and(|list| list.last() == Path::root().entry("initContainers").last());
        match (init, document.text(&path.entry("restartPolicy"))) {
            (false, _) => Self::Container,
            (true, "Always") => Self::Sidecar,
            (true, _) => Self::InitContainer,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::InitContainer => "init",
            Self::Sidecar => "sidecar",
        }
    }
}
