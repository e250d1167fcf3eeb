//! File in, report out: the one place where the steps are put together for the page.

use crate::document::File;
use crate::form::Anchors;
use crate::report::{Report, Shown};
use kube_dry_run::{Finding, Judgement, judge_parsed};

/// What the API server answers to the open document of `file`.
#[must_use]
pub fn report(file: &File) -> Report {
    let Judgement { verdict, findings, .. } = judge_parsed(file.parsed());
    let mut anchors = Anchors::new(file.document());
    let findings = findings.into_iter().map(|finding| shown(finding, &mut anchors, file)).collect();
    Report { verdict, findings }
}

fn shown(finding: Finding, anchors: &mut Anchors<'_>, file: &File) -> Shown {
    Shown { anchor: anchors.of(&finding.place), line: file.parsed().positions.key(&finding.place).line, finding }
}
