//! What happens when a container ends.

use super::*;

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
    let counts = |parts: &str, id: &str| {
        says(&after(&document("Job", parts, ""), id), "After 6 restarts the Job fails, as `backoffLimit` is 6")
    };
    let parts = with_policy("OnFailure");
    assert!(counts(&parts, "crash:writer") && counts(&parts, "crash:init"));
    let own_policy = with_policy("Never").replace("name: writer\n", "name: writer\n        restartPolicy: Always\n");
    assert!(!counts(&own_policy, "crash:writer"));
    for limit in [0, 1] {
        let job = document("Job", &parts, &format!("{{spec: {{backoffLimit: {limit}}}}}"));
        let words = format!("After one restart the Job fails, as `backoffLimit` is {limit}");
        assert!(says(&after(&job, "crash:writer"), &words));
        assert!(levers(&after(&job, "crash:writer")).contains(&"spec.backoffLimit".to_owned()));
    }
}

/// `computePodActions`: what fails its liveness probe is started again unless the policy is `Never`.
#[test]
fn with_never_a_liveness_probe_restarts_nothing() {
    let parts = PARTS.replace("name: reader\n", "name: reader\n        livenessProbe: {}\n");
    for (policy, restarts) in [("Always", true), ("OnFailure", true), ("Never", false)] {
        let document = document("Pod", &format!("\n    restartPolicy: {policy}{parts}"), "");
        assert_eq!(event(&document, "restart:reader").is_some(), restarts, "{policy}");
    }
}

/// docs/concepts/workloads/pods/sidecar-containers: init containers and sidecars start one after the other, so those behind one
/// that fails have not started.
#[test]
fn a_failed_init_container_stops_the_sidecars_before_it() {
    let parts = with_policy("Never");
    assert_eq!(ended(&of_pod(&parts, "crash:init")), [("init", Cause::Crashed)]);
    let first = "      - {name: side, image: nginx, restartPolicy: Always}\n";
    let parts = parts.replace(first, "").replace("initContainers:\n", &format!("initContainers:\n{first}"));
    assert_eq!(ended(&of_pod(&parts, "crash:init")), [("init", Cause::Crashed), ("side", Cause::PodEnded)]);
}

/// `pkg/apis/core/validation/validation.go`, `validateContainers`: a Pod has one app container at least.
#[test]
fn the_only_app_container_cannot_become_an_init_container() {
    let parts = "
    containers: [{name: a, image: alpine, command: [date]}]";
    assert_eq!(levers(&of_pod(parts, "restart:a")), ["spec.restartPolicy"]);
}

/// `pkg/kubelet/kuberuntime/kuberuntime_manager.go`, `doBackOff`: without an entry for the container there is no wait.
#[test]
fn the_first_time_a_container_is_started_again_at_once() {
    for id in ["crash:writer", "crash:init", "memory:writer"] {
        let parts = PARTS.replace("name: writer\n", "name: writer\n        resources: {limits: {memory: 32Mi}}\n");
        let sentence = of_pod(&parts, id).started[0].sentence.clone();
        assert!(
            sentence.ends_with("again at once, and each further time after a wait that grows up to five minutes."),
            "{sentence}"
        );
    }
}
