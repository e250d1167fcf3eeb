//! Fields that keep a controller from starting Pods, or a Pod from a node.

use kube_dry_run::Path;
use serde_json::Value;

use super::{Workload, inside};

/// Why no Pod starts.
pub(crate) struct Idle {
    pub(crate) place: Path,
    /// What the field says.
    pub(crate) written: &'static str,
    /// What to do for a Pod.
    pub(crate) lever: &'static str,
}

impl Workload<'_> {
    /// The field that says that no Pod starts for now.
    pub(crate) fn idle(&self) -> Option<Idle> {
        let is_gated = self.pod.get("schedulingGates").and_then(Value::as_array).is_some_and(|gates| !gates.is_empty());
        let of_pod = is_gated.then(|| Idle {
            place: self.pod_place().entry("schedulingGates"),
            written: "schedulingGates",
            lever: "The scheduler waits until all gates are removed.",
        });
        self.idle_controller().or(of_pod)
    }

    fn idle_controller(&self) -> Option<Idle> {
        let says = |field: &str, value: Value| inside(self.document, &["spec", field]) == Some(&value);
        let (field, written, lever) = match self.kind {
            "Deployment" | "ReplicaSet" | "ReplicationController" | "StatefulSet" if says("replicas", 0.into()) => {
                ("replicas", "replicas: 0", "Set `replicas` to 1 or more for a Pod.")
            }
            "Deployment" if says("paused", true.into()) => {
                ("paused", "paused: true", "A new Deployment makes its Pods when it is resumed: take `paused` away.")
            }
            "Job" | "CronJob" if says("suspend", true.into()) => {
                ("suspend", "suspend: true", "Set `suspend` to `false` for a Pod.")
            }
            "Job" if says("parallelism", 0.into()) => {
                ("parallelism", "parallelism: 0", "Set `parallelism` to 1 or more for a Pod.")
            }
            "Job" if says("completions", 0.into()) => {
                ("completions", "completions: 0", "Set `completions` to 1 or more for a Pod: a Job of none is complete at once.")
            }
            _ => return None,
        };
        Some(Idle { place: Path::root().entry("spec").entry(field), written, lever })
    }
}
