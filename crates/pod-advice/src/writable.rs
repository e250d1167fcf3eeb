//! Mounts that somebody is to write into.

use kube_dry_run::Change;

use crate::workload::{Container, Mount, Workload};

/// What lets `container` write into its `mount`: only one that is read-only may say `recursiveReadOnly`.
pub(crate) fn writable(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>) -> Vec<Change> {
    let place = workload.mount_place(container, mount);
    let fields = ["readOnly", "recursiveReadOnly"].into_iter().filter(|field| mount.value.get(field).is_some());
    fields.map(|field| Change::Remove(place.entry(field))).collect()
}
