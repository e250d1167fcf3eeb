//! The one table of the kinds that have a Pod in them.

use std::sync::LazyLock;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{Pod, PodTemplate, ReplicationController};
use serde_json::Value;

use crate::entry::entry;
use crate::field_order::{self, Order};
use crate::path::Path;
use crate::schema::Schema;

/// A kind of the Kubernetes API that has a Pod in it, so that a form can show its containers.
#[derive(Debug)]
pub struct Kind {
    /// The name, as `kind` has it.
    pub name: &'static str,
    /// How short kubectl takes the name.
    pub short_name: Option<&'static str>,
    /// Group and version, as `apiVersion` has them.
    pub api_version: &'static str,
    /// The versions that earlier releases of Kubernetes had it in.
    pub former_versions: &'static [&'static str],
    /// As what it is judged; `None` of a kind that is not.
    pub judged: Option<JudgedKind>,
    /// The order of its fields.
    pub order: &'static Order,
    /// Its fields and their types.
    pub schema: LazyLock<Schema>,
    /// Where the Pod's `metadata` and `spec` stand, as [`Kind::pod_template`] is written.
    pub template: &'static str,
}

/// The kinds that are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JudgedKind {
    /// A Pod.
    Pod,
    /// A Deployment.
    Deployment,
    /// A `StatefulSet`.
    StatefulSet,
    /// A `DaemonSet`.
    DaemonSet,
    /// A Job.
    Job,
    /// A `CronJob`.
    CronJob,
}

/// All kinds with a Pod in them, in the order in which a person meets them.
pub static KINDS: [Kind; 9] = [
    Kind {
        name: "Pod",
        short_name: Some("po"),
        api_version: "v1",
        former_versions: &[],
        judged: Some(JudgedKind::Pod),
        order: &field_order::POD,
        schema: LazyLock::new(Schema::of::<Pod>),
        template: "",
    },
    Kind {
        name: "Deployment",
        short_name: Some("deploy"),
        api_version: "apps/v1",
        former_versions: &["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"],
        judged: Some(JudgedKind::Deployment),
        order: &field_order::WORKLOAD,
        schema: LazyLock::new(Schema::of::<Deployment>),
        template: "spec.template",
    },
    Kind {
        name: "StatefulSet",
        short_name: Some("sts"),
        api_version: "apps/v1",
        former_versions: &["apps/v1beta1", "apps/v1beta2"],
        judged: Some(JudgedKind::StatefulSet),
        order: &field_order::WORKLOAD,
        schema: LazyLock::new(Schema::of::<StatefulSet>),
        template: "spec.template",
    },
    Kind {
        name: "DaemonSet",
        short_name: Some("ds"),
        api_version: "apps/v1",
        former_versions: &["extensions/v1beta1", "apps/v1beta2"],
        judged: Some(JudgedKind::DaemonSet),
        order: &field_order::WORKLOAD,
        schema: LazyLock::new(Schema::of::<DaemonSet>),
        template: "spec.template",
    },
    Kind {
        name: "Job",
        short_name: None,
        api_version: "batch/v1",
        former_versions: &["extensions/v1beta1"],
        judged: Some(JudgedKind::Job),
        order: &field_order::JOB,
        schema: LazyLock::new(Schema::of::<Job>),
        template: "spec.template",
    },
    Kind {
        name: "CronJob",
        short_name: Some("cj"),
        api_version: "batch/v1",
        former_versions: &["batch/v1beta1", "batch/v2alpha1"],
        judged: Some(JudgedKind::CronJob),
        order: &field_order::CRON_JOB,
        schema: LazyLock::new(Schema::of::<CronJob>),
        template: "spec.jobTemplate.spec.template",
    },
    Kind {
        name: "ReplicaSet",
        short_name: Some("rs"),
        api_version: "apps/v1",
        former_versions: &["extensions/v1beta1", "apps/v1beta2"],
        judged: None,
        order: &field_order::WORKLOAD,
        schema: LazyLock::new(Schema::of::<ReplicaSet>),
        template: "spec.template",
    },
    Kind {
        name: "ReplicationController",
        short_name: Some("rc"),
        api_version: "v1",
        former_versions: &[],
        judged: None,
        order: &field_order::WORKLOAD,
        schema: LazyLock::new(Schema::of::<ReplicationController>),
        template: "spec.template",
    },
    Kind {
        name: "PodTemplate",
        short_name: None,
        api_version: "v1",
        former_versions: &[],
        judged: None,
        order: &field_order::POD_TEMPLATE,
        schema: LazyLock::new(Schema::of::<PodTemplate>),
        template: "template",
    },
];

impl Kind {
    /// The kind that is called `name`, whatever its version.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind that kubectl would take `name` for: in any letters, in the plural, or short.
    #[must_use]
    pub fn meant_by(name: &str) -> Option<&'static Self> {
        let singular = name.strip_suffix(['s', 'S']).unwrap_or(name);
        let is_called = |kind: &&Self| {
            kind.name.eq_ignore_ascii_case(name)
                || kind.name.eq_ignore_ascii_case(singular)
                || kind.short_name.is_some_and(|short| short.eq_ignore_ascii_case(name))
        };
        KINDS.iter().find(is_called)
    }

    /// The kind that `document` says it is, whatever version it names.
    #[must_use]
    pub fn of(document: &Value) -> Option<&'static Self> {
        Self::named(entry(document, "kind")?.as_str()?)
    }

    /// Where the Pod's `metadata` and `spec` stand: at the root of a Pod, in `spec.template` of a Deployment.
    #[must_use]
    pub fn pod_template(&self) -> Path {
        // A test reads all of them.
        self.template.parse().unwrap_or_default()
    }
}

/// Where the Pod's `metadata` and `spec` stand in `document`: at the root of a Pod, in the template of a workload; `None` for
/// a kind without a Pod.
#[must_use]
pub fn pod_template(document: &Value) -> Option<Path> {
    Kind::of(document).map(Kind::pod_template)
}

/// The names of all kinds with a Pod in them, or of those that are judged: `Pod, Deployment … and CronJob`.
#[must_use]
pub fn listed(is_meant: impl Fn(&Kind) -> bool, conjunction: &str) -> String {
    let names: Vec<_> = KINDS.iter().filter(|kind| is_meant(kind)).map(|kind| kind.name).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {conjunction} {last}", first.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use serde_json::json;

    #[test]
    fn a_kind_stands_in_the_table_once() {
        assert_eq!(KINDS.iter().map(|kind| kind.name).collect::<HashSet<_>>().len(), KINDS.len());
        for kind in &KINDS {
            assert!(!kind.former_versions.contains(&kind.api_version), "{}", kind.name);
            assert_eq!(kind.template.parse::<Path>().map(|path| path.to_string()).as_deref(), Ok(kind.template));
        }
    }

    #[test]
    fn the_pod_stands_where_the_kind_has_it() {
        for (kind, expected) in [("Pod", ""), ("PodTemplate", "template"), ("CronJob", "spec.jobTemplate.spec.template")] {
            assert_eq!(pod_template(&json!({"kind": kind})).map(|path| path.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(pod_template(&json!({"kind": "Service"})), None);
    }

    #[test]
    fn kinds_are_listed_in_words() {
        let judged = listed(|kind| kind.judged.is_some(), "and");
        assert_eq!(judged, "Pod, Deployment, StatefulSet, DaemonSet, Job and CronJob");
    }
}
