//! An init container does nothing but copy the files of its image.

use crate::rule::prelude::*;
use crate::shell::{Call, FileUse};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("image-volume"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "An init container does nothing but copy the files of its image.",
    page: include_str!("image_volume.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role == Role::Init) {
        let process = container.process();
        if !process.runs_only(copies_at_most) || !process.writes().all(is_of_copy) {
            continue;
        }
        let into_volume = |used: &FileUse| {
            let volume = container.mount_of(&used.path).and_then(|mount| workload.volume_of(mount));
            COPYING.contains(&&*used.program) && volume.is_some_and(|volume| volume.empty_dir().is_some())
        };
        let Some(target) = process.writes().find(|used| into_volume(used)) else { continue };
        let users = || others(workload, container, target);
        if copies_image(container) && !users().any(|mount| is_unpacked_in(&mount.path)) {
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

/// Programs that copy files as they are, `tar` from one to the other.
const COPYING: [&str; 4] = ["cp", "install", "rsync", "tar"];

/// Programs that a copy is made ready with, in order.
const BESIDE: [&str; 15] =
    [":", "[", "basename", "cd", "echo", "exit", "ls", "printf", "pwd", "rm", "rmdir", "set", "sync", "test", "true"];

fn copies_at_most(call: &Call) -> bool {
    call.copies() || call.makes_directories() || BESIDE.binary_search(&call.program()).is_ok()
}

/// True of a file or a directory that is made by copying, and of a message.
fn is_of_copy(used: &FileUse) -> bool {
    COPYING.contains(&&*used.program) || used.program == "mkdir" || lies_in(&used.path, "/dev")
}

/// Files and directories that the kubelet, the runtime or the kernel puts into every container.
const NOT_OF_IMAGE: [&str; 8] = [
    "/dev",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/resolv.conf",
    "/proc",
    "/run/secrets/kubernetes.io",
    "/sys",
    "/var/run/secrets/kubernetes.io",
];

/// Where the images that start a shell have their files.
const OF_SHELL_IMAGES: [&str; 5] = ["/bin", "/etc", "/lib", "/sbin", "/usr"];

/// True if all that `container` copies is of its image, as far as that is known.
fn copies_image(container: &Container<'_>) -> bool {
    let is_in = |path: &str, places: &[&str]| places.iter().any(|place| lies_in(path, place));
    let may_have = |path: &str| !container.image.is_shell() || is_in(path, &OF_SHELL_IMAGES);
    let is_of_image = |path: &str| may_have(path) && !is_in(path, &NOT_OF_IMAGE);
    let mut copied = container.process().reads().filter(|used| COPYING.contains(&&*used.program)).peekable();
    copied.peek().is_some() && copied.all(|used| is_of_image(&used.path) && container.mount_of(&used.path).is_none())
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
