//! The defaults of a Pod and of a Pod template.

use k8s_openapi::api::core::v1::{Container, Pod, PodSpec, PodTemplateSpec, Probe, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::Warning;
use super::{app_armor, disabled, label_keys, metadata, pod_resources};

/// Sets the defaults of a Pod, which ends in a second at least (`Convert_v1_Pod_To_core_Pod`); returns the warnings that come
/// up meanwhile.
pub(in super::super) fn pod(pod: &mut Pod) -> Vec<Warning> {
    metadata::complete(&mut pod.metadata);
    let spec = pod.spec.get_or_insert_default();
    pod_spec(spec);
    if let Some(seconds) = spec.termination_grace_period_seconds.as_mut().filter(|seconds| **seconds < 0) {
        *seconds = 1;
    }
    for container in containers(spec) {
        requests_from_limits(container);
    }
    pod_resources::complete(spec);
    if spec.host_network == Some(true) {
        containers(spec).for_each(host_ports);
    }
    service_account(spec);
    label_keys::merge(spec, pod.metadata.labels.as_ref());
    app_armor::take_over(spec, pod.metadata.annotations.as_ref())
}

/// Sets the defaults of a Pod template.
pub(super) fn pod_template(template: &mut PodTemplateSpec) -> (&mut ObjectMeta, &mut PodSpec) {
    let metadata = template.metadata.get_or_insert_default();
    let spec = template.spec.get_or_insert_default();
    pod_spec(spec);
    (metadata, spec)
}

fn pod_spec(spec: &mut PodSpec) {
    disabled::drop(spec);
    set_if_empty(&mut spec.dns_policy, "ClusterFirst");
    set_if_empty(&mut spec.restart_policy, "Always");
    spec.termination_grace_period_seconds.get_or_insert(30);
    if spec.service_account_name.as_deref().unwrap_or_default().is_empty() {
        spec.service_account_name = spec.service_account.take();
    }
    spec.volumes.iter_mut().flatten().for_each(volume);
    for container in containers(spec) {
        ports_have_a_protocol(container.ports.iter_mut().flatten());
        [&mut container.liveness_probe, &mut container.readiness_probe, &mut container.startup_probe]
            .into_iter()
            .flatten()
            .for_each(probe);
    }
    for container in spec.ephemeral_containers.iter_mut().flatten() {
        ports_have_a_protocol(container.ports.iter_mut().flatten());
    }
}

fn containers(spec: &mut PodSpec) -> impl Iterator<Item = &mut Container> {
    spec.init_containers.iter_mut().flatten().chain(&mut spec.containers)
}

fn set_if_empty(field: &mut Option<String>, value: &str) {
    if field.as_deref().unwrap_or_default().is_empty() {
        *field = Some(value.to_owned());
    }
}

fn set_if_zero(field: &mut Option<i32>, value: i32) {
    if field.unwrap_or_default() == 0 {
        *field = Some(value);
    }
}

fn ports_have_a_protocol<'a>(ports: impl Iterator<Item = &'a mut k8s_openapi::api::core::v1::ContainerPort>) {
    ports.for_each(|port| set_if_empty(&mut port.protocol, "TCP"));
}

fn probe(probe: &mut Probe) {
    set_if_zero(&mut probe.timeout_seconds, 1);
    set_if_zero(&mut probe.period_seconds, 10);
    set_if_zero(&mut probe.success_threshold, 1);
    set_if_zero(&mut probe.failure_threshold, 3);
}

/// A volume without a source is an `emptyDir`.
fn volume(volume: &mut Volume) {
    let bare = Volume { name: std::mem::take(&mut volume.name), ..Volume::default() };
    let has_source = *volume != Volume::default();
    volume.name = bare.name;
    if !has_source {
        volume.empty_dir = Some(k8s_openapi::api::core::v1::EmptyDirVolumeSource::default());
    }
}

fn requests_from_limits(container: &mut Container) {
    let Some(resources) = &mut container.resources else { return };
    let Some(limits) = &resources.limits else { return };
    let requests = resources.requests.get_or_insert_default();
    for (name, limit) in limits {
        requests.entry(name.clone()).or_insert_with(|| limit.clone());
    }
}

fn host_ports(container: &mut Container) {
    for port in container.ports.iter_mut().flatten() {
        if port.host_port.unwrap_or_default() == 0 {
            port.host_port = Some(port.container_port);
        }
    }
}

/// The admission plugin `ServiceAccount`.
fn service_account(spec: &mut PodSpec) {
    set_if_empty(&mut spec.service_account_name, "default");
}
