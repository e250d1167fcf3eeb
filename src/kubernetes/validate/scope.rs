//! What the parts of a Pod have to know of the rest of it.

use std::collections::{BTreeSet, HashMap};

use k8s_openapi::api::core::v1::{Container, EphemeralContainer, PodSpec, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_path::FieldPath;
use super::{list, text};

/// A Pod, or the Pod of a template.
pub(super) struct Scope<'a> {
    /// The specification.
    pub(super) spec: &'a PodSpec,
    /// The metadata, unless this is a template, whose Pods get names later.
    pub(super) metadata: Option<&'a ObjectMeta>,
    /// The volumes without errors; a broken volume does not count as defined.
    pub(super) volumes: HashMap<&'a str, &'a Volume>,
    /// The names of the Pod's resource claims.
    pub(super) claims: BTreeSet<&'a str>,
    /// The ephemeral containers in the form of the others.
    pub(super) ephemeral: Vec<Container>,
}

impl<'a> Scope<'a> {
    /// A scope that knows no volumes yet.
    pub(super) fn new(spec: &'a PodSpec, metadata: Option<&'a ObjectMeta>) -> Self {
        let claims = list(spec.resource_claims.as_ref()).iter().map(|claim| claim.name.as_str());
        Self {
            spec,
            metadata,
            volumes: HashMap::new(),
            claims: claims.filter(|name| !name.is_empty()).collect(),
            ephemeral: list(spec.ephemeral_containers.as_ref()).iter().map(as_container).collect(),
        }
    }

    /// True of a Pod, false of a template.
    pub(super) fn is_pod(&self) -> bool {
        self.metadata.is_some()
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
