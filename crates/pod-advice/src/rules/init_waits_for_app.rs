//! An init container waits for a file that nobody can have written yet, or a server that nobody can have started.

use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse};
use crate::workload::{Use, lies_in};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-waits-for-app"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An init container waits for a file or a server of a container that starts after it.",
    page: include_str!("init_waits_for_app.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (index, container) in workload.containers.iter().enumerate().filter(|(_, container)| container.role == Role::Init) {
        if let Some(call) = server_call(workload, container) {
            let (name, program) = (quoted(container.name), call.program());
            let message = format!(
                "{name} waits with `{program}` for a server of its own Pod for ever: the other containers start after it."
            );
            found.say(
                workload.place(container),
                message,
                "Wait in the container that needs the server, or make the server a native sidecar before this one.",
            );
            continue;
        }
        for path in awaited_files(container) {
            let Some(mount) = container.mount_of(path) else { continue };
            let Some(volume) = workload.volume_of(mount).filter(|volume| volume.empty_dir().is_some()) else { continue };
            let is_writable = |used: &&Use| !workload.containers[used.container].mounts[used.mount].read_only;
            let mut earlier = volume.uses.iter().filter(|used| used.container < index).filter(is_writable);
            if earlier.next().is_some() || container.process().writes().any(|used| lies_in(path, used.path.trim_end_matches('/')))
            {
                continue;
            }
            let message = format!(
                "{} waits for {} for ever: the containers that could write it start after it.",
                quoted(container.name),
                quoted(path)
            );
            found.say(
                workload.place(container),
                message,
                "Wait in the container that needs the file, or write it in an earlier init container.",
            );
            break;
        }
    }
}

/// True if `container` waits for what another container of its Pod does.
pub(super) fn waits(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    awaited_files(container).any(|path| container.file_in_volume(path).is_some()) || server_call(workload, container).is_some()
}

/// The paths of the files that the command of `container` cannot go on without.
fn awaited_files<'c>(container: &'c Container<'_>) -> impl Iterator<Item = &'c str> {
    let is_awaited = |used: &&FileUse| used.access == Access::Await && used.when.decisive && used.is_exact;
    container.process().reading.files.iter().filter(is_awaited).map(|used| used.path.as_str())
}

/// What `container` loops for until somebody in its own Pod answers, if nobody there runs before it ends.
fn server_call<'w>(workload: &'w Workload<'_>, container: &'w Container<'_>) -> Option<&'w Call> {
    let is_of_node = workload.pod.get("hostNetwork") == Some(&Value::Bool(true));
    let mut sidecars = workload.containers.iter().filter(|other| other.role == Role::Sidecar);
    let process = container.process();
    if is_of_node || sidecars.any(|other| other.position < container.position) || process.calls().any(|call| call.when.background)
    {
        return None;
    }
    let asks = |call: &&Call| {
        let words = || call.arguments().iter().map(|word| word.text.as_str());
        let is_injected = || words().any(|word| INJECTED.iter().any(|port| word.contains(port)));
        CLIENTS.contains(&call.program()) && words().any(names_own_pod) && !is_injected()
    };
    process.calls().filter(|call| call.when.decisive).find(asks)
}

/// Programs that ask a server.
const CLIENTS: [&str; 9] = ["curl", "mysql", "mysqladmin", "nc", "netcat", "pg_isready", "psql", "redis-cli", "wget"];

/// Ports of the sidecars that Istio and Linkerd put into a Pod.
const INJECTED: [&str; 4] = ["15000", "15020", "15021", "4191"];

/// True of a host or an address that is the Pod itself.
fn names_own_pod(word: &str) -> bool {
    let host = word.split_once("://").map_or(word, |(_, rest)| rest);
    let host = host.strip_prefix("-h").or_else(|| host.strip_prefix("--host=")).unwrap_or(host);
    let host = host.split([':', '/']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1")
}
