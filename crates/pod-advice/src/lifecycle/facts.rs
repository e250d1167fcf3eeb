//! The facts, each with its source. Paths are of kubernetes/kubernetes at v1.35, as 1.35.6 has them; pages are of
//! kubernetes.io/docs.

use super::{Cause, Fate, Outcome, event, what_happens};
use kube_dry_run::{Change, Path, yaml};
use serde_json::Value;

/// A Pod with an init container, a sidecar, a writer and a reader; a volume on disk and one in memory.
const PARTS: &str = "
    initContainers:
      - {name: init, image: alpine, command: [sh, -c, 'date > /d/a'], volumeMounts: [{name: disk, mountPath: /d}]}
      - {name: side, image: nginx, restartPolicy: Always}
    containers:
      - name: writer
        image: alpine
        command: [sh, -c, 'while true; do date > /d/b; sleep 5; done']
        volumeMounts: [{name: disk, mountPath: /d}, {name: memory, mountPath: /m}]
      - name: reader
        image: nginx
        volumeMounts: [{name: disk, mountPath: /d, readOnly: true}, {name: memory, mountPath: /m, readOnly: true}]
    volumes:
      - {name: disk, emptyDir: {}}
      - {name: memory, emptyDir: {medium: Memory}}";

/// The document of `kind` with a Pod of `parts` and further fields of its own.
fn document(kind: &str, parts: &str, more: &str) -> Value {
    let value = |text: &str| yaml::parse(text).unwrap().remove(0).value;
    let spec = value(parts);
    let mut document = value(if more.is_empty() { "{}" } else { more });
    let place: Path = match kind {
        "Pod" => "spec",
        "CronJob" => "spec.jobTemplate.spec.template.spec",
        _ => "spec.template.spec",
    }
    .parse()
    .unwrap();
    document["kind"] = kind.into();
    Change::Set(place, spec).apply(&mut document).unwrap();
    document
}

fn after(document: &Value, id: &str) -> Outcome {
    let event = event(document, id).unwrap_or_else(|| panic!("{id}"));
    what_happens(document, &event)
}

fn of_pod(parts: &str, id: &str) -> Outcome {
    after(&document("Pod", parts, ""), id)
}

/// `parts` with a policy for the whole Pod.
fn with_policy(policy: &str) -> String {
    format!("\n    restartPolicy: {policy}{PARTS}")
}

fn fates(outcome: &Outcome) -> Vec<Fate> {
    outcome.volumes.iter().map(|volume| volume.fate).collect()
}

fn started(outcome: &Outcome) -> Vec<(&str, Cause)> {
    outcome.started.iter().map(|container| (container.container.as_str(), container.cause)).collect()
}

fn ended(outcome: &Outcome) -> Vec<(&str, Cause)> {
    outcome.ended.iter().map(|container| (container.container.as_str(), container.cause)).collect()
}

fn says(outcome: &Outcome, words: &str) -> bool {
    outcome.notes.iter().chain([&outcome.summary]).any(|note| note.contains(words))
}

fn levers(outcome: &Outcome) -> Vec<String> {
    outcome.levers.iter().map(|lever| lever.field.to_string()).collect()
}

/// docs/concepts/storage/volumes (emptyDir: "A container crashing does not remove a Pod from a node"), and
/// `pkg/kubelet/kuberuntime/kuberuntime_manager.go`, `computePodActions`, which starts init containers again only with a new
/// sandbox.
#[test]
fn a_restart_of_a_container_keeps_the_volumes_of_both_media() {
    let outcome = of_pod(PARTS, "crash:writer");
    assert_eq!(fates(&outcome), [Fate::Stale, Fate::Kept]);
    assert_eq!(ended(&outcome), [("writer", Cause::Crashed)]);
    assert_eq!(started(&outcome), [("writer", Cause::StartedAgain)]);
    assert!(says(&outcome, "The init container `init` does not run again."), "{outcome:?}");
    assert_eq!(fates(&of_pod(PARTS, "crash:reader")), [Fate::Kept, Fate::Kept]);
    let writable = PARTS.replace("mountPath: /d, readOnly: true", "mountPath: /d");
    assert_eq!(fates(&of_pod(&writable, "crash:writer")), [Fate::Kept, Fate::Kept]);
    let served = PARTS.replace("mountPath: /d, readOnly: true", "mountPath: /usr/share/nginx/html");
    assert_eq!(fates(&of_pod(&served, "crash:writer")), [Fate::Stale, Fate::Kept]);
}

