//! The file of a Unix socket is still there when its server starts again.

use crate::rule::prelude::*;
use crate::shell::{Access, Call};
use crate::workload::normalized;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("socket-stale"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The file of a Unix socket is still there when its server starts again.",
    page: include_str!("socket_stale.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for (mount, _) in workload.empty_dir_mounts(container) {
            if is_socket(&mount.path) || mount.sub_path.is_some_and(is_socket) {
                let message = format!(
                    "{} is mounted as a file: after a restart of its server it is a socket that nobody listens on.",
                    quoted(&mount.path)
                );
                found.say(workload.mount_place(container, mount), message, "Mount the directory that the socket is in.");
            }
        }
        let sockets = container.process().calls().filter_map(listens_at);
        for path in sockets.filter(|path| is_shared(workload, container, path) && !is_removed(container, path)) {
            let message = format!(
                "When {} is started again, {} is still there and cannot be bound.",
                quoted(container.name),
                quoted(&path)
            );
            found.say(workload.place(container), message, "Remove the file first: `rm -f`.");
        }
    }
}

fn is_socket(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "sock")
}

/// The socket that a program makes which does not remove the old one.
fn listens_at(call: &Call) -> Option<String> {
    let path = match call.program() {
        "nc" | "ncat" if call.has_option(&["-U"]) && call.has_option(&["-l"]) => call.operands().next_back()?.text.as_str(),
        "socat" => {
            let address =
                call.operands().find(|word| word.text.to_ascii_uppercase().starts_with("UNIX-LISTEN:"))?.text.split_once(':')?.1;
            address.split(',').next().filter(|_| !address.contains("unlink-early"))?
        }
        _ => return None,
    };
    Some(normalized(path).into_owned())
}

fn is_shared(workload: &Workload<'_>, container: &Container<'_>, path: &str) -> bool {
    let volume = container.mount_of(path).and_then(|mount| workload.volume_of(mount));
    volume.is_some_and(|volume| volume.empty_dir().is_some())
}

fn is_removed(container: &Container<'_>, path: &str) -> bool {
    let mut removed = container.process().reading.files.iter().filter(|used| used.access == Access::Remove);
    removed.any(|used| path.starts_with(used.path.as_str()))
}
