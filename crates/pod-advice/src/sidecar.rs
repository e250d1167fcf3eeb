//! Native sidecars.

use kube_dry_run::{Change, Fix};
use serde_json::Value;

use crate::shell::Call;
use crate::workload::{Container, Workload};

/// True if another container may tell the program of `container` to end: by a signal, if they see each other's processes, or by a
/// request.
pub(crate) fn may_be_ended(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    let is_shared = ["shareProcessNamespace", "hostPID"].iter().any(|field| workload.pod.get(*field) == Some(&Value::Bool(true)));
    let signals = |other: &Container<'_>| {
        other.process().calls().any(|call| matches!(call.program(), "kill" | "killall" | "killall5" | "pkill"))
    };
    let requests = |other: &Container<'_>| other.process().calls().any(requests_end);
    workload.apps().any(|other| !other.is(container) && (is_shared && signals(other) || requests(other)))
}

/// Addresses of this Pod, and paths at which proxies are told to end, as those of Cloud SQL, Istio and Linkerd are.
const OWN_HOSTS: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];
const ENDING_PATHS: [&str; 3] = ["/quitquitquit", "/shutdown", "/exitexitexit"];

/// True of a call that asks a program in this Pod to end: `curl -X POST http://localhost:9091/quitquitquit`.
fn requests_end(call: &Call) -> bool {
    let is_such = |word: &str| {
        OWN_HOSTS.iter().any(|host| word.contains(host))
            && ENDING_PATHS.iter().any(|path| word.trim_end_matches('/').ends_with(path))
    };
    call.arguments().iter().any(|word| is_such(&word.text))
}

/// The fix that moves a container of the Pod to its init containers as a native sidecar.
pub(crate) fn as_sidecar(workload: &Workload<'_>, container: &Container<'_>) -> Fix {
    let mut sidecar = container.value.clone();
    if let Value::Object(fields) = &mut sidecar {
        fields.insert("restartPolicy".to_owned(), "Always".into());
    }
    let changes = vec![Change::Set(workload.end_of("initContainers"), sidecar), Change::Remove(workload.place(container))];
    Fix::guess("Make it a native sidecar", changes)
}
