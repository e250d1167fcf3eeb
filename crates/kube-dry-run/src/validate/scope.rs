//! What the parts of a Pod have to know of the rest of it.

use std::collections::{BTreeSet, HashMap};

use k8s_openapi::api::core::v1::{Container, EphemeralContainer, PodSpec, Volume};

use super::super::field_path::FieldPath;
use super::{list, text};

/// A Pod, or the Pod of a template.
pub(super) struct Scope<'a> {
    /// The specification.
    pub(super) spec: &'a PodSpec,
    /// The volumes without errors; a broken volume does not count as defined.
    pub(super) volumes: HashMap<&'a str, &'a Volume>,
    /// The names of the Pod's resource claims.
    pub(super) claims: BTreeSet<&'a str>,
    /// The ephemeral containers in the form of the others.
    pub(super) ephemeral: Vec<Container>,
}

impl<'a> Scope<'a> {
    /// A scope that knows no volumes yet.
    pub(super) fn new(spec: &'a PodSpec) -> Self {
        let claims = list(spec.resource_claims.as_ref()).iter().map(|claim| claim.name.as_str());
        Self {
            spec,
            volumes: HashMap::new(),
            claims: claims.filter(|name| !name.is_empty()).collect(),
            ephemeral: list(spec.ephemeral_containers.as_ref()).iter().map(as_container).collect(),
        }
    }

    /// True unless the Pod has user namespaces of its own.
    pub(super) fn has_host_users(&self) -> bool {
        self.spec.host_users != Some(false)
    }

    /// The Pod's restart policy.
    pub(super) fn restart_policy(&self) -> &'a str {
        text(self.spec.restart_policy.as_ref())
    }

    /// The name of the operating system; empty if the Pod names none.
    pub(super) fn os(&self) -> &'a str {
        self.spec.os.as_ref().map(|os| os.name.as_str()).unwrap_or_default()
    }

    /// Calls `visit` with every container and its path below `spec`; `VisitContainersWithPath`.
    pub(super) fn visit_containers(&self, spec: &FieldPath<'_>, mut visit: impl FnMut(&Container, &FieldPath<'_>)) {
        let lists = [
            ("initContainers", list(self.spec.init_containers.as_ref())),
            ("containers", self.spec.containers.as_slice()),
            ("ephemeralContainers", self.ephemeral.as_slice()),
        ];
        for (name, containers) in lists {
            let path = &spec.field(name);
            for (index, container) in containers.iter().enumerate() {
                visit(container, &path.index(index));
            }
        }
    }
}

fn as_container(ephemeral: &EphemeralContainer) -> Container {
    let EphemeralContainer {
        args,
        command,
        env,
        env_from,
        image,
        image_pull_policy,
        lifecycle,
        liveness_probe,
        name,
        ports,
        readiness_probe,
        resize_policy,
        resources,
        restart_policy,
        restart_policy_rules,
        security_context,
        startup_probe,
        stdin,
        stdin_once,
        target_container_name: _,
        termination_message_path,
        termination_message_policy,
        tty,
        volume_devices,
        volume_mounts,
        working_dir,
    } = ephemeral.clone();
    Container {
        args,
        command,
        env,
        env_from,
        image,
        image_pull_policy,
        lifecycle,
        liveness_probe,
        name,
        ports,
        readiness_probe,
        resize_policy,
        resources,
        restart_policy,
        restart_policy_rules,
        security_context,
        startup_probe,
        stdin,
        stdin_once,
        termination_message_path,
        termination_message_policy,
        tty,
        volume_devices,
        volume_mounts,
        working_dir,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::*;

    fn spec(spec: Value) -> PodSpec {
        serde_json::from_value(spec).unwrap()
    }

    #[test]
    fn containers_are_visited_in_the_servers_order() {
        let spec = spec(json!({
            "containers": [{"name": "a"}, {"name": "b"}],
            "ephemeralContainers": [{"name": "c", "targetContainerName": "a", "image": "i"}],
            "initContainers": [{"name": "d"}],
        }));
        let mut visited = Vec::new();
        Scope::new(&spec).visit_containers(&ROOT.field("spec"), |container, path| {
            visited.push(format!("{path} {} {}", container.name, text(container.image.as_ref())));
        });
        assert_eq!(
            visited,
            ["spec.initContainers[0] d ", "spec.containers[0] a ", "spec.containers[1] b ", "spec.ephemeralContainers[0] c i",]
        );
    }

    #[test]
    fn claims_without_a_name_are_not_known() {
        let spec = spec(json!({"containers": [], "resourceClaims": [{"name": "b"}, {"name": ""}, {"name": "a"}]}));
        assert_eq!(Scope::new(&spec).claims.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn users_are_those_of_the_host_unless_denied() {
        for (host_users, expected) in [(json!(null), true), (json!(true), true), (json!(false), false)] {
            let spec = spec(json!({"containers": [], "hostUsers": host_users}));
            assert_eq!(Scope::new(&spec).has_host_users(), expected);
        }
    }

    #[test]
    fn an_operating_system_or_a_policy_that_is_missing_has_no_name() {
        let bare = spec(json!({"containers": []}));
        assert_eq!((Scope::new(&bare).os(), Scope::new(&bare).restart_policy()), ("", ""));
        let full = spec(json!({"containers": [], "os": {"name": "linux"}, "restartPolicy": "Never"}));
        assert_eq!((Scope::new(&full).os(), Scope::new(&full).restart_policy()), ("linux", "Never"));
    }
}
