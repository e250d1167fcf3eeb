//! How much is advised.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use crate::report::counted;
use kube_dry_run::inspection::Inspection;
use kube_dry_run::{Finding, Severity};

/// How much is advised, by how bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Advised {
    broken: usize,
    warnings: usize,
    notes: usize,
    /// What is not kept, and may be of any severity.
    further: usize,
    /// What documents ask not to hear.
    silenced: usize,
}

impl Advised {
    /// How much is advised about `document`.
    pub(super) fn of(document: &Inspection) -> Self {
        let count = |severity| document.advice.iter().filter(|finding| finding.severity == severity).count();
        Self {
            broken: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Advice),
            further: document.omitted.advice,
            silenced: document.silenced.len(),
        }
    }

    /// What of `advice` is about something that goes wrong.
    pub(super) fn problems(advice: &[Finding]) -> impl Iterator<Item = &Finding> {
        advice.iter().filter(|finding| finding.severity != Severity::Advice)
    }

    /// True if something goes wrong, or may.
    pub(super) fn has_problems(self) -> bool {
        self.broken + self.warnings + self.further > 0
    }

    /// `1 broken, 2 warnings, 3 notes, 1 silenced`, if there is something.
    pub(super) fn in_words(self) -> Option<String> {
        let Self { broken, warnings, notes, further, silenced } = self;
        let words = [
            (broken, format!("{broken} broken")),
            (warnings, counted(warnings, "warning")),
            (notes, counted(notes, "note")),
            (further, format!("{further} more")),
            (silenced, format!("{silenced} silenced")),
        ];
        let words: Vec<_> = words.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// `2 findings silenced: latest-tag, lifetime`, if `document` silences something.
pub(super) fn silenced_in_words(document: &Inspection) -> Option<String> {
    let rules: BTreeSet<_> = document.silenced.iter().map(|finding| finding.rule.id()).collect();
    let rules: Vec<_> = rules.into_iter().collect();
    let count = document.silenced.len();
    (count > 0).then(|| format!("{} silenced: {}", counted(count, "finding"), rules.join(", ")))
}

impl AddAssign for Advised {
    fn add_assign(&mut self, other: Self) {
        self.broken += other.broken;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.further += other.further;
        self.silenced += other.silenced;
    }
}
