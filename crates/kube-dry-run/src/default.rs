//! What the server sets before it validates, as far as validation and warnings depend on it. A default that is always valid and
//! that nothing else reads (the pull policy, the probe's scheme) is not set; the validation takes the missing value for good.
//!
//! Follows `pkg/apis/core/v1/defaults.go`, `pkg/apis/apps/v1/defaults.go`, `pkg/apis/batch/v1/defaults.go`, the strategies'
//! `PrepareForCreate` in `pkg/registry`, and `pkg/api/pod/util.go` `dropDisabledFields` with default feature gates (v1.35).

mod app_armor;
mod disabled;
mod label_keys;
mod metadata;
mod pod;
mod pod_resources;
mod workload;

pub(super) use pod::pod;
pub(super) use workload::{cron_job, daemon_set, deployment, job, stateful_set};

#[cfg(test)]
mod testing {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    /// The object as it is after `complete`.
    pub(super) fn completed<T: DeserializeOwned + Serialize, R>(object: Value, complete: impl FnOnce(&mut T) -> R) -> Value {
        let mut object: T = serde_json::from_value(object).unwrap();
        complete(&mut object);
        serde_json::to_value(object).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::completed;
    use super::*;
    use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
    use k8s_openapi::api::batch::v1::Job;
    use k8s_openapi::api::core::v1::Pod;
    use serde_json::{Value, json};

    #[test]
    fn an_empty_pod_gets_what_validation_reads() {
        let pod = completed::<Pod, _>(json!({"metadata": {"generateName": "web-"}}), pod);
        assert_eq!(pod["metadata"], json!({"generateName": "web-", "name": "web-bcdfg", "namespace": "default"}));
        assert_eq!(
            pod["spec"],
            json!({"containers": [], "dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "serviceAccountName": "default",
                "terminationGracePeriodSeconds": 30})
        );
    }

    #[test]
    fn parts_of_a_pod_are_completed() {
        let pod = completed::<Pod, _>(
            json!({"spec": {
                "hostNetwork": true, "serviceAccount": "old", "volumes": [{"name": "a"}],
                "containers": [{
                    "name": "web", "ports": [{"containerPort": 80}], "livenessProbe": {"periodSeconds": 5},
                    "resources": {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "500m"}},
                }],
            }}),
            pod,
        );
        let container = &pod["spec"]["containers"][0];
        assert_eq!(container["ports"][0], json!({"containerPort": 80, "hostPort": 80, "protocol": "TCP"}));
        assert_eq!(container["resources"]["requests"], json!({"cpu": "500m", "memory": "1Gi"}));
        assert_eq!(
            container["livenessProbe"],
            json!({"timeoutSeconds": 1, "periodSeconds": 5, "successThreshold": 1, "failureThreshold": 3})
        );
        assert_eq!(pod["spec"]["volumes"][0], json!({"name": "a", "emptyDir": {}}));
        assert_eq!(pod["spec"]["serviceAccountName"], "old");
    }

    #[test]
    fn a_pod_takes_a_second_to_end_and_a_template_says_what_it_likes() {
        let spec = json!({"containers": [], "terminationGracePeriodSeconds": -5});
        let pod = completed::<Pod, _>(json!({"spec": spec}), pod);
        assert_eq!(pod["spec"]["terminationGracePeriodSeconds"], 1);
        let deployment = completed::<Deployment, _>(json!({"spec": {"selector": {}, "template": {"spec": spec}}}), deployment);
        assert_eq!(deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"], -5);
    }

    #[test]
    fn a_template_has_neither_requests_from_limits_nor_a_service_account() {
        let template = json!({"spec": {"containers": [{"name": "web", "resources": {"limits": {"cpu": "1"}}}]}});
        let deployment = completed::<Deployment, _>(json!({"spec": {"selector": {}, "template": template}}), deployment);
        let spec = &deployment["spec"]["template"]["spec"];
        assert_eq!(spec["containers"][0]["resources"], json!({"limits": {"cpu": "1"}}));
        assert_eq!(spec["serviceAccountName"], Value::Null);
        assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"], json!({"maxSurge": "25%", "maxUnavailable": "25%"}));
    }

    #[test]
    fn a_strategy_that_is_named_stays() {
        let set = json!({"spec": {"updateStrategy": {"type": "OnDelete"}}});
        let set = completed::<StatefulSet, _>(set, stateful_set);
        assert_eq!(set["spec"]["updateStrategy"], json!({"type": "OnDelete"}));
    }

    #[test]
    fn a_job_selects_its_own_pods() {
        let job = completed::<Job, _>(json!({"metadata": {"name": "sum"}, "spec": {"template": {}}}), job);
        let labels = &job["spec"]["template"]["metadata"]["labels"];
        assert_eq!(labels["batch.kubernetes.io/job-name"], "sum");
        assert_eq!(
            job["spec"]["selector"]["matchLabels"]["batch.kubernetes.io/controller-uid"],
            labels["batch.kubernetes.io/controller-uid"]
        );
        assert_eq!((&job["spec"]["completions"], &job["spec"]["parallelism"]), (&json!(1), &json!(1)));
    }
}
