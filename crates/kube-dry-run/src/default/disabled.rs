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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::completed;

    fn dropped(spec: Value) -> Value {
        completed(spec, super::drop)
    }

    #[test]
    fn projected_volumes_have_neither_trust_bundles_nor_certificates() {
        let token = json!({"path": "t"});
        let sources = json!([
            {"clusterTrustBundle": {"name": "b", "path": "p"}},
            {"podCertificate": {"keyType": "ED25519", "signerName": "s"}},
            {"serviceAccountToken": token},
        ]);
        let spec = dropped(json!({"containers": [], "volumes": [{"name": "v", "projected": {"sources": sources}}]}));
        assert_eq!(spec["volumes"][0]["projected"]["sources"], json!([{}, {}, {"serviceAccountToken": token}]));
    }

    #[test]
    fn containers_have_no_stop_signal() {
        let hook = json!({"sleep": {"seconds": 1}});
        for list in ["containers", "initContainers", "ephemeralContainers"] {
            let of = |lifecycle: Value| {
                let mut spec = json!({"containers": []});
                spec[list] = json!([{"name": "a", "lifecycle": lifecycle}]);
                dropped(spec)[list][0].clone()
            };
            assert_eq!(of(json!({"stopSignal": "SIGTERM"})), json!({"name": "a"}));
            assert_eq!(
                of(json!({"stopSignal": "SIGTERM", "preStop": hook})),
                json!({"name": "a", "lifecycle": {"preStop": hook}})
            );
            assert_eq!(of(json!({})), json!({"name": "a", "lifecycle": {}}));
        }
    }

    #[test]
    fn a_pod_belongs_to_no_workload() {
        let spec = dropped(json!({"containers": [], "workloadRef": {"name": "w", "podGroup": "g"}}));
        assert_eq!(spec, json!({"containers": []}));
    }
}
