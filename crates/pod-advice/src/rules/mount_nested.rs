//! A mount lies inside of another mount of the same container.

use crate::rule::prelude::*;
use crate::shell::base_name;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-nested"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A mount lies inside of another mount of the same container.",
    page: include_str!("mount_nested.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for inner in &container.mounts {
            let Some(outer) = outer_of(container, inner).filter(|outer| !is_file(workload, inner, outer)) else { continue };
            let volumes = (workload.volume_of(outer), workload.volume_of(inner));
            let (Some(outer_volume), Some(inner_volume)) = volumes else { continue };
            if outer_volume.empty_dir().is_none() && inner_volume.empty_dir().is_none() {
                continue;
            }
            let place = workload.mount_place(container, inner).entry("mountPath");
            let (around, inside) = (quoted(&outer.path), quoted(&inner.path));
            if has_no_place(workload, outer, outer_volume) {
                let message = format!("{inside} cannot be made inside of {around}, which is read-only and empty.");
                let finding = found.say(place, message, "Mount the two beside each other.");
                (finding.severity, finding.stage) = (Severity::Error, Stage::Starts);
            } else {
                let name = quoted(container.name);
                let message = format!("{inside} lies inside of {around}, and hides from {name} what the outer volume has there.");
                found.say(place, message, "Mount the two beside each other, or use one volume for both.");
            }
        }
    }
}

/// True of what may be a single file, or a part of the volume around it: all that has a `subPath`, but a directory of another
/// emptyDir, which the kubelet makes.
fn is_file(workload: &Workload<'_>, inner: &Mount<'_>, outer: &Mount<'_>) -> bool {
    let is_directory = inner.name != outer.name && workload.volume_of(inner).is_some_and(|volume| volume.empty_dir().is_some());
    inner.sub_path.is_some_and(|path| !is_directory || base_name(path).contains('.'))
}

/// True of an empty volume in which no directory can be made for another mount.
fn has_no_place(workload: &Workload<'_>, outer: &Mount<'_>, volume: &Volume<'_>) -> bool {
    outer.read_only && volume.empty_dir().is_some() && !workload.is_filled_by_init(volume)
}

/// The innermost mount that `inner` lies in.
fn outer_of<'c, 'a>(container: &'c Container<'a>, inner: &Mount<'_>) -> Option<&'c Mount<'a>> {
    let is_around =
        |mount: &&Mount<'_>| mount.path.len() < inner.path.len() && lies_in(&inner.path, &mount.path) && mount.path != "/";
    container.mounts.iter().filter(is_around).max_by_key(|mount| mount.path.len())
}
