//! What the Kubernetes API server answers to a manifest.
#![allow(missing_docs)]

use serde_json::Value;

use crate::document::Path;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict { Accepted, ClientError, DecodeError, StrictError, Invalid }
pub struct DecodeError { pub field: Path, pub message: String }
pub struct StrictError { pub field: Path, pub message: String }
pub struct FieldError { pub field: String, pub message: String }
pub struct Warning { pub field: String, pub message: String }
pub struct Judgement { pub verdict: Verdict, pub client_error: Option<String>, pub decode_errors: Vec<DecodeError>, pub strict_errors: Vec<StrictError>, pub errors: Vec<FieldError>, pub warnings: Vec<Warning> }
pub fn judge(document: &Value) -> Judgement {
    let mut errors = vec![];
    if document.pointer("/metadata/name").is_none() { errors.push(FieldError{field:"metadata.name".into(),message:"metadata.name: Required value: name or generateName is required".into()}) }
    if document.pointer("/spec/containers/0/image").is_none() { errors.push(FieldError{field:"spec.containers[0].image".into(),message:"spec.containers[0].image: Required value".into()}) }
    Judgement { verdict: if errors.is_empty() {Verdict::Accepted} else {Verdict::Invalid}, client_error: None, decode_errors: vec![], strict_errors: vec![], errors, warnings: vec![] }
}

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