/// `pkg/kubelet/prober/worker.go`, `doProbe`, and `computePodActions`, which kills what fails its liveness probe and starts it
/// again.
#[test]
fn a_failed_liveness_probe_restarts_the_container_in_its_pod() {
    let outcome = of_pod(&PARTS.replace("name: reader\n", "name: reader\n        livenessProbe: {}\n"), "restart:reader");
    assert_eq!(ended(&outcome), [("reader", Cause::Unhealthy)]);
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Kept; 2], vec![("reader", Cause::StartedAgain)]));
}

/// docs/concepts/workloads/pods/pod-lifecycle (restart policy: `Always` restarts after a success too).
#[test]
fn what_ends_with_success_is_started_again_with_always() {
    let parts =
        PARTS.replace("image: nginx\n        volumeMounts", "image: alpine\n        command: [date]\n        volumeMounts");
    assert_eq!(ended(&of_pod(&parts, "restart:reader")), [("reader", Cause::Ended)]);
    assert_eq!(event(&document("Pod", &format!("\n    restartPolicy: OnFailure{parts}"), ""), "restart:reader"), None);
}

/// `pkg/kubelet/container/helpers.go`, `ShouldContainerBeRestarted`, and `pkg/kubelet/kubelet_pods.go`, `getPhase`: the Pod
/// runs while one of its containers does.
#[test]
fn with_never_a_crashed_container_stays_ended_and_the_others_run_on() {
    let outcome = of_pod(&with_policy("Never"), "crash:writer");
    assert_eq!((started(&outcome), fates(&outcome)), (vec![], vec![Fate::Stale, Fate::Kept]));
    assert!(says(&outcome, "the other containers run on"));
    assert_eq!(levers(&outcome), ["spec.restartPolicy"]);
    assert_eq!(started(&of_pod(&with_policy("OnFailure"), "crash:writer")), [("writer", Cause::StartedAgain)]);
}

/// `pkg/kubelet/kubelet_pods.go`, `getPhase`: without a running container and with a failed one the Pod is `Failed`.
#[test]
fn with_never_the_crash_of_the_only_app_container_fails_the_pod() {
    let alone = "
    restartPolicy: Never
    containers: [{name: a, image: mine, volumeMounts: [{name: v, mountPath: /v}]}]
    volumes: [{name: v, emptyDir: {}}]";
    let outcome = of_pod(alone, "crash:a");
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost], vec![]));
    let of_job = after(&document("Job", alone, ""), "crash:a");
    assert_eq!(started(&of_job), [("a", Cause::NewPod)]);
}

/// docs/concepts/workloads/pods/init-containers ("If the Pod has a restartPolicy of Never, and an init container fails …,
/// Kubernetes treats the overall Pod as failed").
#[test]
fn a_failed_init_container_is_tried_again_unless_the_policy_is_never() {
    let outcome = of_pod(PARTS, "crash:init");
    assert_eq!(
        outcome.started.iter().map(|other| other.container.as_str()).collect::<Vec<_>>(),
        ["init", "side", "writer", "reader"]
    );
    assert_eq!(fates(&outcome), [Fate::Kept, Fate::Kept]);
    let failed = of_pod(&with_policy("Never"), "crash:init");
    assert_eq!((fates(&failed), started(&failed)), (vec![Fate::Lost, Fate::Lost], vec![]));
}

