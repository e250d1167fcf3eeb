//! File in, report out: the one place where the steps are put together for the page.

use crate::document::File;
use crate::form::Anchors;
use crate::report::{Outcome, Report, Shown};
use kube_dry_run::{Finding, Judgement, judge_parsed};
use pod_advice::{Advice, Workload};

/// What the API server answers to the open document of `file`, and what is advised beyond that.
#[must_use]
pub fn report(file: &File) -> Report {
    let Judgement { verdict, findings, .. } = judge_parsed(file.parsed());
    let workload = Workload::of(file.document().value());
    let workload = workload.as_ref();
    let advice = workload.map(|workload| workload.advice(file.document().comments()));
    let Advice { findings: mut advised, silenced, omitted } = advice.unwrap_or_default();
    advised.sort_by_cached_key(|finding| file.parsed().positions.key(&finding.place));
    let (findings, notes) = Report::sorted(findings, advised);
    let outcome = Outcome::of_findings(verdict, has_containers(file), &findings);
    let mut anchors = Anchors::new(file.document());
    let mut shown = |findings: Vec<Finding>| findings.into_iter().map(|finding| shown(finding, &mut anchors, file)).collect();
    let (findings, notes, silenced) = (shown(findings), shown(notes), shown(silenced));
    let same_files = workload.map(Workload::same_files).unwrap_or_default();
    let events = workload.map(Workload::events).unwrap_or_default();
    Report { outcome, findings, notes, silenced, omitted, same_files, events }
}

fn shown(finding: Finding, anchors: &mut Anchors<'_>, file: &File) -> Shown {
    Shown { anchor: anchors.of(&finding.place), line: file.parsed().positions.key(&finding.place).line, finding }
}

/// True if there is something that can start.
fn has_containers(file: &File) -> bool {
    let document = file.document();
    document.items(&document.pod_spec().entry("containers")).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_that_is_as_bad_follows_the_text() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  volumes:\n    - name: v\n      emptyDir: {}\n  containers:\n    \
            - name: reader\n      image: busybox:1.37\n      command: [tail, -f, /l/a.log]\n      volumeMounts:\n        - {name: v, mountPath: /l}\n    \
            - name: writer\n      image: mine:1\n      volumeMounts:\n        - {name: v, mountPath: var/log}\n";
        let report = report(&File::open(text.to_owned(), None).unwrap());
        let told: Vec<_> = report.findings.iter().map(|it| (it.finding.severity, it.line, it.finding.rule.to_string())).collect();
        assert!(told.is_sorted(), "{told:?}");
        assert!(told.len() > 2, "{told:?}");
    }
}
