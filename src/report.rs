//! The report on a document: what is to be said about it, field by field, and how far it gets.

use kube_dry_run::{Finding, Severity, Stage, Verdict};
use pod_advice::{Event, SameFile};

use crate::document::Path;

/// Everything that the views of a document show.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the API server does with it.
    pub verdict: Verdict,
    /// What goes wrong, stage by stage; what comes later stands behind.
    pub findings: Vec<Shown>,
    /// What a person should know, though nothing goes wrong.
    pub notes: Vec<Shown>,
    /// What the document itself asks not to hear.
    pub silenced: Vec<Shown>,
    /// How much more advice there is than is kept.
    pub omitted: usize,
    /// True if there is something that can start.
    pub has_containers: bool,
    /// Which paths of which containers are one file.
    pub same_files: Vec<SameFile>,
    /// What may happen to the Pod.
    pub events: Vec<Event>,
}

/// A finding, and where the page shows what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What is said.
    pub finding: Finding,
    /// The element of the form to go to.
    pub anchor: Path,
    /// The line of the text, counted from one: of the field, or of the nearest one around it that the text has.
    pub line: usize,
}

/// How a stage turns out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Nothing is known that goes wrong.
    Green,
    /// It cannot be said.
    Unknown,
    /// Something may go wrong.
    Amber,
    /// Something goes wrong.
    Red,
}

/// The stages in their order.
pub const STAGES: [Stage; 3] = [Stage::Admitted, Stage::Starts, Stage::Shares];

impl Report {
    /// How many findings of this stage and severity are said at once.
    #[must_use]
    pub fn count(&self, stage: Stage, severity: Severity) -> usize {
        self.at(stage).filter(|finding| finding.severity == severity).count()
    }

    /// How `stage` turns out. A document that cannot be read as what it says it is may still have advice; without any, nothing
    /// is known about its later stages.
    #[must_use]
    pub fn light(&self, stage: Stage) -> Light {
        match self.at(stage).map(|finding| finding.severity).min() {
            Some(Severity::Error) => Light::Red,
            Some(Severity::Warning) => Light::Amber,
            _ if self.is_known(stage) => Light::Green,
            _ => Light::Unknown,
        }
    }

    /// The findings of `stage` that are said at once.
    fn at(&self, stage: Stage) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(|shown| &shown.finding).filter(move |finding| finding.stage == stage && !finding.later)
    }

    fn is_known(&self, stage: Stage) -> bool {
        match (stage, self.verdict) {
            (_, Verdict::NotJudged | Verdict::ClientError) => false,
            (Stage::Admitted, _) => true,
            (_, verdict) => verdict != Verdict::DecodeError && self.has_containers,
        }
    }

    /// The order of findings: what is said at once, stage by stage, the worst advice first; what the server says keeps its order.
    pub(crate) fn order(finding: &Finding) -> (bool, Stage, Option<Severity>) {
        let severity = (finding.stage != Stage::Admitted).then_some(finding.severity);
        (finding.later, finding.stage, severity)
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
