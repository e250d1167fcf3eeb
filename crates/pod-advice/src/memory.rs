//! Who pays for volumes in memory.
//!
//! Follows `pkg/volume/emptydir/empty_dir.go` (v1.35, `calculateEmptyDirMemorySize`), which makes the tmpfs as large as the
//! smallest of what the node has, the Pod's memory limit and the `sizeLimit`.

use crate::limits::together;
use crate::workload::{Container, Volume, Workload, amount, inside};

/// A mebibyte in thousandths of a byte.
pub(crate) const MEBIBYTE: i128 = 1024 * 1024 * 1000;

/// The memory limit of the whole Pod, its own or that of its containers together; `None` if some container has none.
///
/// Follows `pkg/kubelet/cm/helpers_linux.go` (v1.35, `ResourceConfigForPod`).
pub(crate) fn pod_limit(workload: &Workload<'_>) -> Option<i128> {
    let of_containers = || Some(together(workload, |container| container.memory_limit)).filter(|together| together.is_declared);
    written_pod_limit(workload).or_else(|| of_containers().map(|together| together.limit)).filter(|limit| *limit > 0)
}

/// The memory limit that the Pod itself is given, in thousandths of a byte.
pub(crate) fn written_pod_limit(workload: &Workload<'_>) -> Option<i128> {
    inside(workload.pod, &["resources", "limits", "memory"]).and_then(amount).filter(|limit| *limit > 0)
}

/// The size of a volume in memory; `None` if it is what the node has.
pub(crate) fn size(workload: &Workload<'_>, volume: &Volume<'_>) -> Option<i128> {
    [volume.limit(), pod_limit(workload)].into_iter().flatten().min()
}

/// A volume in memory that may become as large as a memory limit that its files count against.
pub(crate) struct Killing<'w, 'a> {
    pub(crate) volume: &'w Volume<'a>,
    /// The container with that limit; `None` if it is that of the Pod.
    pub(crate) container: Option<&'w Container<'a>>,
    pub(crate) limit: i128,
}

/// The volumes in memory that may become as large as the memory limit of a container that may write into them, the smallest of
/// these, or else as that of the Pod.
pub(crate) fn killed<'w, 'a>(workload: &'w Workload<'a>) -> Vec<Killing<'w, 'a>> {
    let killed = |volume: &'w Volume<'a>| {
        let container = killed_by(workload, volume).min_by_key(|(_, limit)| *limit);
        let of_container = container.map(|(container, limit)| Killing { volume, container: Some(container), limit });
        let is_written = || workload.uses(volume).any(|(_, mount)| !mount.read_only);
        let of_pod = || written_pod_limit(workload).filter(|limit| is_written() && may_reach(workload, volume, *limit));
        of_container.or_else(|| Some(Killing { volume, container: None, limit: of_pod()? }))
    };
    workload.empty_dirs().filter(|volume| volume.is_memory()).filter_map(killed).collect()
}

/// True if files that `container` begins to write into `volume` may count up to a memory limit: its own, or that of the Pod.
pub(crate) fn would_be_killed(workload: &Workload<'_>, volume: &Volume<'_>, container: &Container<'_>) -> bool {
    let mut limits = container.memory_limit.into_iter().chain(written_pod_limit(workload));
    volume.is_memory() && limits.any(|limit| may_reach(workload, volume, limit))
}

/// True if `volume`, which is in memory, may become as large as `limit`.
pub(crate) fn may_reach(workload: &Workload<'_>, volume: &Volume<'_>, limit: i128) -> bool {
    size(workload, volume).is_none_or(|size| size >= limit)
}

/// The containers that may write into `volume`, which is in memory, and whose own memory limit it may reach, with that limit.
pub(crate) fn killed_by<'w, 'a>(
    workload: &'w Workload<'a>,
    volume: &'w Volume<'a>,
) -> impl Iterator<Item = (&'w Container<'a>, i128)> {
    let writers = workload.uses(volume).filter(|(_, mount)| !mount.read_only).map(|(container, _)| container);
    let limits = writers.filter_map(|container| Some((container, container.memory_limit?)));
    limits.filter(move |(_, limit)| may_reach(workload, volume, *limit))
}

/// An amount of bytes, in thousandths of one, in the largest unit that it is a multiple of.
pub(crate) fn size_text(amount: i128) -> String {
    let units = [(MEBIBYTE * 1024, "Gi"), (MEBIBYTE, "Mi"), (MEBIBYTE / 1024, "Ki"), (1_000_000_000, "M"), (1_000_000, "k")];
    match units.iter().find(|(unit, _)| amount > 0 && amount % unit == 0) {
        Some((unit, name)) => format!("{}{name}", amount / unit),
        None => format!("{} bytes", amount / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::amount;
    use serde_json::json;

    #[test]
    fn sizes_are_told_as_people_write_them() {
        for size in ["16Mi", "2Gi", "3Ki", "100M", "5k", "7 bytes"] {
            let written = json!(size.trim_end_matches(" bytes"));
            assert_eq!(amount(&written).map(size_text).as_deref(), Some(size));
        }
    }
}
