//! What happens when a volume or the memory fills up, and to volumes that are no emptyDirs.

use super::*;

/// `pkg/kubelet/eviction/eviction_manager.go`, `emptyDirLimitEviction` and `evictPod` with the grace period
/// `immediateEvictionGracePeriodSeconds`; kubernetes/kubernetes#63126.
#[test]
fn a_full_disk_volume_with_a_limit_evicts_the_pod() {
    let parts = PARTS.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 16Mi}");
    let outcome = of_pod(&parts, "fill:disk");
    assert!(says(&outcome, "evicts the whole Pod when it measures that `disk` holds more than 16Mi"), "{outcome:?}");
    assert!(says(&outcome, "no quota") && says(&outcome, "The Pod stays `Failed`"));
    assert!(outcome.ended[0].sentence.ends_with("is killed if it still runs after 2 seconds."), "{outcome:?}");
    assert!(says(&outcome, "does not wait for `terminationGracePeriodSeconds`"));
    assert_eq!(ended(&outcome), ["writer", "reader", "side"].map(|name| (name, Cause::Evicted)));
    assert_eq!((fates(&outcome), started(&outcome)), (vec![Fate::Lost, Fate::Lost], vec![]));
    assert!(levers(&outcome).contains(&"spec.volumes[0].emptyDir.sizeLimit".to_owned()));
}

/// The same file, `evictPod`, and `pkg/kubelet/types/pod_update.go`, `IsCriticalPod`.
#[test]
fn a_critical_pod_is_not_evicted() {
    let of_class = |class: &str, parts: &str| of_pod(&format!("\n    priorityClassName: {class}{parts}"), "fill:disk");
    let sized = PARTS.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 16Mi}");
    let limited = PARTS.replace("name: writer\n", "name: writer\n        resources: {limits: {ephemeral-storage: 1Gi}}\n");
    for (class, parts) in [("system-node-critical", &sized), ("system-cluster-critical", &limited)] {
        let outcome = of_class(class, parts);
        assert_eq!((fates(&outcome), ended(&outcome)), (vec![Fate::Kept, Fate::Kept], vec![]));
        assert!(says(&outcome, "but spares one of the class"), "{outcome:?}");
        assert_eq!(levers(&outcome), ["spec.priorityClassName"]);
    }
    assert_eq!(fates(&of_class("system-of-ours", &sized)), [Fate::Lost, Fate::Lost]);
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
    let ended: Vec<_> = outcome.ended.iter().map(|container| container.container.as_str()).collect();
    assert_eq!(ended, ["writer", "reader", "side"], "sidecars go with their Pod");
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
}

/// docs/concepts/scheduling-eviction/node-pressure-eviction: a Pod is evicted as a whole, with all of its volumes.
#[test]
fn a_volume_in_memory_without_a_size_may_cost_the_files_of_all() {
    let outcome = of_pod(PARTS, "fill:memory");
    assert_eq!(fates(&outcome), [Fate::MayBeLost, Fate::MayBeLost]);
    let ends: Vec<_> = outcome.volumes.iter().map(|volume| volume.sentence.as_str()).collect();
    assert!(ends[0].ends_with("and kept otherwise.") && ends[1].ends_with("and full otherwise."), "{ends:?}");
}