/// docs/concepts/workloads/pods/sidecar-containers (`restartPolicy: Always` of an init container is independent of the Pod's).
#[test]
fn a_native_sidecar_restarts_always() {
    let parts = with_policy("Never").replace("{name: side, image: nginx,", "{name: side, image: nginx, livenessProbe: {},");
    assert_eq!(started(&of_pod(&parts, "restart:side")), [("side", Cause::StartedAgain)]);
}

/// `pkg/api/v1/pod/util.go`, `ContainerShouldRestart` (feature `ContainerRestartRules`, on by default since 1.35).
#[test]
fn a_policy_of_the_container_goes_before_that_of_the_pod() {
    let parts = with_policy("Never").replace("name: writer\n", "name: writer\n        restartPolicy: Always\n");
    let outcome = of_pod(&parts, "crash:writer");
    assert_eq!(started(&outcome), [("writer", Cause::StartedAgain)]);
    assert_eq!(levers(&outcome), ["spec.containers[0].restartPolicy"]);
}

/// `pkg/controller/job/job_controller.go`, `pastBackoffLimitOnFailure`: with `OnFailure` the restarts of all containers count,
/// init containers among them, and `deleteActivePods` deletes the Pods of a failed Job.
#[test]
fn restarts_in_a_job_count_for_its_limit() {
    let counts =
        |parts: &str, id: &str| says(&after(&document("Job", parts, ""), id), "After `backoffLimit` restarts the Job fails");
    let parts = with_policy("OnFailure");
    assert!(counts(&parts, "crash:writer") && counts(&parts, "crash:init"));
    let own_policy = with_policy("Never").replace("name: writer\n", "name: writer\n        restartPolicy: Always\n");
    assert!(!counts(&own_policy, "crash:writer"));
}

/// `pkg/volume/emptydir/empty_dir.go`, `TearDownAt`, for both media.
#[test]
fn the_deletion_of_a_pod_loses_both() {
    let outcome = of_pod(PARTS, "delete");
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost, Fate::Lost], vec![]));
    assert!(says(&outcome, "it has no controller"));
    let of_deployment = after(&document("Deployment", PARTS, ""), "delete");
    let order = ["init", "side", "writer", "reader"].map(|name| (name, Cause::NewPod));
    assert_eq!((fates(&of_deployment), started(&of_deployment)), (vec![Fate::Lost, Fate::Lost], order.to_vec()));
}

/// `pkg/kubelet/kuberuntime/kuberuntime_termination_order.go`, `newTerminationOrdering`, of which `killContainersWithSyncResult`
/// makes use, and docs/concepts/workloads/pods/sidecar-containers: sidecars end after the app containers, the last one first.
#[test]
fn sidecars_end_after_the_app_containers() {
    let outcome = of_pod(PARTS, "delete");
    assert_eq!(ended(&outcome), ["writer", "reader", "side"].map(|name| (name, Cause::Deleted)));
}

/// A tmpfs is in the memory of the node, and `SetUpAt` of `pkg/volume/emptydir/empty_dir.go` mounts it anew where it is not
/// mounted; `computePodActions`: without a sandbox everything is killed and made again, from the first init container on.
#[test]
fn a_reboot_keeps_the_disk_and_runs_init_containers_again() {
    let outcome = of_pod(PARTS, "reboot");
    assert_eq!(fates(&outcome), [Fate::Kept, Fate::Lost]);
    assert_eq!(started(&outcome), ["init", "side", "writer", "reader"].map(|name| (name, Cause::StartedAgain)));
    assert_eq!(levers(&outcome), ["spec.volumes[1].emptyDir.medium"]);
}

