//! What the controllers of Pods do.

use super::*;

/// `pkg/controller/replicaset/replica_set.go`, `manageReplicas`, which counts active Pods only, and
/// `pkg/controller/job/job_controller.go`, `manageJob`.
#[test]
fn a_controller_replaces_an_evicted_pod_with_one_of_empty_volumes() {
    let parts = PARTS.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 16Mi}");
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"] {
        let outcome = after(&document(kind, &parts, ""), "fill:disk");
        assert!(says(&outcome, "new Pod with empty volumes"), "{kind}");
        assert_eq!(started(&outcome)[0], ("init", Cause::NewPod));
    }
    let last = after(&document("Job", &parts, "{spec: {backoffLimit: 0}}"), "fill:disk");
    assert!(last.started.is_empty() && says(&last, "The Job fails, as `backoffLimit` is 0."));
}

/// `pkg/apis/apps/v1/defaults.go`, `SetDefaults_Deployment` (`maxSurge` 25 %), and `pkg/controller/deployment/rolling.go`.
#[test]
fn a_rollout_of_a_deployment_starts_a_new_pod_beside_the_old_one() {
    let outcome = after(&document("Deployment", PARTS, "{spec: {replicas: 3}}"), "replace");
    assert!(says(&outcome, "starts beside the old one") && says(&outcome, "Each of the 3 replicas has emptyDirs of its own"));
    assert_eq!(fates(&outcome), [Fate::Lost, Fate::Lost]);
    let recreate = document("Deployment", PARTS, "{spec: {strategy: {type: Recreate}}}");
    assert!(says(&after(&recreate, "replace"), "The old Pod is deleted, and a new one"));
}

/// `pkg/controller/deployment/rolling.go`, `reconcileOldReplicaSets`, which scales old Pods down as far as `maxUnavailable` allows
/// before new ones are available; a share is rounded down (`ResolveFenceposts` of `util/deployment_util.go`).
#[test]
fn a_rollout_takes_old_pods_away_early_as_far_as_it_may() {
    let goes_early = |more: &str| {
        let outcome = after(&document("Deployment", PARTS, more), "replace");
        says(&outcome, "an old Pod may go before a new one is ready")
    };
    let bounded = |bound: &str| format!("{{spec: {{replicas: 3, strategy: {{rollingUpdate: {{maxUnavailable: {bound}}}}}}}}}");
    assert!(!goes_early("") && !goes_early("{spec: {replicas: 3}}") && goes_early("{spec: {replicas: 4}}"));
    assert!(goes_early(&bounded("1")) && goes_early(&bounded("34%")));
    assert!(!goes_early(&bounded("0")) && !goes_early(&bounded("33%")));
}

/// `pkg/controller/daemon/update.go`, `rollingUpdate` (`maxSurge` 0 by default), and docs/tasks/manage-daemon/update-daemon-set
/// (`OnDelete`).
#[test]
fn a_daemon_set_replaces_its_pod_on_the_node() {
    let said = |more: &str, words: &str| says(&after(&document("DaemonSet", PARTS, more), "replace"), words);
    assert!(said("", "The old Pod is deleted, and a new one"));
    assert!(said("{spec: {updateStrategy: {rollingUpdate: {maxSurge: 1}}}}", "starts beside the old one"));
    assert!(said("{spec: {updateStrategy: {type: OnDelete}}}", "Nothing happens yet"));
}

/// docs/concepts/workloads/controllers/statefulset (stable storage), and `pkg/controller/statefulset/stateful_pod_control.go`,
/// `createPersistentVolumeClaims`, which makes only what is missing.
#[test]
fn a_stateful_set_keeps_its_claims_and_loses_its_empty_dirs() {
    let document = document("StatefulSet", PARTS, "{spec: {volumeClaimTemplates: [{metadata: {name: data}}]}}");
    for id in ["replace", "delete"] {
        let outcome = after(&document, id);
        assert_eq!(fates(&outcome), [Fate::Lost, Fate::Lost, Fate::Kept], "{id}");
        assert_eq!(outcome.volumes[2].field.to_string(), "spec.volumeClaimTemplates[0]");
    }
}

/// `pkg/kubelet/kubelet_pods.go`, `getPhase`: sidecars do not count; `findAndRemoveDeletedPods` takes the volumes of a Pod down
/// that is over.
#[test]
fn a_job_completes_in_spite_of_its_sidecar_and_its_empty_dirs_go() {
    let parts = PARTS.replace("while true; do date > /d/b; sleep 5; done", "date > /d/b");
    let parts =
        parts.replace("image: nginx\n        volumeMounts", "image: alpine\n        command: [date]\n        volumeMounts");
    let parts = format!("\n    restartPolicy: Never{parts}");
    for kind in ["Job", "CronJob", "Pod"] {
        let outcome = after(&document(kind, &parts, ""), "finish");
        assert_eq!(fates(&outcome), [Fate::Lost, Fate::Lost], "{kind}");
        assert_eq!(outcome.ended.last().map(|last| (last.container.as_str(), last.cause)), Some(("side", Cause::PodEnded)));
        assert!(says(&outcome, "`kubectl exec` does not"));
    }
}

/// docs/concepts/workloads/controllers/ttlafterfinished.
#[test]
fn a_finished_job_stays_until_its_time_is_over() {
    let parts = "
    restartPolicy: Never
    containers: [{name: a, image: alpine, command: [date]}]";
    let lever = |kind: &str, more: &str| after(&document(kind, parts, more), "finish").levers.remove(0);
    assert_eq!(lever("CronJob", "").field.to_string(), "spec.jobTemplate.spec.ttlSecondsAfterFinished");
    assert!(lever("Job", "{spec: {ttlSecondsAfterFinished: 60}}").sentence.contains("60 seconds later"));
}

/// kubernetes/kubernetes#25908, and `getPhase`: the Pod runs as long as an app container does.
#[test]
fn an_endless_app_container_keeps_a_job_from_completing() {
    let outcome = after(&document("Job", &with_policy("Never"), ""), "finish");
    assert_eq!(outcome.summary, "The Job never completes, as `writer` and `reader` never end.");
    assert_eq!(fates(&outcome), [Fate::Kept, Fate::Kept]);
    assert_eq!(levers(&outcome)[0], "spec.template.spec.containers[0]");
}
