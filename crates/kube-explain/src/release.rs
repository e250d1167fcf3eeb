//! Releases of Kubernetes.

use std::fmt;

/// The oldest release whose fields were read.
const OLDEST: u8 = 8;

/// The release of Kubernetes in which a field appeared. Ordered by age, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    minor: u8,
}

impl Release {
    /// The release `minor` as the table writes it; nothing is the oldest.
    pub(crate) fn since(minor: &str) -> Self {
        Self { minor: minor.parse().unwrap_or(OLDEST) }
    }

    /// The number behind `1.`: 28 of Kubernetes 1.28.
    #[must_use]
    pub fn minor(self) -> u8 {
        self.minor
    }

    /// True if the field may be older still: it was there in the oldest release that was read.
    #[must_use]
    pub fn is_oldest(self) -> bool {
        self.minor == OLDEST
    }
}

impl fmt::Display for Release {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "1.{}{}", self.minor, if self.is_oldest() { " or before" } else { "" })
    }
}