/// `computePodActions`: `!shouldRestartOnFailure(pod) && attempt != 0` makes no sandbox, so that the Pod is over; and
/// `pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go`, `findAndRemoveDeletedPods`, takes its volumes down.
#[test]
fn a_reboot_ends_a_pod_that_never_restarts() {
    let outcome = of_pod(&with_policy("Never"), "reboot");
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost, Fate::Lost], vec![]));
}

/// `shouldRestartOnFailure` of `pkg/kubelet/kuberuntime/kuberuntime_manager.go` asks for the policy of the Pod alone.
#[test]
fn after_a_reboot_the_policy_of_the_pod_decides() {
    let parts = |policy: &str, own: &str| {
        let apps = ["writer", "reader"].map(|name| format!("name: {name}\n"));
        let own = |name: &String| format!("{name}        restartPolicy: {own}\n");
        apps.iter().fold(with_policy(policy), |parts, name| parts.replace(name, &own(name)))
    };
    let never = of_pod(&parts("Never", "Always"), "reboot");
    assert_eq!((fates(&never), started(&never)), (vec![Fate::MayBeLost, Fate::MayBeLost], vec![]));
    let always = of_pod(&parts("Always", "Never"), "reboot");
    assert_eq!((fates(&always), started(&always).len()), (vec![Fate::Kept, Fate::Lost], 4));
}

/// `pkg/kubelet/eviction/eviction_manager.go`, `emptyDirLimitEviction` and `evictPod` with the grace period
/// `immediateEvictionGracePeriodSeconds`; kubernetes/kubernetes#63126.
#[test]
fn a_full_disk_volume_with_a_limit_evicts_the_pod() {
    let parts = PARTS.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 16Mi}");
    let outcome = of_pod(&parts, "fill:disk");
    assert!(says(&outcome, "evicts the whole Pod when it measures that `disk` holds more than 16Mi"), "{outcome:?}");
    assert!(says(&outcome, "no quota") && says(&outcome, "The Pod stays `Failed`"));
    assert_eq!(ended(&outcome), ["writer", "reader", "side"].map(|name| (name, Cause::Evicted)));
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost, Fate::Lost], vec![]));
    assert!(levers(&outcome).contains(&"spec.volumes[0].emptyDir.sizeLimit".to_owned()));
}

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

/// `pkg/kubelet/eviction/eviction_manager.go`, `podEphemeralStorageLimitEviction`: limits that are there are summed up, as
/// `AggregateContainerLimits` in `staging/src/k8s.io/component-helpers/resource/helpers.go` does.
#[test]
fn limits_of_ephemeral_storage_evict_the_pod_too() {
    let limit = "resources: {limits: {ephemeral-storage: 1Gi}}";
    let parts = PARTS.replace("name: writer\n", &format!("name: writer\n        {limit}\n"));
    let parts = parts.replace("name: reader\n", &format!("name: reader\n        {limit}\n"));
    let outcome = of_pod(&parts, "fill:disk");
    assert!(says(&outcome, "its files on disk take more than 2Gi"), "{outcome:?}");
    let larger = parts.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 3Gi}");
    assert!(says(&of_pod(&larger, "fill:disk"), "more than 2Gi"));
}

/// docs/concepts/scheduling-eviction/node-pressure-eviction (signals `nodefs.available` and `nodefs.inodesFree`).
#[test]
fn a_disk_volume_without_a_limit_may_fill_the_node() {
    let outcome = of_pod(PARTS, "fill:disk");
    assert_eq!(fates(&outcome), [Fate::MayBeLost, Fate::MayBeLost]);
    assert_eq!(levers(&outcome), ["spec.volumes[0].emptyDir.sizeLimit"]);
}

