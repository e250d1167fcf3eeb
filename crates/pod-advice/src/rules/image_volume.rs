//! An init container does nothing but copy the files of its image.

use crate::rule::prelude::*;
use crate::shell::FileUse;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("image-volume"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "An init container does nothing but copy the files of its image.",
    page: include_str!("image_volume.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role == Role::Init && !container.image.is_shell()) {
        let process = container.process();
        let only_copies = process.calls().all(|call| matches!(call.program(), "cp" | "mkdir" | "set" | "echo" | "ls"));
        let is_of_image = |used: &FileUse| used.program == "cp" && container.mount_of(&used.path).is_none();
        let into_volume = |used: &FileUse| {
            let volume = container.mount_of(&used.path).and_then(|mount| workload.volume_of(mount));
            used.program == "cp" && volume.is_some_and(|volume| volume.empty_dir().is_some())
        };
        let Some(target) = process.writes().find(|used| into_volume(used)) else { continue };
        let users = || others(workload, container, target);
        if only_copies && process.reads().any(is_of_image) && !users().any(|mount| is_unpacked_in(&mount.path)) {
            let message = format!("{} only copies files of its image into a volume.", quoted(container.name));
            let hint = if users().all(|mount| mount.read_only) {
                "From Kubernetes 1.35 on an `image` volume mounts them without the copy."
            } else {
                "If nobody changes them there: from Kubernetes 1.35 on an `image` volume mounts them, read-only, without the copy."
            };
            found.say(workload.place(container), message, hint);
        }
    }
}

/// The mounts of the volume of `target` in other containers than `container`.
fn others<'w>(workload: &'w Workload<'_>, container: &'w Container<'_>, target: &FileUse) -> impl Iterator<Item = &'w Mount<'w>> {
    let volume = container.mount_of(&target.path).and_then(|mount| workload.volume_of(mount));
    let uses = volume.into_iter().flat_map(|volume| workload.uses(volume));
    uses.filter(|(other, _)| !other.is(container)).map(|(_, mount)| mount)
}

/// True of a directory in which a server unpacks what it finds there: Tomcat does so with archives.
fn is_unpacked_in(path: &str) -> bool {
    path.ends_with("/webapps")
}
