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

/// docs/concepts/workloads/controllers/statefulset (stable storage) and docs/concepts/storage/persistent-volumes (access modes).
#[test]
fn what_would_keep_the_files_suits_the_kind() {
    let keeping = |kind: &str, more: &str| after(&document(kind, PARTS, more), "delete").levers.remove(0);
    assert_eq!(keeping("StatefulSet", "").field.to_string(), "spec.volumeClaimTemplates");
    assert_eq!(keeping("DaemonSet", "").field.to_string(), "spec.template.spec.volumes[0].hostPath");
    let of_all = |more: &str| keeping("Deployment", more).sentence.contains("all replicas would share them");
    assert!(of_all("{spec: {replicas: 2}}") && !of_all("{spec: {replicas: 1}}") && !of_all(""));
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
    assert_eq!(lever("Job", "").field.to_string(), "spec.ttlSecondsAfterFinished");
    assert!(lever("Job", "{spec: {ttlSecondsAfterFinished: 60}}").sentence.contains("60 seconds later"));
    assert!(lever("Job", "{spec: {ttlSecondsAfterFinished: 0}}").sentence.ends_with("deleted at once."));
}

/// kubernetes/kubernetes#25908, and `getPhase`: the Pod runs as long as an app container does.
#[test]
fn an_endless_app_container_keeps_a_job_from_completing() {
    let outcome = after(&document("Job", &with_policy("Never"), ""), "finish");
    assert_eq!(outcome.summary, "The Job never completes, as `writer` and `reader` never end.");
    assert_eq!(fates(&outcome), [Fate::Kept, Fate::Kept]);
    assert_eq!(levers(&outcome)[0], "spec.template.spec.containers[0]");
}

/// `pkg/controller/job/job_controller.go`, `syncJob`: a Job is complete when `completions` Pods have succeeded, and without that
/// field when one has and none runs any more.
#[test]
fn a_job_of_several_completions_goes_on_with_new_pods() {
    let parts = "
    restartPolicy: Never
    containers: [{name: a, image: alpine, command: [date], volumeMounts: [{name: v, mountPath: /v}]}]
    volumes: [{name: v}]";
    let finished = |more: &str| after(&document("Job", parts, more), "finish");
    let several = finished("{spec: {completions: 3}}");
    assert!(several.summary.ends_with("the Pod is complete, and the Job is when 3 Pods are."), "{several:?}");
    assert!(says(&several, "Until then the Job starts further Pods with empty volumes."));
    assert_eq!(levers(&several)[1..], ["spec.completions", "spec.ttlSecondsAfterFinished"]);
    assert!(finished("{spec: {parallelism: 2}}").summary.ends_with("the Job is when all of its Pods have ended."));
    for alone in ["", "{spec: {completions: 1}}", "{spec: {completions: 1, parallelism: 2}}"] {
        assert!(finished(alone).summary.ends_with("with success, the Job is complete."), "{alone}");
    }
}

/// docs/concepts/workloads/controllers/cron-jobs (jobs history limits), and `pkg/apis/batch/v1/defaults.go`,
/// `SetDefaults_CronJob`.
#[test]
fn a_cron_job_keeps_its_last_jobs() {
    let parts = "
    restartPolicy: Never
    containers: [{name: a, image: alpine, command: [date]}]";
    let kept = |more: &str| after(&document("CronJob", parts, more), "finish").levers.pop().unwrap();
    assert_eq!(kept("").field.to_string(), "spec.successfulJobsHistoryLimit");
    assert!(kept("").sentence.starts_with("The last 3 Jobs"));
    assert!(kept("{spec: {successfulJobsHistoryLimit: 1}}").sentence.starts_with("Only the last Job"));
    assert!(kept("{spec: {successfulJobsHistoryLimit: 0}}").sentence.contains("deleted at once"));
    let deleted = kept("{spec: {jobTemplate: {spec: {ttlSecondsAfterFinished: 1}}}}");
    assert!(deleted.sentence.ends_with("1 second later."), "{deleted:?}");
}

/// docs/concepts/workloads/controllers/job (backoff limit per index, Pod failure policy), and `pkg/apis/batch/v1/defaults.go`,
/// `SetDefaults_Job`.
#[test]
fn a_job_tries_as_often_as_its_fields_say() {
    let parts = "
    restartPolicy: Never
    containers: [{name: a, image: mine}]";
    let tried = |more: &str| after(&document("Job", parts, more), "crash:a");
    assert!(says(&tried(""), "The Job starts a new Pod, at most 6 times."));
    assert!(says(&tried("{spec: {backoffLimit: 1}}"), "The Job starts a new Pod, once."));
    let of_index = tried("{spec: {completionMode: Indexed, completions: 3, backoffLimitPerIndex: 2}}");
    assert!(says(&of_index, "at most 2 times for each index"));
    assert!(levers(&of_index).contains(&"spec.backoffLimitPerIndex".to_owned()));
    assert!(says(&tried("{spec: {podFailurePolicy: {rules: []}}}"), "Its `podFailurePolicy` may decide otherwise"));
    let no_more = tried("{spec: {completionMode: Indexed, completions: 3, backoffLimitPerIndex: 0}}");
    assert!(says(&no_more, "The Job does not try this index again, as `backoffLimitPerIndex` is 0."), "{no_more:?}");
    assert_eq!(started(&no_more), []);
}