/// `pkg/volume/emptydir/empty_dir.go`, `calculateEmptyDirMemorySize` and `generateTmpfsMountOptions`: the size of the tmpfs is
/// the smallest of `sizeLimit`, the Pod's limit and what the node has.
#[test]
fn a_volume_in_memory_is_full_at_its_size() {
    let sized = PARTS.replace("medium: Memory", "medium: Memory, sizeLimit: 64Mi");
    let outcome = of_pod(&sized, "fill:memory");
    assert!(says(&outcome, "`No space left on device` at 64Mi"), "{outcome:?}");
    assert_eq!((fates(&outcome), ended(&outcome)), (vec![Fate::Kept, Fate::Full], vec![]));
    let of_pod_limit = format!("\n    resources: {{limits: {{memory: 32Mi}}}}{sized}");
    assert!(says(&of_pod(&of_pod_limit, "fill:memory"), "at 32Mi, the memory limit of the Pod"));
    assert_eq!(fates(&of_pod(PARTS, "fill:memory")), [Fate::Kept, Fate::MayBeLost]);
}

/// kubernetes/kubernetes#128339, and docs/concepts/storage/volumes (emptyDir: files in memory "count against the memory limit of
/// the container that wrote them").
#[test]
fn a_writer_below_the_size_is_killed_and_may_be_killed_again() {
    let parts = PARTS.replace("name: writer\n", "name: writer\n        resources: {limits: {memory: 32Mi}}\n");
    for id in ["fill:memory", "memory:writer"] {
        let outcome = of_pod(&parts, id);
        assert_eq!(ended(&outcome), [("writer", Cause::OutOfMemory)], "{id}");
        assert_eq!(started(&outcome), [("writer", Cause::StartedAgain)]);
        assert_eq!(fates(&outcome), [Fate::Stale, Fate::Kept]);
        assert!(says(&outcome, "still count, so it may be killed again"));
        let expected = ["spec.containers[0].resources.limits[memory]", "spec.volumes[1].emptyDir.sizeLimit"];
        assert!(expected.iter().all(|field| levers(&outcome).contains(&(*field).to_owned())), "{:?}", levers(&outcome));
    }
    let bounded = parts.replace("medium: Memory", "medium: Memory, sizeLimit: 16Mi");
    assert_eq!(ended(&of_pod(&bounded, "fill:memory")), []);
    assert!(!levers(&of_pod(&bounded, "memory:writer")).contains(&"spec.volumes[1].emptyDir.sizeLimit".to_owned()));
}

/// docs/concepts/scheduling-eviction/node-pressure-eviction (signal `memory.available`, and "Node out of memory behavior").
#[test]
fn a_writer_without_a_limit_may_take_the_memory_of_the_node() {
    let outcome = of_pod(PARTS, "memory:writer");
    assert_eq!(fates(&outcome), [Fate::MayBeLost, Fate::MayBeLost]);
    assert!(says(&outcome, "may evict this Pod or others"));
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

/// docs/concepts/storage/volumes and docs/concepts/storage/ephemeral-volumes (the claim of a generic ephemeral volume is owned by
/// its Pod).
#[test]
fn other_volumes_are_kept_or_not_outside_of_the_pod() {
    let parts = "
    containers: [{name: a, image: nginx}]
    volumes:
      - {name: claim, persistentVolumeClaim: {claimName: a}}
      - {name: own, ephemeral: {}}
      - {name: node, hostPath: {path: /a}}
      - {name: settings, configMap: {name: a}}
      - {name: net, nfs: {}}";
    let fates = |id: &str| fates(&of_pod(parts, id));
    assert_eq!(fates("crash:a"), [Fate::Elsewhere; 5]);
    assert_eq!(fates("delete"), [Fate::Elsewhere, Fate::Lost, Fate::Elsewhere, Fate::Elsewhere, Fate::Elsewhere]);
}

/// An event of another document says nothing of this one.
#[test]
fn what_cannot_happen_has_no_outcome() {
    let document = document("Pod", PARTS, "");
    for id in ["replace", "finish", "crash:other", "fill:none", "memory:reader"] {
        assert_eq!(what_happens(&document, &id.parse().unwrap()), Outcome::default(), "{id}");
    }
}
