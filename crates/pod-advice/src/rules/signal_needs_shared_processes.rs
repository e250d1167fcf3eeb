//! A container signals a process of another one, which it cannot see.

use crate::rule::prelude::*;
use crate::shell::{Call, only_asks};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("signal-needs-shared-processes"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container signals a process of another one, which it cannot see.",
    page: include_str!("signal_needs_shared_processes.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_set = |field: &str| workload.pod.get(field) == Some(&Value::Bool(true));
    if is_set("shareProcessNamespace") || is_set("hostPID") || workload.containers.len() < 2 {
        return;
    }
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let calls = || container.process().calls();
        let is_own = |name: &str| calls().any(|call| call.program() == name && !only_asks(call));
        let by_name =
            calls().filter_map(signalled).find(|name| !is_own(name)).map(|name| format!("the process {}", quoted(name)));
        let by_file = || Some(format!("the process whose number is in {}", quoted(file_of_other(workload, container)?)));
        let Some(process) = by_name.or_else(by_file) else { continue };
        let message = format!("{} cannot see {process}: each container has its own.", quoted(container.name));
        let hint = "Set `shareProcessNamespace: true` for the Pod.";
        let changes = vec![Change::Set(workload.pod_place().entry("shareProcessNamespace"), true.into())];
        found.say(workload.place(container), message, hint).fix = Some(Fix::guess("Share the process namespace", changes));
    }
}

/// The program that a command wants to signal.
fn signalled(call: &Call) -> Option<&str> {
    match call.program() {
        "pgrep" | "pidof" | "pkill" | "killall" => {
            call.operands().next_back().map(|word| word.text.as_str()).filter(|name| !name.is_empty())
        }
        "nginx" if call.arguments().iter().any(|word| word.text.starts_with("-s")) => Some("nginx"),
        _ => None,
    }
}

/// The file in an emptyDir of which `container` signals the process whose number somebody else has written there: `kill $(cat FILE)`.
fn file_of_other<'w>(workload: &'w Workload<'_>, container: &'w Container<'_>) -> Option<&'w str> {
    let process = container.process();
    let mut read = process.reads().filter(|used| {
        let is_killed = process
            .reading
            .calls
            .get(used.call + 1)
            .is_some_and(|call| call.program() == "kill" && call.operands().any(|word| !word.is_exact));
        is_killed && used.program == "cat" && used.is_exact && used.path.ends_with(".pid")
    });
    let used = read.next().filter(|used| !process.writes().any(|written| written.path == used.path))?;
    let volume = workload.volume_of(container.mount_of(&used.path)?)?;
    volume.empty_dir().is_some_and(|_| volume.is_shared()).then_some(used.path.as_str())
}
