//! What the containers of a Pod may use together.
//!
//! Follows `staging/src/k8s.io/component-helpers/resource/helpers.go` (v1.35, `AggregateContainerLimits`): app containers and
//! sidecars run side by side; an init container runs beside the sidecars before it, and the Pod may use what the largest step
//! needs.

use crate::workload::{Container, Role, Workload};

/// The limits of one resource, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Together {
    /// The limit of the Pod, in the unit of the limits; 0 if no container has one.
    pub(crate) limit: i128,
    /// True if every container has a limit; an init container may have that of the sidecars before it.
    pub(crate) is_declared: bool,
}

/// Takes together what `limit` says of each container of `workload`.
pub(crate) fn together(workload: &Workload<'_>, limit: impl Fn(&Container<'_>) -> Option<i128>) -> Together {
    let (mut apps, mut sidecars, mut largest, mut is_declared) = (0, 0, 0, true);
    for container in &workload.containers {
        let own = limit(container).unwrap_or_default();
        let step = match container.role {
            Role::App => {
                apps += own;
                own
            }
            Role::Sidecar => {
                sidecars += own;
                sidecars
            }
            Role::Init => sidecars + own,
        };
        is_declared &= step != 0;
        largest = largest.max(step);
    }
    Together { limit: largest.max(apps + sidecars), is_declared }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn of(init: &[(Option<&str>, Option<&str>)], apps: &[Option<&str>]) -> (i128, bool) {
        let limits = |limit: Option<&str>| json!({"limits": limit.map(|limit| json!({"memory": limit}))});
        let init: Vec<Value> =
            init.iter().map(|(policy, limit)| json!({"restartPolicy": policy, "resources": limits(*limit)})).collect();
        let apps: Vec<Value> = apps.iter().map(|limit| json!({"resources": limits(*limit)})).collect();
        let pod = json!({"kind": "Pod", "spec": {"initContainers": init, "containers": apps}});
        let workload = Workload::of(&pod).unwrap();
        let Together { limit, is_declared } = together(&workload, |container| container.memory_limit);
        (limit / 1_000, is_declared)
    }

    #[test]
    fn the_largest_step_counts() {
        let sidecar = |limit| (Some("Always"), Some(limit));
        assert_eq!(of(&[], &[Some("1"), Some("2")]), (3, true));
        assert_eq!(of(&[sidecar("4"), (None, Some("9"))], &[Some("1"), Some("2")]), (13, true));
        assert_eq!(of(&[(None, Some("2")), sidecar("4")], &[Some("1"), Some("2")]), (7, true));
    }

    #[test]
    fn a_container_without_a_limit_leaves_the_pod_without_one() {
        assert_eq!(of(&[], &[Some("1"), None]), (1, false));
        assert_eq!(of(&[(None, None)], &[Some("1")]), (1, false));
        assert_eq!(of(&[(Some("Always"), Some("2")), (None, None)], &[Some("1")]), (3, true));
    }
}
