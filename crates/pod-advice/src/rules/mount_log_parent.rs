//! A volume at `/var/log` hides the directory that nginx logs to.

use super::read_only_root::runs_server;
use crate::hidden_directory::is_there;
use crate::rule::prelude::*;
use crate::shell::Call;
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
        if let Some((mount, _)) = mounts.next().filter(|(hiding, volume)| !is_there(workload, container, volume, hiding, LOGS)) {
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

/// Where nginx logs to.
const LOGS: &str = "/var/log/nginx";

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
