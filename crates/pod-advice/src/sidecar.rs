//! Native sidecars.

use kube_dry_run::{Change, Fix};
use serde_json::Value;

use crate::workload::{Container, Workload};

/// The fix that moves a container of the Pod to its init containers as a native sidecar.
pub(crate) fn as_sidecar(workload: &Workload<'_>, container: &Container<'_>) -> Fix {
    let mut sidecar = container.value.clone();
    if let Value::Object(fields) = &mut sidecar {
        fields.insert("restartPolicy".to_owned(), "Always".into());
    }
    let changes = vec![Change::Set(workload.end_of("initContainers"), sidecar), Change::Remove(workload.place(container))];
    Fix::guess("Make it a native sidecar", changes)
}
