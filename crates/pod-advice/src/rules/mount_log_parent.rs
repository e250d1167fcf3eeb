//! A volume at `/var/log` hides the directory that nginx logs to.

use super::read_only_root::runs_server;
use crate::rule::prelude::*;
use crate::shell::{Call, FileUse};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-log-parent"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A volume at `/var/log` hides the directory that nginx logs to.",
    page: include_str!("mount_log_parent.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.image.is_nginx() && runs_server(container)) {
        let is_parent = |mount: &Mount<'_>| matches!(&*mount.path, "/var" | "/var/log");
        let mut mounts = workload.empty_dir_mounts(container).filter(|(mount, _)| is_parent(mount));
        if let Some((mount, _)) = mounts.next().filter(|(hiding, volume)| !has_directory(workload, container, volume, hiding)) {
            let is_configured = has_own_configuration(container);
            let what = if is_configured { "starts only if it logs elsewhere" } else { "does not start" };
            let message = format!("nginx in {} {what}: the volume hides `/var/log/nginx`.", quoted(container.name));
            let place = workload.mount_place(container, mount).entry("mountPath");
            let finding = found.say(place, message, "Mount it at `/var/log/nginx`.");
            if is_configured {
                finding.severity = Severity::Warning;
            }
        }
    }
}

/// True if another file than that of the image says where nginx logs to.
fn has_own_configuration(container: &Container<'_>) -> bool {
    let is_named = |call: &Call| call.program().starts_with("nginx") && call.has_option(&["-c"]);
    container.mounts.iter().any(|mount| lies_in(CONFIGURATION, &mount.path)) || container.process().calls().any(is_named)
}

const CONFIGURATION: &str = "/etc/nginx/nginx.conf";

/// How many mounts of a volume are looked at.
const MAX_LOOKED_AT: usize = 64;

/// Where nginx logs to.
const LOGS: &str = "/var/log/nginx";

/// True if the directory is there all the same, in spite of the mount that is `hiding` it: as the place of another mount, as the
/// `subPath` of one, which the kubelet makes, or made by the container or by one before it.
fn has_directory(workload: &Workload<'_>, container: &Container<'_>, volume: &Volume<'_>, hiding: &Mount<'_>) -> bool {
    let directory = hiding.in_volume(LOGS);
    container.mounts.iter().any(|mount| lies_in(&mount.path, LOGS))
        || makes(container, hiding, &directory)
        || workload.uses(volume).take(MAX_LOOKED_AT).any(|(other, mount)| {
            let is_shown = other.starts_before(container) && lies_in(&mount.place, &directory);
            let may_make = || !other.process().ends() || makes(other, mount, &directory);
            is_shown || other.role == Role::Init && !mount.read_only && may_make()
        })
}

/// True if the command of `container` makes the `directory` of the volume at `mount`, or may do so: where it says it only up to what
/// the shell knows, and where it puts what it does not name into all of the volume.
fn makes(container: &Container<'_>, mount: &Mount<'_>, directory: &str) -> bool {
    let is_all = |used: &FileUse| used.path == mount.path && !matches!(&*used.program, "mkdir" | "touch");
    let is_it = |used: &FileUse| !used.is_exact || lies_in(&mount.in_volume(&used.path), directory) || is_all(used);
    container.process().writes().any(|used| lies_in(&used.path, &mount.path) && is_it(used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_configuration_of_its_own_it_may_start() {
        let severity = |command: Value, path: &str| {
            let mounts = json!([{"name": "v", "mountPath": "/var/log"}, {"name": "c", "mountPath": path}]);
            let container = json!({"name": "n", "image": "nginx:1", "command": command, "volumeMounts": mounts});
            let volumes = json!([{"name": "v", "emptyDir": {}}, {"name": "c", "configMap": {"name": "c"}}]);
            let pod = json!({"containers": [container], "volumes": volumes});
            let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings;
            findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap().severity
        };
        assert_eq!(severity(json!(null), "/etc/nginx/conf.d"), Severity::Error);
        assert_eq!(severity(json!(null), "/etc/nginx/nginx.conf"), Severity::Warning);
        assert_eq!(severity(json!(["nginx", "-c", "/c/nginx.conf"]), "/c"), Severity::Warning);
    }
}