/// The kernel, which charges a page to who touches it first: who may write and does not is killed for nothing of it.
#[test]
fn who_only_reads_a_volume_is_not_killed_for_its_files() {
    let limited = |parts: &str, name: &str, limit: &str| {
        parts.replace(&format!("name: {name}\n"), &format!("name: {name}\n        resources: {{limits: {{memory: {limit}}}}}\n"))
    };
    let writable = PARTS.replace(", readOnly: true", "").replace("date > /d/b", "date > /m/b");
    let reader = writable
        .replace("image: nginx\n", "image: alpine\n        command: [sh, -c, 'while true; do cat /m/b; sleep 5; done']\n");
    let served = writable.replace("mountPath: /m}]\n    volumes", "mountPath: /usr/share/nginx/html}]\n    volumes");
    assert!(served.contains("/usr/share"), "{served}");
    for parts in [&reader, &served] {
        let parts = limited(&limited(parts, "writer", "64Mi"), "reader", "32Mi");
        let outcome = of_pod(&parts, "fill:memory");
        assert_eq!(ended(&outcome), [("writer", Cause::OutOfMemory)]);
        let of_reader = of_pod(&parts, "memory:reader");
        assert!(!says(&of_reader, "Its files in"), "{of_reader:?}");
        assert!(!levers(&of_reader).iter().any(|lever| lever.ends_with("sizeLimit")), "{of_reader:?}");
    }
    let bounded = limited(&limited(&reader, "writer", "64Mi"), "reader", "32Mi")
        .replace("medium: Memory", "medium: Memory, sizeLimit: 48Mi");
    assert!(says(&of_pod(&bounded, "fill:memory"), "`No space left on device` at 48Mi"));
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
        assert!(says(&outcome, "still count as memory of the Pod, so it may be killed again"));
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
    let expected = ["spec.containers[0].resources.limits[memory]", "spec.volumes[1].emptyDir.sizeLimit"];
    assert_eq!(levers(&outcome), expected);
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

/// `pkg/kubelet/cm/helpers_linux.go`, `ResourceConfigForPod`: the limit of the Pod is that of the cgroup around its containers, to
/// which the files of a tmpfs are charged as well; so it is reached before a tmpfs of that size is full.
#[test]
fn at_the_limit_of_the_pod_some_container_is_killed() {
    let sized = PARTS.replace("medium: Memory", "medium: Memory, sizeLimit: 64Mi");
    let limited = |limit: &str| format!("\n    resources: {{limits: {{memory: {limit}}}}}{sized}");
    for id in ["fill:memory", "memory:writer"] {
        let outcome = of_pod(&limited("32Mi"), id);
        assert!(says(&outcome, "The kernel kills a container of the Pod, which may use 32Mi in all."), "{id}: {outcome:?}");
        assert_eq!(ended(&outcome), ["side", "writer", "reader"].map(|name| (name, Cause::OutOfMemory)));
        assert_eq!(fates(&outcome), [Fate::Kept, Fate::Kept]);
        assert_eq!(levers(&outcome), ["spec.resources.limits[memory]", "spec.volumes[1].emptyDir.sizeLimit"]);
    }
    assert!(says(&of_pod(&limited("128Mi"), "fill:memory"), "`No space left on device` at 64Mi"));
    assert_eq!(levers(&of_pod(&limited("128Mi"), "memory:writer")), ["spec.resources.limits[memory]"]);
}

/// `pkg/kubelet/cm/pod_container_manager_linux.go` and the kernel: who writes pays, and an init container that has ended does not.
#[test]
fn a_volume_fills_up_by_those_that_run() {
    let limit = |parts: &str, name: &str, limit: &str| {
        parts.replace(&format!("name: {name}"), &format!("name: {name}, resources: {{limits: {{memory: {limit}}}}}"))
    };
    let parts = "
    initContainers: [{name: init, volumeMounts: [{name: v, mountPath: /v}]}]
    containers: [{name: app, volumeMounts: [{name: v, mountPath: /v}]}]
    volumes: [{name: v, emptyDir: {medium: Memory}}]";
    let both = limit(&limit(parts, "init", "16Mi"), "app", "32Mi");
    assert_eq!(ended(&of_pod(&both, "fill:v")), [("app", Cause::OutOfMemory)]);
    assert_eq!(ended(&of_pod(&limit(parts, "init", "16Mi"), "fill:v")), [("init", Cause::OutOfMemory)]);
}

/// `pkg/volume/emptydir/empty_dir.go`, `setupHugepages`: the mount has a page size, and no size.
#[test]
fn huge_pages_are_limited_by_those_of_the_container() {
    let parts = PARTS.replace("medium: Memory", "medium: HugePages, sizeLimit: 4Mi");
    let parts = parts.replace("name: writer\n", "name: writer\n        resources: {limits: {hugepages-2Mi: 8Mi}}\n");
    let outcome = of_pod(&parts, "fill:memory");
    assert!(levers(&outcome).contains(&"spec.containers[0].resources.limits[hugepages-2Mi]".to_owned()));
    assert!(says(&outcome, "A `sizeLimit` is no size of it"));
}

/// `pkg/kubelet/eviction/eviction_manager.go`, `emptyDirLimitEviction`, which asks for no medium.
#[test]
fn more_huge_pages_than_the_size_limit_evict_the_pod() {
    let huge = |more: &str| of_pod(&PARTS.replace("medium: Memory", &format!("medium: HugePages{more}")), "fill:memory");
    let outcome = huge(", sizeLimit: 4Mi");
    assert!(says(&outcome, "more than 4Mi in `memory`, it evicts the whole Pod"), "{outcome:?}");
    assert_eq!(levers(&outcome), ["spec.volumes[1].emptyDir.sizeLimit"]);
    assert!(!says(&huge(""), "evicts"));
}

/// `pkg/volume/emptydir/empty_dir.go`, `calculateEmptyDirMemorySize`, and the kernel, which charges who writes.
#[test]
fn in_memory_a_writer_with_a_smaller_limit_would_be_killed_in_place_of_an_eviction() {
    let medium = |limit: &str, more: &str| {
        let parts = PARTS.replace("name: disk, emptyDir: {}", "name: disk, emptyDir: {sizeLimit: 16Mi}");
        let parts =
            parts.replace("name: writer\n", &format!("name: writer\n        resources: {{limits: {{memory: {limit}}}}}\n"));
        let outcome = of_pod(&format!("{more}{parts}"), "fill:disk");
        let lever = outcome.levers.iter().find(|lever| lever.field.to_string().ends_with(".medium")).unwrap();
        lever.sentence.clone()
    };
    assert!(medium("32Mi", "").ends_with("writes would fail with `No space left on device` instead."));
    assert!(medium("8Mi", "").ends_with("memory of `writer`, which would be killed at its limit of 8Mi instead."));
    let of_pod = "\n    resources: {limits: {memory: 8Mi}}";
    assert!(medium("32Mi", of_pod).ends_with("memory of the Pod, and a container would be killed at 8Mi instead."));
}

/// A claim in the place of another volume changes nothing for the one that fills up; what an init container writes anew is not what
/// is lost with a Pod.
#[test]
fn a_claim_is_proposed_for_the_volume_that_it_is_about() {
    let parts = "
    initContainers: [{name: init, volumeMounts: [{name: seed, mountPath: /v}]}]
    containers:
      - {name: db, volumeMounts: [{name: seed, mountPath: /v, readOnly: true}, {name: tmp, mountPath: /t}, {name: data, mountPath: /d}]}
    volumes:
      - {name: seed, emptyDir: {sizeLimit: 1Mi}}
      - {name: data, emptyDir: {sizeLimit: 1Gi}}
      - {name: tmp, emptyDir: {sizeLimit: 1Mi}}";
    let claim = |id: &str| levers(&of_pod(parts, id)).into_iter().find(|lever| lever.ends_with("Claim")).unwrap();
    for (id, index) in [("fill:seed", 0), ("fill:data", 1), ("fill:tmp", 2), ("delete", 1)] {
        assert_eq!(claim(id), format!("spec.volumes[{index}].persistentVolumeClaim"), "{id}");
    }
    let note = "Only init containers write into `seed`: if one still runs when the kubelet measures, it is killed.";
    assert!(says(&of_pod(parts, "fill:seed"), note) && !says(&of_pod(parts, "fill:data"), "Only init containers"));
}