/// The same, where the Pod fails only when its other containers have ended too.
#[test]
fn a_job_whose_pod_runs_on_tries_as_often_as_its_fields_say() {
    let tried = |more: &str| after(&document("Job", &with_policy("Never"), more), "crash:writer");
    assert!(says(&tried(""), "After that, the Job starts a new Pod with empty volumes, at most 6 times."));
    let last = tried("{spec: {backoffLimit: 0}}");
    assert!(says(&last, "After that, the Job fails, as `backoffLimit` is 0.") && !says(&last, "new Pod"), "{last:?}");
    assert!(levers(&last).contains(&"spec.backoffLimit".to_owned()));
    assert!(says(&tried("{spec: {podFailurePolicy: {rules: []}}}"), "Its `podFailurePolicy` may decide otherwise"));
}

/// docs/concepts/workloads/controllers/statefulset (partitioned rolling updates), and
/// `pkg/controller/statefulset/stateful_set_control.go`, `updateStatefulSet`.
#[test]
fn a_stateful_set_leaves_the_pods_below_its_partition() {
    let replaced = |spec: &str| after(&document("StatefulSet", PARTS, &format!("{{spec: {{{spec}}}}}")), "replace");
    let partition = |below: u64| format!("updateStrategy: {{rollingUpdate: {{partition: {below}}}}}");
    let held = replaced(&partition(1));
    assert!(says(&held, "Nothing happens: with `partition` 1"));
    assert_eq!((fates(&held), ended(&held)), (vec![Fate::Kept, Fate::Kept], vec![]));
    let some = replaced(&format!("replicas: 3, {}", partition(2)));
    assert!(says(&some, "Pods with a number from 0 to 1 stay as they are."));
    assert_eq!(fates(&some), [Fate::Lost, Fate::Lost]);
    assert!(says(&replaced(&format!("ordinals: {{start: 5}}, {}", partition(2))), "The old Pod is deleted"));
    assert!(levers(&some).contains(&"spec.updateStrategy.type".to_owned()));
}

/// docs/concepts/workloads/controllers/deployment (pausing a rollout), and `pkg/controller/deployment/deployment_controller.go`,
/// `syncDeployment`.
#[test]
fn a_paused_deployment_replaces_nothing() {
    let paused = after(&document("Deployment", PARTS, "{spec: {paused: true}}"), "replace");
    assert_eq!((fates(&paused), levers(&paused)), (vec![Fate::Kept, Fate::Kept], vec!["spec.paused".to_owned()]));
}

/// `pkg/apis/apps/types.go`, `RollingUpdateDaemonSet` and `RollingUpdateDeployment`: which field lets the new Pod start first.
#[test]
fn the_field_is_named_that_decides_which_pod_goes_first() {
    let last = |kind: &str, more: &str| levers(&after(&document(kind, PARTS, more), "replace")).pop().unwrap();
    assert_eq!(last("Deployment", ""), "spec.strategy.type");
    let no_surge = "{spec: {strategy: {rollingUpdate: {maxSurge: 0}}}}";
    assert_eq!(last("Deployment", no_surge), "spec.strategy.rollingUpdate.maxSurge");
    let of_daemon_set = levers(&after(&document("DaemonSet", PARTS, ""), "replace"));
    assert!(of_daemon_set.contains(&"spec.updateStrategy.rollingUpdate.maxSurge".to_owned()));
}

/// `pkg/controller/deployment/sync.go`, `sync`, and `pkg/controller/job/job_controller.go`, `manageJob`.
#[test]
fn without_a_pod_nothing_happens_yet() {
    let is_said =
        |kind: &str, more: &str, event: &str| says(&after(&document(kind, PARTS, more), event), "no Pod starts for now");
    assert!(
        is_said("Deployment", "{spec: {replicas: 0}}", "reboot") && !is_said("Deployment", "{spec: {replicas: 1}}", "reboot")
    );
    assert!(is_said("Job", "{spec: {suspend: true}}", "delete") && !is_said("DaemonSet", "{spec: {replicas: 0}}", "delete"));
}
