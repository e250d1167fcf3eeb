//! Document in, report out: the one place where the steps are put together. Page, API and command line all call it.

use crate::document::Document;
use crate::form::Anchors;
use crate::report::{Report, Shown};
use kube_dry_run::yaml::{self, Rendered};
use kube_dry_run::{self as kubernetes, Finding, Judgement};

/// Writes `document` as YAML and tells what the API server answers to it.
#[must_use]
pub fn report(document: &Document) -> Report {
    let yaml = yaml::write(document.value());
    let Judgement { verdict, findings, .. } = kubernetes::judge(document.value());
    let mut anchors = Anchors::new(document);
    let findings = findings.into_iter().map(|finding| shown(finding, &mut anchors, &yaml)).collect();
    Report { yaml, verdict, findings }
}

fn shown(finding: Finding, anchors: &mut Anchors<'_>, yaml: &Rendered) -> Shown {
    Shown { anchor: anchors.of(&finding.place), line: yaml.line_of(&finding.place), finding }
}
