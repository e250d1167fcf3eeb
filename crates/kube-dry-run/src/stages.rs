//! The stages that an object goes through from its text to the storage.

use std::collections::HashSet;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value;

use crate::budget::Budget;
use crate::consequences::Consequences;
use crate::decode::{self, Decoded, StandIn, TypeMeta};
use crate::field_error::Errors;
use crate::finding::Finding;
use crate::hint;
use crate::judged::Judged;
use crate::judgement::{Judgement, Omitted, Verdict};
use crate::kinds::JudgedKind;
use crate::path::Path;
use crate::request;
use crate::severity::Severity;
use crate::storage;
use crate::yaml::{DuplicateKey, Parsed, Positions};

/// A document as it stands in a text, if it does.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The document.
    pub(crate) document: &'a Value,
    /// Where its fields stand.
    pub(crate) positions: Option<&'a Positions>,
    /// The fields that stand there twice.
    pub(crate) duplicates: &'a [DuplicateKey],
    /// How many more such fields there are.
    pub(crate) further_duplicates: usize,
}

impl<'a> From<&'a Parsed> for Subject<'a> {
    fn from(parsed: &'a Parsed) -> Self {
        let Parsed { value: document, positions, duplicates, further_duplicates, .. } = parsed;
        Self { document, positions: Some(positions), duplicates, further_duplicates: *further_duplicates }
    }
}

/// How often values of wrong types are mended or taken out until the object can be read.
const MAX_REPAIRS: usize = 3;

/// What the API server answers to a document, which draws on the `budget` of its text.
pub(crate) fn judge(subject: Subject<'_>, budget: &mut Budget) -> Judgement {
    let mut judgement = match decode::type_meta(subject.document, subject.positions) {
        Ok(TypeMeta::Judged(kind)) => judge_kind(kind, subject, budget),
        Ok(TypeMeta::NotJudged) => not_judged(subject),
        Err(error) => judge_fixed(subject, *error, budget),
    };
    hint::add(&mut judgement.findings, subject, budget);
    judgement
}

/// The judgement on a document of a kind that is not judged, with a warning of the objects that are lost in it.
fn not_judged(subject: Subject<'_>) -> Judgement {
    let mut judgement = Judgement::not_judged();
    let lost: Vec<_> = repeated(subject).filter(|finding| finding.place.segments().len() == 1).collect();
    if lost.iter().any(|finding| finding.place == Path::root().entry("kind")) {
        let first = lost.into_iter().next();
        judgement.findings.extend(first.map(|finding| Finding { severity: Severity::Warning, ..finding }));
    }
    judgement
}

/// The judgement on a document that kubectl does not send because of `error`, with what is said of it once that is fixed.
fn judge_fixed(subject: Subject<'_>, error: Finding, budget: &mut Budget) -> Judgement {
    let mut document = subject.document.clone();
    let fix = error.fix.clone().filter(|fix| fix.apply(&mut document).is_ok());
    let mut judgement = Judgement::client_error(error);
    if let Some(fix) = fix {
        let changed = fix.changes.iter().map(|change| change.place().clone()).collect();
        let later = judge(Subject { document: &document, ..subject }, budget);
        let consequences = Consequences::of_changes(subject.document, changed);
        judgement.add_stage(later.verdict, consequences.without(later.findings));
        judgement.omitted.later = later.omitted.total();
    }
    judgement
}

fn judge_kind(kind: JudgedKind, subject: Subject<'_>, budget: &mut Budget) -> Judgement {
    match kind {
        JudgedKind::Pod => judge_as::<Pod>(subject, budget),
        JudgedKind::Deployment => judge_as::<Deployment>(subject, budget),
        JudgedKind::StatefulSet => judge_as::<StatefulSet>(subject, budget),
        JudgedKind::DaemonSet => judge_as::<DaemonSet>(subject, budget),
        JudgedKind::Job => judge_as::<Job>(subject, budget),
        JudgedKind::CronJob => judge_as::<CronJob>(subject, budget),
    }
}

