//! Native sidecars.

use kube_dry_run::{Change, Fix};
use serde_json::Value;

use crate::workload::{Container, Workload};

/// True if another container may tell the program of `container` to end, since they see each other's processes.
pub(crate) fn may_be_ended(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    let is_shared = ["shareProcessNamespace", "hostPID"].iter().any(|field| workload.pod.get(*field) == Some(&Value::Bool(true)));
    let signals = |other: &Container<'_>| {
        other.process().calls().any(|call| matches!(call.program(), "kill" | "killall" | "killall5" | "pkill"))
    };
    is_shared && workload.apps().any(|other| !other.is(container) && signals(other))
}

/// The fix that moves a container of the Pod to its init containers as a native sidecar.
pub(crate) fn as_sidecar(workload: &Workload<'_>, container: &Container<'_>) -> Fix {
    let mut sidecar = container.value.clone();
    if let Value::Object(fields) = &mut sidecar {
        fields.insert("restartPolicy".to_owned(), "Always".into());
    }
    let changes = vec![Change::Set(workload.end_of("initContainers"), sidecar), Change::Remove(workload.place(container))];
    Fix::guess("Make it a native sidecar", changes)
}
