//! A container must not run as root, and would.
//!
//! Follows `pkg/kubelet/kuberuntime/security_context_others.go` (v1.35, `verifyRunAsNonRoot`).

use crate::images::Entrypoint;
use crate::rule::prelude::*;
use crate::workload::inside;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("run-as-non-root"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A container must not run as root, and would.",
    page: include_str!("run_as_non_root.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if inside(workload.pod, &["os", "name"]).and_then(Value::as_str) == Some("windows") {
        return;
    }
    let of = |value: &Value| inside(value, &["securityContext", "runAsNonRoot"]).and_then(Value::as_bool);
    let of_pod = of(workload.pod);
    for container in workload.containers.iter().filter(|container| of(container.value).or(of_pod) == Some(true)) {
        let place = workload.place(container).entry("securityContext");
        match container.user {
            Some(0) => {
                let message = format!(
                    "The kubelet refuses {}, which is to run as root: `runAsNonRoot` forbids it.",
                    quoted(container.name)
                );
                let hint = "Write another `runAsUser`, or `runAsNonRoot: false` for this container if it needs root.";
                let changes = vec![Change::Set(place.entry("runAsNonRoot"), false.into())];
                found.say(place, message, hint).fix = Some(Fix::guess("Let it run as root", changes));
            }
            None if is_of_root(container) => {
                let message = format!(
                    "The kubelet refuses {}: its image runs as root, and `runAsNonRoot` forbids it.",
                    quoted(container.name)
                );
                found.say(
                    workload.place(container),
                    message,
                    "Write a `runAsUser` other than 0 that the program can do its work as.",
                );
            }
            _ => {}
        }
    }
}

/// True if the image of `container` is known to run as root. Of images that are programs of their own many do not.
fn is_of_root(container: &Container<'_>) -> bool {
    let known = container.image.known.filter(|known| known.user.is_none());
    known.is_some_and(|known| matches!(known.entrypoint, Entrypoint::None | Entrypoint::RunsArguments | Entrypoint::Program(_)))
}