fn judge_as<T: Judged>(subject: Subject<'_>, budget: &mut Budget) -> Judgement {
    if let Some(error) = request::too_large(subject.document) {
        let mut judgement = Judgement::new();
        judgement.add_stage(Verdict::Forbidden, vec![error]);
        return judgement;
    }
    let Some(Decoded { object, types, further_types, fields }) = decode::decode::<T>(subject.document, subject.positions, budget)
    else {
        return Judgement::too_much(budget.refusal());
    };
    let needs_repair = !types.is_empty() || fields.iter().any(|unknown| unknown.fix.is_some());
    let repaired = needs_repair.then(|| repaired::<T>(subject.document, types.clone(), &fields, budget));
    let convert = |object: Option<&T>| object.and_then(|object| object.convert().err()).map(|error| vec![*error]);
    let converted = if types.is_empty() { convert(object.as_ref()) } else { None };
    let mut judgement = Judgement::new();
    judgement.add_stage(Verdict::DecodeError, types);
    judgement.add_stage(Verdict::DecodeError, converted.unwrap_or_default());
    let (object, stand_in) = match repaired {
        None => (object, None),
        Some(repaired) => repaired.unzip(),
    };
    judgement.omitted.errors = further_types + subject.further_duplicates;
    let consequences = Consequences::new(subject.document, stand_in.as_ref(), &fields);
    judgement.add_stage(Verdict::StrictError, repeated(subject).chain(fields).collect());
    if let Some(object) = object {
        let document = stand_in.as_ref().map_or(subject.document, |stand_in| &stand_in.document);
        Stages { judgement: &mut judgement, consequences, budget }.go_through(object, document);
    }
    judgement.finish(subject.document);
    judgement
}

/// The object that `document` is without the mistakes in its types, as far as that can be had.
fn repaired<T: Judged>(document: &Value, errors: Vec<Finding>, unknown: &[Finding], budget: &mut Budget) -> Option<(T, StandIn)> {
    let mut stand_in = StandIn::new(document);
    stand_in.settle(errors);
    stand_in.rename(unknown);
    for _ in 0..MAX_REPAIRS {
        let Decoded { object, types, .. } = decode::decode::<T>(&stand_in.document, None, budget)?;
        if types.is_empty() {
            return Some((object?, stand_in));
        }
        stand_in.settle(types);
    }
    None
}

fn repeated(subject: Subject<'_>) -> impl Iterator<Item = Finding> {
    subject.duplicates.iter().map(Finding::of_duplicate)
}

/// What comes once an object can be read.
struct Stages<'a> {
    judgement: &'a mut Judgement,
    consequences: Consequences<'a>,
    budget: &'a mut Budget,
}

impl Stages<'_> {
    /// Takes the `object` that was read from `document` through defaults, admission, validation and storage.
    fn go_through<T: Judged>(&mut self, mut object: T, document: &Value) {
        let before = object.complete();
        self.add(Verdict::Forbidden, object.admit());
        let mut errors = Errors::within(self.budget.error_bytes());
        object.validate(&mut errors, document);
        self.budget.take_error_bytes(errors.bytes());
        self.omit(errors.further(), |omitted| &mut omitted.errors);
        self.add(Verdict::Invalid, errors.into_vec());
        self.add(Verdict::Forbidden, object.admit_validated());
        self.add(Verdict::Forbidden, storage::create(object.metadata(), document));
        let (warnings, further) = object.warnings().after(before).into_parts();
        self.omit(further, |omitted| &mut omitted.warnings);
        self.warn(warnings);
    }

    /// Counts what a stage finds and does not keep.
    fn omit(&mut self, count: usize, field: fn(&mut Omitted) -> &mut usize) {
        let omitted = &mut self.judgement.omitted;
        *(if self.judgement.verdict.is_refusal() { &mut omitted.later } else { field(omitted) }) += count;
    }

    /// Adds what a stage finds. Behind a refusal, what only follows from the mistakes before is left out.
    fn add(&mut self, verdict: Verdict, mut findings: Vec<Finding>) {
        if self.judgement.verdict.is_refusal() {
            findings = self.consequences.without(findings);
        }
        self.judgement.add_stage(verdict, findings);
    }

    /// Adds warnings about what is not refused anyway.
    fn warn(&mut self, mut warnings: Vec<Finding>) {
        if self.judgement.verdict.is_refusal() {
            let refused: HashSet<_> = self.judgement.findings.iter().map(|finding| &finding.place).collect();
            warnings.retain(|warning| !refused.contains(&warning.place));
        }
        self.add(Verdict::Accepted, warnings);
    }
}
