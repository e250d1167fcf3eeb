//! What the Kubernetes API server answers to a manifest.

use serde_json::Value;

use crate::document::Path;

/// tmp
#[must_use]
pub fn pod_template(document: &Value) -> Option<Path> {
    let at = match document.get("kind")?.as_str()? {
        "Pod" => "",
        "CronJob" => "spec.jobTemplate.spec.template",
        _ => "spec.template",
    };
    at.parse().ok()
}
