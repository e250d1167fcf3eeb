//! What the Kubernetes API server answers to a manifest.

mod decode;
mod field_error;
mod judgement;

pub use field_error::{ErrorType, FieldError};
pub use judgement::{DecodeError, Judgement, StrictError, Verdict, Warning};

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::decode::{Kind, Refusal};
use crate::document::Path;
use crate::yaml::Parsed;

/// What the API server answers to `document`.
#[must_use]
pub fn judge(document: &Value) -> Judgement {
    match decode::kind(document) {
        Ok(Kind::Pod) => judge_as::<Pod>(document),
        Ok(Kind::Deployment) => judge_as::<Deployment>(document),
        Ok(Kind::StatefulSet) => judge_as::<StatefulSet>(document),
        Ok(Kind::DaemonSet) => judge_as::<DaemonSet>(document),
        Ok(Kind::Job) => judge_as::<Job>(document),
        Ok(Kind::CronJob) => judge_as::<CronJob>(document),
        Err(message) => Judgement::client_error(message),
    }
}

/// What the API server answers to a document as it stands in a text: fields that are there twice are strict errors too.
#[must_use]
pub fn judge_parsed(parsed: &Parsed) -> Judgement {
    judge(&parsed.value).with_duplicates(&parsed.duplicates)
}

fn judge_as<T: DeserializeOwned>(document: &Value) -> Judgement {
    match decode::decode::<T>(document) {
        Ok(_) => Judgement::accepted(Vec::new()),
        Err(Refusal::Types(errors)) => Judgement::decode_errors(errors),
        Err(Refusal::Fields(errors)) => Judgement::strict_errors(errors),
    }
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
