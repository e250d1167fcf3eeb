//! A root file system is read-only, and the image or a command must write into it.

use crate::hidden_directory::is_there;
use crate::images::KnownImage;
use crate::rule::prelude::*;
use crate::shell::{Call, FileUse};
use crate::workload::{lies_in, text};
use crate::writable::writable;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("read-only-root"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A root file system is read-only, and the image or a command must write into it.",
    page: include_str!("read_only_root.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.has_read_only_root()) {
        let place = workload.place(container).entry("securityContext").entry("readOnlyRootFilesystem");
        let missing = missing_of_image(workload, container);
        if !missing.is_empty() {
            let message =
                format!("{} cannot start: it must write to {}.", quoted(container.name), listed(missing.iter().copied(), "and"));
            found.say(place, message, "Mount an emptyDir at each of these directories.").fix = fix(workload, container, &missing);
            continue;
        }
        let Some((path, directory)) = written_by_command(container) else { continue };
        let message = format!("{} writes {}, and its root file system is read-only.", quoted(container.name), quoted(path));
        let finding = found.say(place, message, format!("Mount an emptyDir at {}, or write into a volume.", quoted(directory)));
        finding.stage = Stage::Shares;
        finding.fix = FOR_SCRATCH.contains(&directory).then(|| fix(workload, container, &[directory])).flatten();
    }
}

/// The directories that the server of the image must write to, and cannot.
fn missing_of_image<'a>(workload: &Workload<'a>, container: &Container<'a>) -> Vec<&'static str> {
    let is_shipped = |known: &&KnownImage| !may_write_elsewhere(workload, container, known);
    let known = container.image.known.filter(|known| !known.scratch.is_empty() && runs_server(container)).filter(is_shipped);
    let scratch = known.map_or(&[] as &[&str], |known| known.scratch);
    let is_missing = |directory: &&str| !is_writable(container, directory) || is_hidden(workload, container, directory);
    scratch.iter().copied().filter(is_missing).collect()
}

/// True if nginx, which makes only the last directory of a path, finds that the empty volume around `directory` has none of that
/// name.
fn is_hidden<'a>(workload: &Workload<'a>, container: &Container<'a>, directory: &str) -> bool {
    let mut around = workload.empty_dir_mounts(container).filter(|(mount, _)| lies_in(directory, &mount.path));
    container.image.is_nginx()
        && !container.mounts.iter().any(|mount| mount.path == directory)
        && around.any(|(mount, volume)| !is_there(workload, container, volume, mount, directory))
}

/// True if a configuration of one's own may have the server write into another directory, of those in which it can.
fn may_write_elsewhere(workload: &Workload<'_>, container: &Container<'_>, known: &KnownImage) -> bool {
    let is_of_image = |path: &str| lies_in(known.configuration, path) || known.content.contains(&path);
    let is_mounted =
        !known.configuration.is_empty() && container.mounts.iter().any(|mount| lies_in(known.configuration, &mount.path));
    let names_other = |call: &Call| {
        let mut pairs = call.arguments().windows(2);
        pairs.any(|pair| match pair[0].text.as_str() {
            "-c" => pair[1].text != known.configuration,
            "-g" => pair[1].text.contains("pid "),
            _ => false,
        })
    };
    let is_configured = is_mounted || container.process().calls().any(|call| is_nginx(call) && names_other(call));
    let can_write =
        |mount: &Mount<'_>| !mount.read_only && workload.volume_of(mount).is_some_and(|volume| !volume.is_read_only());
    is_configured && container.mounts.iter().any(|mount| can_write(mount) && !is_of_image(&mount.path))
}

/// Directories that hold nothing an image needs.
const FOR_SCRATCH: [&str; 4] = ["/run", "/tmp", "/var/run", "/var/tmp"];

/// The first file that the command writes where nothing is mounted, and its directory.
fn written_by_command<'c>(container: &'c Container<'_>) -> Option<(&'c str, &'c str)> {
    let message = text(container.value, "terminationMessagePath");
    // What is in memory already, what the image makes a volume of, and what is there before.
    let data = container.image.known.map_or(&[] as &[&str], |known| known.data);
    let is_elsewhere = |path: &str| ["/dev", "/proc", "/sys"].iter().chain(data).any(|place| lies_in(path, place));
    let is_refused = |used: &&FileUse| {
        used.is_exact
            && !used.when.guarded
            && used.program != "mkdir"
            && !is_elsewhere(&used.path)
            && message != Some(used.path.as_str())
            && container.mount_of(&used.path).is_none()
    };
    let path = container.process().writes().find(is_refused)?.path.trim_end_matches('/');
    let directory = &path[..path.rfind('/')?];
    (!directory.is_empty()).then_some((path, directory))
}

/// True if the server of the image is what runs.
pub(super) fn runs_server(container: &Container<'_>) -> bool {
    let process = container.process();
    process.words.is_empty() || process.calls().any(|call| is_nginx(call) && !call.has_option(&["-t", "-T", "-v", "-V"]))
}

fn is_nginx(call: &Call) -> bool {
    matches!(call.program(), "nginx" | "nginx-debug" | "nginx-ingress-controller")
}

fn is_writable(container: &Container<'_>, directory: &str) -> bool {
    let names = [directory, directory.strip_prefix("/var").unwrap_or(directory)];
    container.mounts.iter().any(|mount| !mount.read_only && names.iter().any(|name| lies_in(name, &mount.path)))
}

/// Adds an emptyDir for each of the `missing` directories, or lets the container write where it has a mount; `None` where it may
/// write there already.
fn fix(workload: &Workload<'_>, container: &Container<'_>, missing: &[&str]) -> Option<Fix> {
    let mounts = workload.place(container).entry("volumeMounts");
    let volumes = workload.pod_place().entry("volumes");
    let mut changes = Vec::new();
    let mut offset = 0;
    for directory in missing {
        if let Some(mount) = container.mounts.iter().find(|mount| lies_in(directory, &mount.path)) {
            changes.extend(writable(workload, container, mount).filter(|changes| !changes.is_empty())?);
            continue;
        }
        let holds_mount = container.mounts.iter().any(|mount| lies_in(&mount.path, directory));
        let name = directory.trim_start_matches('/').replace('/', "-");
        if holds_mount || workload.volumes.iter().any(|volume| volume.name == name) {
            return None;
        }
        let volume = json!({"name": name, "emptyDir": {"sizeLimit": "64Mi"}});
        let own = workload.volumes.iter().filter(|volume| !volume.is_claim).count();
        changes.push(Change::Set(volumes.index(own + offset), volume));
        changes.push(Change::Set(mounts.index(container.mounts.len() + offset), json!({"name": name, "mountPath": directory})));
        offset += 1;
    }
    Some(Fix::guess("Mount emptyDirs there", changes))
}
