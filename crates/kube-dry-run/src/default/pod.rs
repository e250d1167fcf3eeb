//! The defaults of a Pod and of a Pod template.

use k8s_openapi::api::core::v1::{Container, Pod, PodSpec, PodTemplateSpec, Probe, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::{app_armor, disabled, label_keys, metadata, pod_resources};
use crate::finding::Finding;
use crate::validate::MIRROR;

/// Sets the defaults of a Pod, which ends in a second at least (`Convert_v1_Pod_To_core_Pod`); returns the warnings that come
/// up meanwhile.
pub(in super::super) fn pod(pod: &mut Pod) -> Vec<Finding> {
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
    let is_mirror = pod.metadata.annotations.as_ref().is_some_and(|annotations| annotations.contains_key(MIRROR));
    if !is_mirror {
        service_account(spec);
    }
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::completed;
    use super::*;

    fn of_template(spec: Value) -> Value {
        let template = completed(json!({"spec": spec}), |template| {
            pod_template(template);
        });
        template["spec"].clone()
    }

    fn of_pod(spec: Value) -> Value {
        completed(json!({"metadata": {"name": "web"}, "spec": spec}), pod)["spec"].clone()
    }

    #[test]
    fn policies_and_periods_are_set_where_they_are_missing() {
        let written = json!({
            "containers": [], "dnsPolicy": "Default", "restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
            "serviceAccountName": "a",
        });
        assert_eq!(of_template(written.clone()), written);
        assert_eq!(
            of_template(json!({"containers": [], "dnsPolicy": "", "restartPolicy": ""})),
            json!({"containers": [], "dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "terminationGracePeriodSeconds": 30})
        );
    }

    #[test]
    fn the_old_name_of_a_service_account_counts_if_there_is_no_new_one() {
        for (new, old, expected) in [
            (json!(null), json!("old"), json!("old")),
            (json!(""), json!("old"), json!("old")),
            (json!("new"), json!("old"), json!("new")),
        ] {
            let spec = json!({"containers": [], "serviceAccountName": new, "serviceAccount": old});
            assert_eq!(of_template(spec.clone())["serviceAccountName"], expected);
            assert_eq!(of_pod(spec)["serviceAccountName"], expected);
        }
        assert_eq!(of_pod(json!({"containers": []}))["serviceAccountName"], "default");
        assert_eq!(of_template(json!({"containers": []})).get("serviceAccountName"), None);
    }

    #[test]
    fn ports_of_all_containers_have_a_protocol() {
        for list in ["containers", "initContainers", "ephemeralContainers"] {
            let ports =
                json!([{"containerPort": 80}, {"containerPort": 81, "protocol": ""}, {"containerPort": 82, "protocol": "UDP"}]);
            let mut spec = json!({"containers": []});
            spec[list] = json!([{"name": "a", "ports": ports}]);
            let protocols: Vec<_> =
                (0..3).map(|index| of_template(spec.clone())[list][0]["ports"][index]["protocol"].clone()).collect();
            assert_eq!(protocols, ["TCP", "TCP", "UDP"]);
        }
    }

    #[test]
    fn numbers_of_probes_are_set_where_they_are_zero() {
        let zero = json!({"timeoutSeconds": 0, "periodSeconds": 0, "successThreshold": 0, "failureThreshold": 0});
        let defaults = json!({"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3});
        let written = json!({"timeoutSeconds": 2, "periodSeconds": -1, "successThreshold": 4, "failureThreshold": 5});
        for list in ["containers", "initContainers"] {
            for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
                for (probe, expected) in [(json!({}), &defaults), (zero.clone(), &defaults), (written.clone(), &written)] {
                    let mut spec = json!({"containers": []});
                    spec[list] = json!([{"name": "a", name: probe}]);
                    assert_eq!(of_template(spec)[list][0][name], *expected);
                }
            }
        }
    }

    #[test]
    fn a_volume_without_a_source_is_an_empty_dir() {
        let volumes =
            json!([{"name": "a"}, {"name": "b", "hostPath": {"path": "/"}}, {"name": "c", "emptyDir": {"medium": "Memory"}}]);
        let spec = of_template(json!({"containers": [], "volumes": volumes}));
        assert_eq!(spec["volumes"][0], json!({"name": "a", "emptyDir": {}}));
        assert_eq!((&spec["volumes"][1], &spec["volumes"][2]), (&volumes[1], &volumes[2]));
    }

    #[test]
    fn requests_of_a_pods_containers_follow_from_their_limits() {
        for list in ["containers", "initContainers"] {
            let of = |resources: Value| {
                let mut spec = json!({"containers": []});
                spec[list] = json!([{"name": "a", "resources": resources}]);
                of_pod(spec)[list][0]["resources"].clone()
            };
            let (limits, requests) = (json!({"cpu": "2", "memory": "1Gi"}), json!({"cpu": "1"}));
            assert_eq!(of(json!({"limits": limits})), json!({"limits": limits, "requests": limits}));
            assert_eq!(
                of(json!({"limits": limits, "requests": requests})),
                json!({"limits": limits, "requests": {"cpu": "1", "memory": "1Gi"}})
            );
            assert_eq!(of(json!({"requests": requests})), json!({"requests": requests}));
        }
    }

    #[test]
    fn in_the_network_of_the_host_ports_are_those_of_the_host() {
        for list in ["containers", "initContainers"] {
            let host_ports = |host_network: bool, complete: fn(Value) -> Value| {
                let mut spec = json!({"containers": [], "hostNetwork": host_network});
                spec[list] = json!([{"name": "a", "ports": [{"containerPort": 80}, {"containerPort": 81, "hostPort": 82}]}]);
                let spec = complete(spec);
                (0..2).map(|index| spec[list][0]["ports"][index]["hostPort"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(host_ports(true, of_pod), [json!(80), json!(82)]);
            assert_eq!(host_ports(false, of_pod), [json!(null), json!(82)]);
            assert_eq!(host_ports(true, of_template), [json!(null), json!(82)]);
        }
    }
}
