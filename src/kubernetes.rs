//! What the Kubernetes API server answers to a manifest.
//!
//! [`judge`] does what kube-apiserver 1.35 does on create with `fieldValidation=Strict` and default feature gates: decode
//! strictly, set defaults, validate, and warn about what it accepts.

mod field_error;
mod judgement;

use serde_json::Value;

use crate::document::Path;

pub use field_error::{ErrorType, FieldError};
pub use judgement::{DecodeError, Judgement, StrictError, Verdict, Warning};

/// What kube-apiserver 1.35 answers to `document`: the first of its stages that objects decides the verdict, and only that
/// stage's list is filled. Duplicate keys are the business of the YAML reader; a tree cannot have them.
#[must_use]
pub fn judge(_document: &Value) -> Judgement {
    Judgement::accepted(Vec::new())
}

/// Where the Pod's `metadata` and `spec` stand in `document`: the root of a Pod, `spec.template` of a Deployment,
/// `StatefulSet`, `DaemonSet` and Job, `spec.jobTemplate.spec.template` of a `CronJob`; `None` for every other kind.
#[must_use]
pub fn pod_template(document: &Value) -> Option<Path> {
    let spec = Path::root().entry("spec");
    match document.get("kind")?.as_str()? {
        "Pod" => Some(Path::root()),
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" => Some(spec.entry("template")),
        "CronJob" => Some(spec.entry("jobTemplate").entry("spec").entry("template")),
        _ => None,
    }
}
