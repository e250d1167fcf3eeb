//! What the Kubernetes API server answers to a manifest.

mod field_error;
mod judgement;

pub use field_error::{ErrorType, FieldError};
pub use judgement::{DecodeError, Judgement, StrictError, Verdict, Warning};

use serde_json::Value;

use crate::document::Path;

/// What the API server answers to `document`.
#[must_use]
pub fn judge(_document: &Value) -> Judgement {
    Judgement::accepted(Vec::new())
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
