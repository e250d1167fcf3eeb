//! What happens when the Pod goes, or its node.

use super::*;

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

/// `apimachinery/pkg/apis/meta/v1/controller_ref.go`, `GetControllerOf`: a Pod that is read from a cluster says who owns it.
#[test]
fn a_pod_with_a_controller_is_replaced() {
    let owned = |controller: bool| {
        let owner = format!("metadata: {{ownerReferences: [{{kind: ReplicaSet, name: a, controller: {controller}}}]}}");
        document("Pod", PARTS, &owner)
    };
    let deleted = after(&owned(true), "delete");
    assert!(says(&deleted, "The ReplicaSet starts a new Pod") && started(&deleted).len() == 4);
    assert!(!says(&after(&owned(true), "drain"), "--force"));
    assert!(says(&after(&owned(false), "delete"), "it has no controller"));
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

/// `pkg/kubelet/nodeshutdown/nodeshutdown_manager.go`, `killPods`, and docs/concepts/cluster-administration/node-shutdown.
#[test]
fn a_graceful_shutdown_ends_the_pod_before_the_reboot() {
    let words = "Where the kubelet has a `shutdownGracePeriod`, a planned reboot ends the Pod as `Failed` before";
    for kind in ["Pod", "Deployment", "DaemonSet"] {
        assert!(says(&after(&document(kind, PARTS, ""), "reboot"), words), "{kind}");
    }
    assert!(!says(&of_pod(&with_policy("Never"), "reboot"), words), "it is over anyway");
}

/// docs/concepts/workloads/pods/sidecar-containers: with a startup probe, what comes behind a sidecar waits for it.
#[test]
fn a_startup_probe_of_a_sidecar_holds_up_the_next_one() {
    let how = |parts: &str| of_pod(parts, "reboot").started[1].sentence.clone();
    assert_eq!(how(PARTS), "`side` starts and runs beside the others.");
    let probed = PARTS.replace("{name: side, image: nginx,", "{name: side, image: nginx, startupProbe: {tcpSocket: {port: 80}},");
    assert_eq!(how(&probed), "`side` starts, and the next one waits until its startup probe succeeds.");
}

/// An event of another document says nothing of this one.
#[test]
fn what_cannot_happen_has_no_outcome() {
    let document = document("Pod", PARTS, "");
    for id in ["replace", "finish", "crash:other", "fill:none", "memory:reader"] {
        assert_eq!(what_happens(&document, &id.parse().unwrap()), Outcome::default(), "{id}");
    }
}

/// `pkg/kubelet/kuberuntime/kuberuntime_container.go`, `killContainer`: the hook runs first, within the time that the container has
/// to end.
#[test]
fn a_container_has_its_time_to_end() {
    let how = |more: &str, parts: &str| of_pod(&format!("{more}{parts}"), "delete").ended.remove(0).sentence;
    let grace = |seconds: u64| format!("\n    terminationGracePeriodSeconds: {seconds}");
    assert!(how("", PARTS).ends_with("gets a TERM signal, and is killed if it still runs after 30 seconds."));
    assert!(how(&grace(3), PARTS).ends_with("after 3 seconds."));
    for less in [0, 1] {
        assert!(how(&grace(less), PARTS).ends_with("gets a TERM signal, and is killed if it still runs after 2 seconds."));
    }
    let hooked = PARTS.replace("name: writer\n", "name: writer\n        lifecycle: {preStop: {sleep: {seconds: 1}}}\n");
    assert!(how("", &hooked).starts_with("`writer` runs its `preStop` hook, gets a TERM signal"));
}

/// `staging/src/k8s.io/kubectl/pkg/drain/filters.go`, `localStorageFilter` and `unreplicatedFilter`, and
/// docs/tasks/administer-cluster/safely-drain-node: a drained node takes no new Pods.
#[test]
fn a_drain_wants_to_be_told_of_files_and_of_a_pod_that_stands_alone() {
    let outcome = of_pod(PARTS, "drain");
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost, Fate::Lost], vec![]));
    assert!(says(&outcome, "`--delete-emptydir-data` and `--force`") && says(&outcome, "it has no controller"));
    let of_deployment = after(&document("Deployment", PARTS, ""), "drain");
    assert!(says(&of_deployment, "With `--delete-emptydir-data` it evicts") && !says(&of_deployment, "--force"));
    assert!(says(&of_deployment, "on another node: this one takes no new Pods"));
    assert_eq!(started(&of_deployment).len(), 4);
    assert_eq!(ended(&of_deployment), ["writer", "reader", "side"].map(|name| (name, Cause::Deleted)));
    let without_files = "\n    containers: [{name: a, image: nginx}]";
    assert!(says(&after(&document("Deployment", without_files, ""), "drain"), "The Pod is evicted"));
    assert!(says(&of_pod(without_files, "drain"), "With `--force` it evicts the Pod."));
}

/// The same file, `daemonSetFilter`.
#[test]
fn a_drain_leaves_the_pods_of_a_daemon_set() {
    let outcome = after(&document("DaemonSet", PARTS, ""), "drain");
    assert_eq!((fates(&outcome), ended(&outcome)), (vec![Fate::Kept, Fate::Kept], vec![]));
    assert!(says(&outcome, "--ignore-daemonsets"));
}
