//! Every container mounts an emptyDir read-only, so it stays empty.

use std::cell::LazyCell;

use crate::forgotten::forgotten;
use crate::rule::prelude::*;
use crate::writable::writable;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("nobody-writes"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Every container mounts an emptyDir read-only, so it stays empty.",
    page: include_str!("nobody_writes.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let unwritten = |volume: &&Volume<'_>| !volume.uses.is_empty() && !workload.is_writable(volume);
    let forgetful = LazyCell::new(|| forgetful(workload));
    for volume in workload.empty_dirs().filter(unwritten) {
        let message = format!("Every mount of {} is read-only, so nobody can put a file into it.", quoted(volume.name));
        let place = workload.volume_place(volume);
        if let Some((_, writer)) = forgetful.iter().find(|(forgotten, _)| *forgotten == volume.position) {
            found.say(place, message, format!("Mount it in {}, whose command writes at its path.", quoted(writer.name)));
            continue;
        }
        let hint = "Take `readOnly` off the mount of the container that is to write.";
        found.say(place, message, hint).fix = writer(workload, volume);
    }
    for volume in workload.empty_dirs().filter(|volume| !unwritten(volume)) {
        for (container, mount) in workload.uses(volume).filter(|(_, mount)| is_never_written(workload, volume, mount)) {
            let (part, name) = (quoted(&mount.place), quoted(container.name));
            let message = format!("{name} only reads {part} of {}, and nobody writes that part.", quoted(volume.name));
            let hint = "Mount the same `subPath` as the container that writes.";
            found.say(workload.mount_place(container, mount).entry(mount.sub_path_field()), message, hint);
        }
    }
}

/// The containers that write for a volume and do not mount it, each with the position of the volume.
fn forgetful<'w, 'a>(workload: &'w Workload<'a>) -> Vec<(usize, &'w Container<'a>)> {
    let of = |container| Some((forgotten(workload, container)?.volume.position, container));
    workload.containers.iter().filter_map(of).collect()
}

/// True of a read-only mount that shows a part of `volume` that no container can write into.
fn is_never_written(workload: &Workload<'_>, volume: &Volume<'_>, mount: &Mount<'_>) -> bool {
    mount.read_only && !workload.uses(volume).any(|(_, other)| !other.read_only && other.meets(mount))
}

/// Lets a container write that does so by its command, or else the first that is no server, where that kills nobody.
fn writer(workload: &Workload<'_>, volume: &Volume<'_>) -> Option<Fix> {
    let is_told = workload.uses(volume).any(|(container, mount)| container.surely_writes(mount));
    let mut meant = workload
        .uses(volume)
        .filter(|(container, mount)| if is_told { container.surely_writes(mount) } else { !container.image.is_server() });
    meant.find_map(|(container, mount)| {
        let changes = writable(workload, container, mount)?;
        Some(Fix::guess(format!("Let {} write", container.name), changes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_forgot_the_mount_is_named() {
        let reader = json!({"name": "web", "volumeMounts": [{"name": "v", "mountPath": "/d", "readOnly": true}]});
        let writer = json!({"name": "app", "image": "busybox", "command": ["sh", "-c", "date > /d/now; sleep 1d"]});
        let pod = json!({"containers": [writer, reader], "volumes": [{"name": "v", "emptyDir": {}}]});
        let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings;
        let finding = findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap();
        assert_eq!(finding.hint.as_deref(), Some("Mount it in `app`, whose command writes at its path."));
        assert_eq!(finding.fix, None);
    }
}
