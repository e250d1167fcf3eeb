//! What a process has cost so far, as Linux tells it.

use std::fs;

/// The processor time of this process and of the programs that it has waited for in milliseconds, as Linux counts it in hundredths of a second; else zero.
pub(super) fn processor_time() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    (11..15).map(ticks).sum::<u64>() * 10
}

/// The most memory that this process has had, in KiB, where Linux tells it; else zero.
pub(super) fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or_default()
}

/// Lets [`peak`] begin anew.
pub(super) fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
