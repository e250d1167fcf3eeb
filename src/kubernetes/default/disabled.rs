//! Fields of features that are off by default are dropped as if they had not been written.
//!
//! Follows `pkg/api/pod/util.go` `dropDisabledFields` with the gates of 1.35: `ClusterTrustBundleProjection`,
//! `PodCertificateRequest`, `ContainerStopSignals` and `GenericWorkload` are off.

use k8s_openapi::api::core::v1::{Lifecycle, PodSpec};

/// Drops the fields of disabled features.
pub(super) fn drop(spec: &mut PodSpec) {
    let projected = spec.volumes.iter_mut().flatten().filter_map(|volume| volume.projected.as_mut());
    for source in projected.flat_map(|projected| projected.sources.iter_mut().flatten()) {
        source.cluster_trust_bundle = None;
        source.pod_certificate = None;
    }
    let containers = spec.init_containers.iter_mut().flatten().chain(&mut spec.containers);
    containers.for_each(|container| drop_stop_signal(&mut container.lifecycle));
    spec.ephemeral_containers.iter_mut().flatten().for_each(|container| drop_stop_signal(&mut container.lifecycle));
    spec.workload_ref = None;
}

fn drop_stop_signal(lifecycle: &mut Option<Lifecycle>) {
    if let Some(hooks) = lifecycle
        && hooks.stop_signal.take().is_some()
        && *hooks == Lifecycle::default()
    {
        *lifecycle = None;
    }
}
