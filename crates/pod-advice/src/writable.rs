//! Mounts that somebody is to write into.

use kube_dry_run::Change;

use crate::memory::would_be_killed;
use crate::workload::{Container, Mount, Workload};

/// What lets `container` write into its `mount`: only one that is read-only may say `recursiveReadOnly`. `None` where it, or the
/// Pod, would be killed for the memory that its files take.
pub(crate) fn writable(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>) -> Option<Vec<Change>> {
    if workload.volume_of(mount).is_some_and(|volume| would_be_killed(workload, volume, container)) {
        return None;
    }
    let place = workload.mount_place(container, mount);
    let fields = ["readOnly", "recursiveReadOnly"].into_iter().filter(|field| mount.value.get(field).is_some());
    Some(fields.map(|field| Change::Remove(place.entry(field))).collect())
}
