//! What the Kubernetes API server answers to a manifest, without a server.
//!
//! [`judge`] does what kube-apiserver 1.35 does on create with `fieldValidation=Strict` and default feature gates: decode
//! strictly, set defaults, validate, and warn about what it accepts. The first stage that objects decides the verdict.

mod change;
mod convert;
mod decode;
mod default;
mod field_error;
mod field_order;
mod field_path;
mod finding;
mod go_text;
pub mod inspection;
mod ip_address;
mod judged;
mod judgement;
pub mod kinds;
mod lines;
mod mark;
mod names;
pub mod order;
mod path;
mod quantity;
mod resources;
mod rule;
mod schema;
mod server_kinds;
mod severity;
mod validate;
mod warn;
pub mod yaml;

pub use change::{Change, ChangeError};
pub use finding::{Finding, Fix, Stage};
pub use judgement::{Judgement, Verdict};
pub use kinds::pod_template;
pub use path::{ParsePathError, Path, Segment};
pub use rule::{RULES, Rule, RuleDescription};
pub use schema::Schema;
pub use severity::Severity;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value;

use self::decode::{Refusal, TypeMeta};
use self::field_error::Errors;
use self::judged::Judged;
use self::kinds::JudgedKind;
use crate::yaml::{Parsed, Positions};

/// What the API server answers to `document`.
#[must_use]
pub fn judge(document: &Value) -> Judgement {
    judge_at(document, None)
}

/// What the API server answers to a document as it stands in a text: fields that are there twice are strict errors too, and
/// values of a wrong type are told as the text writes them.
#[must_use]
pub fn judge_parsed(parsed: &Parsed) -> Judgement {
    let judgement = judge_at(&parsed.value, Some(&parsed.positions));
    if parsed.duplicates.is_empty() || !matches!(judgement.verdict, Verdict::Accepted | Verdict::StrictError | Verdict::Invalid) {
        return judgement;
    }
    let twice = parsed.duplicates.iter();
    let twice = twice.map(|key| Finding::new(Rule::DUPLICATE_FIELD, key.path.clone(), key.message.clone()));
    let unknown = judgement.findings.into_iter().filter(|_| judgement.verdict == Verdict::StrictError);
    Judgement::new(Verdict::StrictError, twice.chain(unknown).collect())
}

fn judge_at(document: &Value, positions: Option<&Positions>) -> Judgement {
    let kind = match decode::type_meta(document, positions) {
        Ok(TypeMeta::Judged(kind)) => kind,
        Ok(TypeMeta::NotJudged) => return Judgement::not_judged(),
        Err(error) => return Judgement::new(Verdict::ClientError, vec![*error]),
    };
    match kind {
        JudgedKind::Pod => judge_as::<Pod>(document, positions),
        JudgedKind::Deployment => judge_as::<Deployment>(document, positions),
        JudgedKind::StatefulSet => judge_as::<StatefulSet>(document, positions),
        JudgedKind::DaemonSet => judge_as::<DaemonSet>(document, positions),
        JudgedKind::Job => judge_as::<Job>(document, positions),
        JudgedKind::CronJob => judge_as::<CronJob>(document, positions),
    }
}

fn judge_as<T: Judged>(document: &Value, positions: Option<&Positions>) -> Judgement {
    let mut object = match decode::decode::<T>(document, positions) {
        Ok(object) => object,
        Err(Refusal::Types(errors)) => return Judgement::new(Verdict::DecodeError, errors),
        Err(Refusal::Fields(errors)) => return Judgement::new(Verdict::StrictError, errors),
    };
    if let Err(error) = object.convert() {
        return Judgement::new(Verdict::DecodeError, vec![*error]);
    }
    let mut warnings = object.complete();
    let mut errors = Errors::default();
    object.validate(&mut errors, document);
    match errors.into_vec() {
        errors if errors.is_empty() => {
            warnings.extend(object.warnings());
            Judgement::new(Verdict::Accepted, warnings)
        }
        errors => Judgement::new(Verdict::Invalid, errors),
    }
}
