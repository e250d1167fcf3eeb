//! The kinds that are judged.

use k8s_openapi::Metadata;
use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::field_error::Errors;
use super::warn::Warnings;
use super::{admission, convert, default, validate, warn};
use crate::finding::Finding;

/// What the server does with an object of a kind between decoding and storing it.
pub(super) trait Judged: DeserializeOwned + Metadata<Ty = ObjectMeta> {
    /// Why the object cannot be converted to the server's own type, if it cannot.
    fn convert(&self) -> Result<(), Box<Finding>> {
        Ok(())
    }

    /// Sets the defaults; returns what the server warns of meanwhile.
    fn complete(&mut self) -> Vec<Finding>;

    /// Why admission does not let the completed object pass to its validation. The server stops at the first reason.
    fn admit(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// Adds what is wrong with the completed object; `document` is what it was decoded from.
    fn validate(&self, errors: &mut Errors, document: &Value);

    /// Why admission does not let the validated object pass to the storage. The server stops at the first reason.
    fn admit_validated(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// What the server warns of in the completed object.
    fn warnings(&self) -> Warnings;
}

impl Judged for Pod {
    fn complete(&mut self) -> Vec<Finding> {
        default::pod(self)
    }

    fn admit(&self) -> Vec<Finding> {
        admission::mutating(self)
    }

    fn admit_validated(&self) -> Vec<Finding> {
        admission::validating(self)
    }

    fn validate(&self, errors: &mut Errors, _document: &Value) {
        validate::pod(errors, self);
    }

    fn warnings(&self) -> Warnings {
        warn::pod(self)
    }
}

impl Judged for Deployment {
    fn convert(&self) -> Result<(), Box<Finding>> {
        convert::rollback_to(&self.metadata).map(|_| ())
    }

    fn complete(&mut self) -> Vec<Finding> {
        default::deployment(self);
        Vec::new()
    }

    fn validate(&self, errors: &mut Errors, document: &Value) {
        validate::deployment(errors, self, written_selector(document, self.spec.as_ref().map(|spec| &spec.selector)));
    }

    fn warnings(&self) -> Warnings {
        warn::deployment(self)
    }
}

impl Judged for StatefulSet {
    fn complete(&mut self) -> Vec<Finding> {
        default::stateful_set(self);
        Vec::new()
    }

    fn validate(&self, errors: &mut Errors, document: &Value) {
        validate::stateful_set(errors, self, written_selector(document, self.spec.as_ref().map(|spec| &spec.selector)));
    }

    fn warnings(&self) -> Warnings {
        warn::stateful_set(self)
    }
}

impl Judged for DaemonSet {
    fn convert(&self) -> Result<(), Box<Finding>> {
        convert::template_generation(&self.metadata).map(|_| ())
    }

    fn complete(&mut self) -> Vec<Finding> {
        default::daemon_set(self);
        Vec::new()
    }

    fn validate(&self, errors: &mut Errors, document: &Value) {
        validate::daemon_set(errors, self, written_selector(document, self.spec.as_ref().map(|spec| &spec.selector)));
    }

    fn warnings(&self) -> Warnings {
        warn::daemon_set(self)
    }
}

impl Judged for Job {
    fn complete(&mut self) -> Vec<Finding> {
        default::job(self);
        Vec::new()
    }

    fn validate(&self, errors: &mut Errors, document: &Value) {
        validate::job(errors, self, document);
    }

    fn warnings(&self) -> Warnings {
        warn::job(self)
    }
}

impl Judged for CronJob {
    fn complete(&mut self) -> Vec<Finding> {
        default::cron_job(self);
        Vec::new()
    }

    fn validate(&self, errors: &mut Errors, document: &Value) {
        validate::cron_job(errors, self, document);
    }

    fn warnings(&self) -> Warnings {
        warn::cron_job(self)
    }
}

/// The selector of a kind whose Rust type always has one, if the document has one.
fn written_selector<'a>(document: &Value, selector: Option<&'a LabelSelector>) -> Option<&'a LabelSelector> {
    let written = document.get("spec").and_then(|spec| spec.get("selector"));
    selector.filter(|_| written.is_some_and(|written| !written.is_null()))
}
