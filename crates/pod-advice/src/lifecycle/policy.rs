//! Whether a container is started again.
//!
//! Follows `pkg/kubelet/container/helpers.go` (v1.35, `ShouldContainerBeRestarted`), `pkg/api/v1/pod/util.go`
//! (`ContainerShouldRestart`), and `pkg/kubelet/kuberuntime/kuberuntime_container.go` (`computeInitContainerActions`), which
//! retries init containers unless the policy is `Never`.

use crate::workload::{Container, Restarts, Role, Workload, text};

/// When `container` is started again: its own policy, or that of the Pod.
pub(super) fn of(workload: &Workload<'_>, container: &Container<'_>) -> Restarts {
    let own = match text(container.value, "restartPolicy") {
        Some("Always") => Some(Restarts::Always),
        Some("OnFailure") => Some(Restarts::OnFailure),
        Some("Never") => Some(Restarts::Never),
        _ => None,
    };
    match (container.role, own.unwrap_or(workload.restarts)) {
        (Role::Init, Restarts::Always) => Restarts::OnFailure,
        (_, restarts) => restarts,
    }
}

/// True if rules decide by the exit code, which nobody knows beforehand.
pub(super) fn has_rules(container: &Container<'_>) -> bool {
    container.has("restartPolicyRules")
}

/// True if it ends by itself and is started again all the same.
pub(super) fn is_started_again_when_it_ends(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    container.role != Role::Init && of(workload, container) == Restarts::Always && container.process().ends()
}
