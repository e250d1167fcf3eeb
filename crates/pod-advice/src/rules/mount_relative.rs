//! The path of a mount does not begin with a slash.

use super::mount_path_more;
use crate::quotes::unquoted;
use crate::rule::prelude::*;
use crate::workload::{inside, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-relative"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The path of a mount does not begin with a slash.",
    page: include_str!("mount_relative.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if inside(workload.pod, &["os", "name"]).and_then(Value::as_str) == Some("windows") {
        return;
    }
    for container in &workload.containers {
        for mount in container.mounts.iter().filter(|mount| is_relative(mount.written)) {
            let place = workload.mount_place(container, mount).entry("mountPath");
            let path = quoted(&mount.path);
            if is_placeholder(mount.written) {
                let message = format!("Kubernetes fills in nothing in a path: the kubelet makes it {path}.");
                found.say(place, message, "Write what the placeholder stands for before the manifest goes to Kubernetes.");
                continue;
            }
            let message = format!("{} is no path from the root: the kubelet makes it {path}.", quoted(mount.written));
            let has_slash = mount.written.trim_start().starts_with('/');
            let hint = if has_slash { "Leave out the space before it." } else { "Write the slash." };
            let finding = found.say(place.clone(), message, hint);
            finding.fix = fix(container, mount, place);
        }
    }
}

/// Writes the path as the kubelet makes it, or without the spaces around it, unless another mount has it.
fn fix(container: &Container<'_>, mount: &Mount<'_>, place: Path) -> Option<Fix> {
    let meant = normalized(mount.written.trim());
    let is_taken = container.mounts.iter().any(|other| other.written == meant);
    let fix = if meant == mount.path { Fix::safe } else { Fix::guess };
    (!is_taken).then(|| fix(format!("Write {meant}"), vec![Change::Set(place, meant.as_ref().into())]))
}

/// True of a path without the slash, and of none that another rule says more of.
fn is_relative(written: &str) -> bool {
    let is_other = || written.contains(['\\', ':']) || unquoted(written).is_some() || mount_path_more::has_more(written);
    !written.is_empty() && !written.starts_with('/') && !is_other()
}

/// True of what a template puts a path in the place of: `${DIR}`, `<path>`, `{{ .path }}`, `MOUNT_PATH`.
fn is_placeholder(path: &str) -> bool {
    let is_constant =
        || path.contains('_') && path.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    path.starts_with(['$', '<', '{']) || is_constant()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_paths() {
        for path in ["$DIR", "<path>", "{{ .Values.path }}", "PSTORE_MOUNT_PATH"] {
            assert!(is_placeholder(path), "{path}");
        }
        for path in ["data", "DATA", "html/logs", "var_log", "A_b"] {
            assert!(!is_placeholder(path), "{path}");
        }
    }
}
