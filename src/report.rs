//! The report on a document: what is to be said about it, field by field, and how far it gets.

pub mod stages;

use kube_dry_run::inspection::{Inspection, Problems};
use kube_dry_run::{Finding, Severity, Stage, Verdict};
use pod_advice::{Event, SameFile};
use serde::Serialize;

use crate::document::Path;

/// Everything that the views of a document show.
#[derive(Clone, Debug)]
pub struct Report {
    /// How it turns out.
    pub outcome: Outcome,
    /// What goes wrong, stage by stage; what comes later stands behind.
    pub findings: Vec<Shown>,
    /// What a person should know, though nothing goes wrong.
    pub notes: Vec<Shown>,
    /// What the document itself asks not to hear.
    pub silenced: Vec<Shown>,
    /// How much more there is to say than is kept.
    pub omitted: usize,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
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

/// How a document turns out, stage by stage: what is said at once, kept or not.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// What the API server does with it.
    pub verdict: Verdict,
    /// True if there is something that can start.
    has_containers: bool,
    admitted: Problems,
    starts: Problems,
    shares: Problems,
}

impl Outcome {
    /// How a document turns out of which all `findings` are known.
    #[must_use]
    pub fn of_findings(verdict: Verdict, has_containers: bool, findings: &[Finding]) -> Self {
        let of = |stage| Problems::of(stage, findings);
        let (admitted, starts, shares) = (of(Stage::Admitted), of(Stage::Starts), of(Stage::Shares));
        Self { verdict, has_containers, admitted, starts, shares }
    }

    /// How the document of `inspection` turns out.
    #[must_use]
    pub fn of_inspection(inspection: &Inspection) -> Self {
        let Inspection { verdict, has_containers, starts, shares, .. } = *inspection;
        let count = |severity| inspection.count(severity);
        let admitted = Problems { errors: count(Severity::Error), warnings: count(Severity::Warning) };
        Self { verdict, has_containers, admitted, starts, shares }
    }

    /// What goes wrong at `stage`.
    #[must_use]
    pub fn at(&self, stage: Stage) -> Problems {
        match stage {
            Stage::Admitted => self.admitted,
            Stage::Starts => self.starts,
            Stage::Shares => self.shares,
        }
    }

    /// How `stage` turns out. A document that cannot be read as what it says it is may still have advice; without any, nothing
    /// is known about its later stages.
    #[must_use]
    pub fn light(&self, stage: Stage) -> Light {
        match self.at(stage) {
            _ if self.verdict == Verdict::TooMuch => Light::Unknown,
            Problems { errors: 1.., .. } => Light::Red,
            Problems { warnings: 1.., .. } => Light::Amber,
            _ if self.is_known(stage) => Light::Green,
            _ => Light::Unknown,
        }
    }

    /// The worst light.
    #[must_use]
    pub fn worst(&self) -> Light {
        STAGES.map(|stage| self.light(stage)).into_iter().max().unwrap_or(Light::Unknown)
    }

    fn is_known(&self, stage: Stage) -> bool {
        match (stage, self.verdict) {
            (_, Verdict::NotJudged | Verdict::TooMuch | Verdict::ClientError) => false,
            (Stage::Admitted, _) => true,
            (_, verdict) => verdict != Verdict::DecodeError && self.has_containers,
        }
    }
}

impl Report {
    /// The report on a document of which `inspection` says everything, and the form shows nothing.
    #[must_use]
    pub fn of_inspection(inspection: Inspection) -> Self {
        let outcome = Outcome::of_inspection(&inspection);
        let Inspection { findings, advice, silenced, omitted, line, .. } = inspection;
        let shown = |findings: Vec<Finding>| {
            let line = |finding: &Finding| finding.mark.map_or(line, |mark| mark.line);
            findings.into_iter().map(|finding| Shown { line: line(&finding), anchor: Path::root(), finding }).collect()
        };
        let (findings, notes) = Self::sorted(findings, advice);
        let (findings, notes, silenced) = (shown(findings), shown(notes), shown(silenced));
        Self { outcome, findings, notes, silenced, omitted: omitted.total(), same_files: Vec::new(), events: Vec::new() }
    }

    /// What goes wrong, and the notes: what is said at once, stage by stage, the worst advice first; what the server says keeps
    /// its order.
    pub(crate) fn sorted(mut findings: Vec<Finding>, advice: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
        let (notes, problems): (Vec<_>, Vec<_>) = advice.into_iter().partition(|one| one.severity == Severity::Advice);
        findings.extend(problems);
        findings.sort_by_key(|finding| {
            let severity = (finding.stage != Stage::Admitted).then_some(finding.severity);
            (finding.later, finding.stage, severity)
        });
        (findings, notes)
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
