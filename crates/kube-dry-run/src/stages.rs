//! The stages that an object goes through from its text to the storage.

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value;

use crate::budget::Budget;
use crate::decode::{self, Refusal, TypeMeta};
use crate::field_error::Errors;
use crate::finding::Finding;
use crate::judged::Judged;
use crate::judgement::{Judgement, Omitted, Verdict};
use crate::kinds::JudgedKind;
use crate::path::Path;
use crate::rule::Rule;
use crate::yaml::{DuplicateKey, Positions};

/// A document as it stands in a text, if it does.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The document.
    pub(crate) document: &'a Value,
    /// Where its fields stand.
    pub(crate) positions: Option<&'a Positions>,
    /// The fields that stand there twice.
    pub(crate) duplicates: &'a [DuplicateKey],
    /// How many more such fields there are.
    pub(crate) further_duplicates: usize,
}

/// What the API server answers to a document, which draws on the `budget` of its text.
pub(crate) fn judge(source: Source<'_>, budget: &mut Budget) -> Judgement {
    match decode::type_meta(source.document, source.positions) {
        Ok(TypeMeta::Judged(kind)) => judge_kind(kind, source, budget),
        Ok(TypeMeta::NotJudged) => Judgement::not_judged(),
        Err(error) => Judgement::client_error(*error),
    }
}

fn judge_kind(kind: JudgedKind, source: Source<'_>, budget: &mut Budget) -> Judgement {
    match kind {
        JudgedKind::Pod => judge_as::<Pod>(source, budget),
        JudgedKind::Deployment => judge_as::<Deployment>(source, budget),
        JudgedKind::StatefulSet => judge_as::<StatefulSet>(source, budget),
        JudgedKind::DaemonSet => judge_as::<DaemonSet>(source, budget),
        JudgedKind::Job => judge_as::<Job>(source, budget),
        JudgedKind::CronJob => judge_as::<CronJob>(source, budget),
    }
}

fn judge_as<T: Judged>(source: Source<'_>, budget: &mut Budget) -> Judgement {
    let mut judgement = Judgement::new();
    let twice = source.duplicates.iter();
    let twice = twice.map(|key| Finding::new(Rule::DUPLICATE_FIELD, key.path.clone(), key.message.clone()));
    let mut object = match decode::decode::<T>(source.document, source.positions, budget) {
        Ok(object) => object,
        Err(Refusal::Types(errors, further)) => {
            judgement.add_stage(Verdict::DecodeError, errors);
            judgement.omitted.errors = further;
            return judgement;
        }
        Err(Refusal::Fields(errors)) => {
            judgement.add_stage(Verdict::StrictError, twice.chain(errors).collect());
            judgement.omitted.errors = source.further_duplicates;
            return judgement;
        }
        Err(Refusal::Size) => {
            return Judgement::client_error(Finding::new(Rule::KIND, Path::root(), budget.refusal()));
        }
    };
    judgement.add_stage(Verdict::StrictError, twice.collect());
    if judgement.verdict.is_refusal() {
        judgement.omitted.errors = source.further_duplicates;
        return judgement;
    }
    let before = object.complete();
    let mut errors = Errors::within(budget.error_bytes());
    object.validate(&mut errors, source.document);
    budget.take_error_bytes(errors.bytes());
    judgement.omitted = Omitted { errors: errors.further(), ..Omitted::default() };
    judgement.add_stage(Verdict::Invalid, errors.into_vec());
    if !judgement.verdict.is_refusal() {
        let (warnings, further) = object.warnings().after(before).into_parts();
        judgement.omitted.warnings = further;
        judgement.add_stage(Verdict::Accepted, warnings);
    }
    judgement
}
