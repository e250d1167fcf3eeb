//! What the Kubernetes API server answers to a manifest, without a server.
//!
//! [`judge`] does what kube-apiserver 1.35 does on create with `fieldValidation=Strict` and default feature gates: decode
//! strictly, set defaults, validate, and warn about what it accepts. The first stage that objects decides the verdict.

mod budget;
mod convert;
mod decode;
mod default;
mod field_error;
mod field_path;
mod go_text;
pub mod inspection;
mod ip_address;
mod judged;
mod judgement;
mod list;
mod names;
pub mod order;
mod path;
mod quantity;
mod resources;
mod severity;
mod validate;
mod warn;
pub mod yaml;

pub use budget::{Budget, MAX_ERROR_BYTES, MAX_TYPED_BYTES, MAX_TYPED_BYTES_OF_TEXT};
pub use field_error::{ErrorType, FieldError};
pub use judgement::{ClientError, DecodeError, Judgement, Omitted, StrictError, Verdict, Warning};
pub use list::objects;
pub use path::{ParsePathError, Path, Segment};
pub use severity::Severity;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value;

use self::decode::{Kind, Refusal};
use self::field_error::Errors;
use self::judged::Judged;
use crate::yaml::{Parsed, Positions};

/// What the API server answers to `document`.
#[must_use]
pub fn judge(document: &Value) -> Judgement {
    judge_at(document, None, &mut Budget::default())
}

/// What the API server answers to a document as it stands in a text: fields that are there twice are strict errors too, and
/// values of a wrong type are told as the text writes them.
#[must_use]
pub fn judge_parsed(parsed: &Parsed) -> Judgement {
    judge_within(parsed, &mut Budget::default())
}

/// As [`judge_parsed`], for a document of a text whose documents share a `budget`.
#[must_use]
pub fn judge_within(parsed: &Parsed, budget: &mut Budget) -> Judgement {
    judge_at(&parsed.value, Some(&parsed.positions), budget).with_duplicates(&parsed.duplicates, parsed.further_duplicates)
}

fn judge_at(document: &Value, positions: Option<&Positions>, budget: &mut Budget) -> Judgement {
    match decode::kind(document, positions) {
        Ok(Kind::Pod) => judge_as::<Pod>(document, positions, budget),
        Ok(Kind::Deployment) => judge_as::<Deployment>(document, positions, budget),
        Ok(Kind::StatefulSet) => judge_as::<StatefulSet>(document, positions, budget),
        Ok(Kind::DaemonSet) => judge_as::<DaemonSet>(document, positions, budget),
        Ok(Kind::Job) => judge_as::<Job>(document, positions, budget),
        Ok(Kind::CronJob) => judge_as::<CronJob>(document, positions, budget),
        Err(error) => Judgement::client_error(error),
    }
}

fn judge_as<T: Judged>(document: &Value, positions: Option<&Positions>, budget: &mut Budget) -> Judgement {
    let mut object = match decode::decode::<T>(document, positions, budget) {
        Ok(object) => object,
        Err(Refusal::Types(errors, further)) => return Judgement::decode_errors(errors, further),
        Err(Refusal::Fields(errors)) => return Judgement::strict_errors(errors),
        Err(Refusal::Size) => {
            return Judgement::client_error(ClientError { field: Path::root(), message: budget.refusal() });
        }
    };
    let before = object.complete();
    let mut errors = Errors::within(budget.error_bytes());
    object.validate(&mut errors, document);
    budget.take_error_bytes(errors.bytes());
    if errors.is_empty() { Judgement::accepted(object.warnings().after(before)) } else { Judgement::invalid(errors) }
}

/// Where the Pod's `metadata` and `spec` stand in `document`: at the root of a Pod, in the template of a workload; `None` for
/// a kind without a Pod.
#[must_use]
pub fn pod_template(document: &Value) -> Option<Path> {
    let at = match document.get("kind")?.as_str()? {
        "Pod" => "",
        "PodTemplate" => "template",
        "CronJob" => "spec.jobTemplate.spec.template",
        "DaemonSet" | "Deployment" | "Job" | "ReplicaSet" | "ReplicationController" | "StatefulSet" => "spec.template",
        _ => return None,
    };
    at.parse().ok()
}
