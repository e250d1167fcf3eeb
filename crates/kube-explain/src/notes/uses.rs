//! What people use fields for where containers share files, and the comments that say it in a line.

use super::is_about;

/// How many characters a comment has at most, its `# ` included.
pub const MAX_COMMENT: usize = 72;

/// What people use a field for in Pods whose containers share files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// That, in a sentence or two.
    pub text: &'static str,
    /// The rules of advice that look at it, by their names: `memory-oom`.
    pub rules: &'static [&'static str],
    /// What a comment above the field says, without its `# `; none for fields that speak for themselves.
    pub comment: Option<&'static str>,
}

/// The use of one field.
pub(crate) struct Entry {
    /// The type that the field is of; `*` for all kinds; `PodSpec.resources` where it has this use only inside of that field.
    pub(crate) owner: &'static str,
    pub(crate) field: &'static str,
    pub(crate) what: Use,
}

const fn entry(
    owner: &'static str,
    field: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    comment: Option<&'static str>,
) -> Entry {
    Entry { owner, field, what: Use { text, rules, comment } }
}

/// What people use the field `field` of `owner` for, where that is what `holder` holds: the type and the name of another field.
pub(crate) fn use_of(holder: Option<(&str, &str)>, owner: &str, field: &str) -> Option<&'static Use> {
    let is_held = |entry: &&Entry| entry.field == field && holder.is_some() && entry.owner.split_once('.') == holder;
    let is_of_type = |entry: &&Entry| is_about(entry.owner, entry.field, owner, field);
    USES.iter().find(is_held).or_else(|| USES.iter().find(is_of_type)).map(|entry| &entry.what)
}

/// The comment that `text` is, if it is one of ours.
pub(crate) fn known_comment(text: &str) -> Option<&'static str> {
    USES.iter().filter_map(|entry| entry.what.comment).find(|comment| *comment == text)
}

/// True if a field that is called `name` has a comment in one of its types.
pub(crate) fn may_have_comment(name: &str) -> bool {
    USES.iter().any(|entry| entry.what.comment.is_some() && entry.field == name)
}

/// Those of the fields that the form has, and of their neighbours that people ask about.
#[rustfmt::skip]
pub(crate) static USES: &[Entry] = &[
    entry("*", "apiVersion",
        "Names the part of the API that knows this kind: v1 for a Pod, apps/v1 for a Deployment, batch/v1 for a Job.",
        &[], Some("What is described, and which part of the Kubernetes API knows it.")),
    entry("*", "kind",
        "Says what the object is. A Pod is for trying things out; a Deployment keeps Pods running, a Job runs one to its end.",
        &["eviction-bare-pod"], None),
    entry("*", "metadata",
        "The name of the object and the labels by which others find it.",
        &[], Some("Its name, and the labels by which others find it.")),
    entry("*", "spec",
        "What the object should be. Kubernetes compares it with what there is and makes the difference go away.",
        &[], Some("What you want; Kubernetes makes it so and keeps it so.")),
    entry("*", "status",
        "What Kubernetes observed last. It is written by the cluster; what a manifest says here is ignored.",
        &[], None),

    entry("ObjectMeta", "name",
        "Identifies the object: `kubectl exec NAME -c CONTAINER -- ls /path` looks into a shared volume of the Pod NAME.",
        &[], None),
    entry("PodTemplateSpec.metadata", "name",
        "Names nothing: each Pod gets a name of its own, which begins with that of the object.",
        &[], None),
    entry("JobTemplateSpec.metadata", "name",
        "Names nothing: each Job gets a name of its own, which begins with that of the CronJob.",
        &[], None),
    entry("PersistentVolumeClaim.metadata", "name",
        "The name by which `volumeMounts` mean the volume. The claim itself is called so too, with the name of its Pod behind it.",
        &[], None),
    entry("PersistentVolumeClaim.metadata", "labels",
        "What each claim is labelled with, to find it by.",
        &[], None),
    entry("PersistentVolumeClaimTemplate.metadata", "labels",
        "What the claim is labelled with, to find it by.",
        &[], None),
    entry("ObjectMeta", "namespace",
        "Objects of one kind in one namespace have different names. A volume of a Pod is not seen by other Pods, whether they are in the namespace or not.",
        &[], None),
    entry("ObjectMeta", "labels",
        "Services and Deployments choose their Pods by labels; `kubectl get pods -l app=NAME` does too.",
        &[], Some("Services and Deployments find Pods by these.")),
    entry("ObjectMeta", "annotations",
        "Notes for programs and people that nothing is chosen by. `podweave.dev/ignore` silences rules of advice here.",
        &[], Some("Notes for people and programs; nothing is chosen by them.")),

    entry("DeploymentSpec", "template",
        "The Pod that every replica is made of. Each replica gets a shared volume of its own.",
        &["replicas-not-shared"], Some("The Pod that every replica is a copy of.")),
    entry("DeploymentSpec", "replicas",
        "How many Pods run. They do not share an emptyDir with each other: each has its own.",
        &["replicas-not-shared"], Some("How many such Pods run; each has shared volumes of its own.")),
    entry("DeploymentSpec", "selector",
        "Which Pods belong to the Deployment. Its labels have to be among those of the template.",
        &[], Some("Which Pods are its own: the labels of the template.")),
    entry("ReplicaSetSpec", "template", "The Pod that every replica is made of. Each replica gets a shared volume of its own.",
        &["replicas-not-shared"], Some("The Pod that every replica is a copy of.")),
    entry("ReplicaSetSpec", "replicas",
        "How many Pods run. They do not share an emptyDir with each other: each has its own.",
        &["replicas-not-shared"], Some("How many such Pods run; each has shared volumes of its own.")),
    entry("ReplicationControllerSpec", "template",
        "The Pod that every replica is made of. Each replica gets a shared volume of its own.",
        &["replicas-not-shared"], Some("The Pod that every replica is a copy of.")),
    entry("ReplicationControllerSpec", "replicas",
        "How many Pods run. They do not share an emptyDir with each other: each has its own.",
        &["replicas-not-shared"], Some("How many such Pods run; each has shared volumes of its own.")),
    entry("StatefulSetSpec", "template",
        "The Pod that every replica is made of. What has to outlive the Pod belongs in `volumeClaimTemplates`, not into an emptyDir.",
        &["data-not-kept", "replicas-not-shared"], Some("The Pod that every replica is a copy of.")),
    entry("StatefulSetSpec", "replicas",
        "How many Pods run. They do not share an emptyDir with each other: each has its own.",
        &["replicas-not-shared"], Some("How many such Pods run; each has shared volumes of its own.")),
    entry("StatefulSetSpec", "volumeClaimTemplates",
        "Disks that stay when a Pod goes: one of each for every replica. Containers mount them as they mount an emptyDir.",
        &["data-not-kept"], Some("Disks that stay when a Pod goes: one for every replica.")),
    entry("DaemonSetSpec", "template",
        "The Pod that runs once on every node. Each of them gets a shared volume of its own.",
        &[], Some("The Pod that runs once on every node.")),
    entry("JobSpec", "template",
        "The Pod that does the work. It is finished when all of its containers have ended, so a helper that never ends belongs in `initContainers` with restartPolicy Always.",
        &["job-never-ends", "sidecar-misplaced"], Some("The Pod that does the work.")),
    entry("JobSpec", "backoffLimit",
        "How often work that failed is tried again. With restartPolicy Never each try is a new Pod, whose emptyDir starts empty; with OnFailure the container starts again in its Pod, on the files that are there.",
        &[], Some("How often work that failed is tried again.")),
    entry("JobSpec", "ttlSecondsAfterFinished",
        "When the finished Job and its Pods are removed, and with them their logs. The files of their emptyDirs went when the Pods ended.",
        &["lifetime"], Some("When the finished Job is removed, in seconds.")),
    entry("CronJobSpec", "schedule",
        "When a Job is started, in five fields: minute, hour, day of the month, month, day of the week.",
        &[], Some("When it runs: minute, hour, day of month, month, day of week.")),
    entry("CronJobSpec", "jobTemplate",
        "The Job that is started at each time of the schedule. Each run begins with an empty shared volume.",
        &["job-never-ends"], Some("The Job that each run is.")),
    entry("JobTemplateSpec", "spec",
        "What each Job does. Each run is a new Pod, so nothing in an emptyDir is left of the run before.",
        &["job-never-ends"], None),
    entry("PodTemplate", "template",
        "The Pod that is made of this template.", &[], Some("The Pod that is made of this template.")),
    entry("PodTemplateSpec", "metadata",
        "The labels and annotations that each Pod gets. Its name is made up from that of the workload.",
        &[], None),
    entry("PodTemplateSpec", "spec",
        "The Pod itself: its containers, and the volumes that they share.",
        &[], Some("The Pod itself: containers, and the volumes that they share.")),

    entry("PodSpec", "restartPolicy",
        "Whether containers that have ended are started again in the same Pod. Their emptyDir keeps its files then; it goes when all have ended for good. In a Job it has to be OnFailure or Never, in a Deployment, StatefulSet or DaemonSet Always.",
        &["one-shot-restarts", "sidecar-never", "memory-oom-loop"], Some("Whether ended containers start again, on the files that they left.")),
    entry("PodSpec", "shareProcessNamespace",
        "Lets the containers see and signal each other's processes: one that renews a configuration file can make the server read it again.",
        &["signal-needs-shared-processes"], Some("Whether the containers see and signal each other's processes.")),
    entry("PodSpec", "terminationGracePeriodSeconds",
        "How long containers may take to end after they were told to. A writer can finish its file in that time; then it is killed.",
        &[], Some("How many seconds containers get to finish when the Pod ends.")),
    entry("PodSpec", "activeDeadlineSeconds",
        "Ends the Pod after that time, whatever it does.",
        &["job-never-ends"], Some("The Pod is ended after so many seconds.")),
    entry("PodSpec", "initContainers",
        "Containers that run before the others, one after the other, each to its end: they fill a shared volume. With restartPolicy Always one becomes a native sidecar, which keeps running beside the others.",
        &["init-never-ends", "init-not-idempotent", "start-race", "sidecar-misplaced", "init-waits-for-app"],
        Some("These run first, one after the other, and prepare the files.")),
    entry("PodSpec", "containers",
        "Containers that start together, in no order that could be relied on. They share files through volumes, and the address of the Pod.",
        &["start-race", "port-clash", "user-mix"], Some("These run side by side, and share the volumes of the Pod.")),
    entry("PodSpec", "volumes",
        "Directories that the containers can mount. Two containers that mount the same volume see the same files.",
        &["not-shared", "nobody-writes"], Some("Directories of the Pod. Who mounts one sees the same files.")),
    entry("PodSpec", "securityContext",
        "Users and groups of all containers. `fsGroup` gives the volumes to a group, so that containers of different users can share files.",
        &["user-mix", "sub-path-root-owned"], Some("Users and groups for all containers of the Pod.")),
    entry("PodSpec", "resources",
        "Requests and limits of the Pod as a whole, which its containers share. A volume in memory counts against them.",
        &["memory-capped"], Some("CPU and memory for all containers of the Pod together.")),
    entry("PodSecurityContext", "fsGroup",
        "A group that owns the volumes of the Pod, except for a hostPath, and that every process belongs to: the simplest way for containers of different users to write the same files.",
        &["user-mix"], Some("Volumes belong to this group, and all processes are in it.")),
    entry("PodSecurityContext", "runAsUser",
        "The user of all containers that do not say otherwise. One user for all makes sharing files simple.",
        &["user-mix"], Some("The user that the containers run as, by number.")),

    entry("Container", "name",
        "Tells the containers of the Pod apart: `kubectl logs POD -c NAME`.",
        &[], None),
    entry("Container", "image",
        "The program and its files. What the image has at the mount path of a volume is hidden while the volume is mounted.",
        &["latest-tag", "image-unparsable", "mount-hides-image", "mount-hides-program"], Some("The program, with all files that it needs.")),
    entry("Container", "imagePullPolicy",
        "When the node looks for a newer image. With a tag such as `latest` it decides which program touches your files.",
        &["latest-tag"], Some("When the node fetches the image anew.")),
    entry("Container", "command",
        "The program and its arguments in place of the ENTRYPOINT of the image, an item each. There is no shell unless you name one: `sh`, `-c` and the line.",
        &["command-in-one-item", "shell-exits-at-once", "shell-signs-without-shell", "server-in-background", "tail-name", "folded-continuation", "pasted-characters"],
        Some("The program to run, an item for each argument; no shell by itself.")),
    entry("Container", "args",
        "Arguments for the program, in place of the CMD of the image.",
        &["args-without-command", "command-in-one-item", "pasted-characters"], Some("Arguments for the program, an item for each.")),
    entry("Container", "workingDir",
        "The directory that the program starts in. Set to the mount path, file names without a slash mean files in the volume.",
        &["writes-outside-mount"], Some("The directory that the program starts in.")),
    entry("Container", "env",
        "Variables that the program reads. Often the place where it learns which directory is shared.",
        &["env-reference-order", "secret-in-link"], Some("Variables for the program.")),
    entry("Container", "envFrom",
        "All entries of a ConfigMap or a Secret as variables.",
        &[], Some("All entries of a ConfigMap or a Secret as variables.")),
    entry("Container", "ports",
        "Ports that the program listens on, for people and Services to see. Containers of a Pod share one address, so no two listen on the same port.",
        &["port-clash"], Some("Ports that it listens on; no two containers use the same.")),
    entry("Container", "resources",
        "How much CPU, memory and disk are set aside for the container, and how much it gets at most. Files in memory count as its memory; files in an emptyDir on disk count for the Pod as a whole.",
        &["memory-oom", "memory-unbounded", "disk-unbounded"], Some("What is set aside for it, and what it gets at most.")),
    entry("Container", "volumeMounts",
        "Where the container sees the volumes of the Pod. The path may be another one in every container; the files are the same.",
        &["mount-same-place", "mount-nested", "mount-hides-image", "reads-other-path"],
        Some("At which paths this container sees volumes of the Pod.")),
    entry("Container", "restartPolicy",
        "With Always an init container becomes a native sidecar: the next container starts as soon as it has started, and it runs until the others have ended. A Job can finish beside it.",
        &["sidecar-misplaced", "sidecar-not-gated", "sidecar-never"], Some("Always makes an init container a sidecar: started first, ended last.")),
    entry("Container", "startupProbe",
        "Liveness and readiness are not asked before this has said yes. The next container waits for that of a native sidecar: it is how to wait for the first files.",
        &["sidecar-not-gated", "start-race"], Some("Asked until it says yes; on a sidecar, the others wait for that.")),
    entry("Container", "readinessProbe",
        "Whether a Service sends requests. A server can say no until its files are there.",
        &["sidecar-not-gated"], Some("Requests are sent to it only while this says yes.")),
    entry("Container", "livenessProbe",
        "When this says no several times, the container is killed, and started again unless `restartPolicy` is Never. Files in its emptyDir stay then.",
        &["memory-oom-loop"], Some("When this says no several times, the container is restarted.")),
    entry("Container", "lifecycle",
        "Commands after the start and before the end: to write a last file, or to wait until others have read it.",
        &[], Some("Commands after its start and before its end.")),
    entry("Container", "securityContext",
        "The user of the container and what it may do. With a read-only root file system, what it writes needs a volume.",
        &["user-mix", "read-only-root"], Some("Its user, and what it may do.")),
    entry("SecurityContext", "runAsUser",
        "The user of the container. Files that it makes belong to it; another user may be unable to read or change them.",
        &["user-mix", "init-private-files", "run-as-non-root", "chown-needs-root"], Some("The user that it runs as, by number.")),
    entry("SecurityContext", "readOnlyRootFilesystem",
        "Nothing but volumes can be written. An emptyDir gives the program the directories that it needs.",
        &["read-only-root"], Some("Whether it can write into volumes only.")),

    entry("EnvVar", "name", "The name of the variable, as the program looks for it.", &[], None),
    entry("EnvVar", "value",
        "The text of the variable. `$(NAME)` stands for a variable that is defined before it.",
        &["env-reference-order", "secret-in-link"], None),
    entry("EnvVar", "valueFrom",
        "Takes the value from a ConfigMap, a Secret or the Pod itself, so that it does not stand in the manifest.",
        &["secret-in-link"], Some("The value comes from elsewhere.")),
    entry("EnvVarSource", "configMapKeyRef", "Takes one entry of a ConfigMap: settings that are no secret.", &[], None),
    entry("EnvVarSource", "secretKeyRef",
        "Takes one entry of a Secret: passwords and tokens belong there, not into the manifest or a link to it.",
        &["secret-in-link"], Some("From a Secret, so that it does not stand here.")),
    entry("EnvVarSource", "fieldRef",
        "Takes a field of the Pod: `metadata.name` gives each replica a file name of its own.",
        &[], Some("From the Pod itself: its name, its address.")),
    entry("ConfigMapKeySelector", "name", "The name of the ConfigMap, which has to be in the same namespace.", &[], None),
    entry("ConfigMapKeySelector", "key", "Which entry of the ConfigMap it is.", &[], None),
    entry("SecretKeySelector", "name", "The name of the Secret, which has to be in the same namespace.", &[], None),
    entry("SecretKeySelector", "key", "Which entry of the Secret it is.", &[], None),
    entry("ObjectFieldSelector", "fieldPath",
        "Which field of the Pod: `metadata.name`, `metadata.namespace`, `metadata.labels['KEY']`, `status.podIP`, `spec.nodeName` and a few more.",
        &[], None),

    entry("ContainerPort", "name", "A name that Services and probes can say in place of the number.", &[], None),
    entry("ContainerPort", "containerPort",
        "The port that the program listens on. It only informs: the program decides, and other ports can be reached too.",
        &["port-clash"], None),
    entry("ContainerPort", "protocol", "TCP for nearly everything, such as HTTP; UDP for DNS.", &[], None),

    entry("PodSpec.resources", "requests",
        "What the node sets aside for all containers of the Pod together, and by which one is chosen.",
        &[], Some("Set aside on the node for all containers together.")),
    entry("PodSpec.resources", "requests.cpu",
        "How much CPU is set aside for all containers together: `100m` is a tenth of a core.",
        &[], None),
    entry("PodSpec.resources", "requests.memory",
        "How much memory is set aside for all containers together. A Pod that uses more is among the first to go when the node runs short.",
        &["size-milli"], None),
    entry("PodSpec.resources", "limits",
        "What all containers of the Pod get together at most. With more CPU they are slowed down, with more memory one of them is killed.",
        &["memory-unbounded"], Some("The most that all containers get together.")),
    entry("PodSpec.resources", "limits.cpu",
        "More CPU than that the containers do not get together: they are slowed down. `500m` is half a core.",
        &[], None),
    entry("PodSpec.resources", "limits.memory",
        "With more memory than that for all containers together one of them is killed. The files in volumes in memory count, whoever wrote them.",
        &["memory-oom", "memory-unbounded", "memory-capped", "size-milli"], None),
    entry("ResourceRequirements", "requests",
        "What the node sets aside for the container, and by which one is chosen.",
        &[], Some("Set aside on the node.")),
    entry("ResourceRequirements", "requests.cpu", "How much CPU is set aside: `100m` is a tenth of a core.", &[], None),
    entry("ResourceRequirements", "requests.memory",
        "How much memory is set aside. A Pod that uses more than that is among the first to go when the node runs short.",
        &["size-milli"], None),
    entry("ResourceRequirements", "requests.ephemeral-storage",
        "How much disk of the node is set aside for logs, files of the container and its emptyDirs.",
        &["disk-unbounded"], None),
    entry("ResourceRequirements", "limits",
        "What the container gets at most. With more CPU it is slowed down, with more memory killed, with more disk evicted with its Pod.",
        &["memory-unbounded", "disk-unbounded"], Some("The most that it gets.")),
    entry("ResourceRequirements", "limits.cpu", "More CPU than that it does not get: it is slowed down. `500m` is half a core.", &[], None),
    entry("ResourceRequirements", "limits.memory",
        "More memory than that and it is killed. Files that it writes into a volume in memory count.",
        &["memory-oom", "memory-unbounded", "memory-capped", "memory-writer-pays", "size-milli"], None),
    entry("ResourceRequirements", "limits.ephemeral-storage",
        "More disk than that for its logs and its own files, or more than all containers may have together with the files in emptyDirs, and the whole Pod is evicted: the shared files are lost.",
        &["ephemeral-sum", "disk-unbounded"], None),

    entry("VolumeMount", "name",
        "Which volume of the Pod it is. Two containers with the same name here share files.",
        &["not-shared"], None),
    entry("VolumeMount", "mountPath",
        "The directory at which the container sees the volume. What the image has there is hidden.",
        &["mount-same-place", "mount-nested", "mount-hides-image", "mount-system", "mount-relative", "mount-log-parent", "serves-elsewhere", "mount-path-options"],
        Some("Where the container sees the volume; hides what the image has there.")),
    entry("VolumeMount", "subPath",
        "A directory or a file of the volume in place of all of it, so that one volume serves several purposes.",
        &["sub-path-frozen", "sub-path-root-owned"], Some("Only this directory of the volume, as it is at the start.")),
    entry("VolumeMount", "subPathExpr",
        "As `subPath`, with variables of the container in it: `$(POD_NAME)` gives each replica a directory of its own.",
        &["sub-path-frozen"], Some("Only this directory of the volume; variables are put in.")),
    entry("VolumeMount", "readOnly",
        "For containers that only read: they cannot change or remove the files of the writer by mistake.",
        &["nobody-writes", "writes-read-only"], Some("Whether this container can only read the files.")),
    entry("VolumeMount", "recursiveReadOnly",
        "Makes what is mounted inside of the volume read-only too. An emptyDir has nothing mounted inside of it.",
        &[], Some("What is mounted inside of the volume is read-only too.")),
    entry("VolumeMount", "mountPropagation",
        "Whether what one container mounts inside of the volume is seen by others. For drivers, not for sharing files.",
        &[], Some("Whether mounts made inside of the volume are seen by others.")),

    entry("Volume", "name",
        "The name by which `volumeMounts` mean the volume.",
        &["volume-without-source"], None),
    entry("Volume", "emptyDir",
        "A directory that is empty when the Pod gets its node, that all containers can mount, and that is removed with the Pod. It outlives restarts of containers, not the Pod.",
        &["lifetime", "disk-unbounded", "data-not-kept", "not-shared"],
        Some("An empty directory; it lives exactly as long as the Pod.")),
    entry("Volume", "configMap",
        "The entries of a ConfigMap as files, read-only. Mount it in every container that needs the settings.",
        &["mode-written-decimal"], Some("The entries of a ConfigMap as files.")),
    entry("Volume", "secret",
        "The entries of a Secret as files in memory, read-only.",
        &["mode-written-decimal"], Some("The entries of a Secret as files.")),
    entry("Volume", "persistentVolumeClaim",
        "A disk that stays when the Pod goes. Containers share it as they share an emptyDir.",
        &["data-not-kept"], Some("A disk that stays when the Pod goes.")),
    entry("Volume", "image",
        "The files of an image, read-only: no init container has to copy them.",
        &["image-volume"], Some("The files of an image, to be read only.")),
    entry("Volume", "hostPath",
        "A directory of the node. All Pods of the node that name it share it, and the files stay when they go.",
        &[], Some("A directory of the node itself; it stays when the Pod goes.")),
    entry("Volume", "projected",
        "Several sources in one directory: ConfigMaps, Secrets, fields of the Pod, tokens.",
        &["mode-written-decimal"], Some("Several sources together in one directory.")),
    entry("Volume", "downwardAPI",
        "Fields of the Pod as files: its labels, its limits.",
        &["mode-written-decimal"], Some("What the Pod knows of itself, as files.")),
    entry("Volume", "gitRepo",
        "Was a clone of a git repository. Nodes do not mount it any more: clone in an init container into an emptyDir.",
        &["git-repo-volume"], Some("Nodes mount this no more: clone in an init container.")),
    entry("EmptyDirVolumeSource", "medium",
        "Memory keeps the files in memory: fast, gone with a reboot, and counted as memory of the container that writes them.",
        &["medium-unknown", "memory-unbounded", "memory-writer-pays", "memory-oom"],
        Some("Memory: files count as memory of the container that writes.")),
    entry("EmptyDirVolumeSource", "sizeLimit",
        "In memory the volume is full at this size. On disk it is no quota: when the kubelet finds more, it evicts the whole Pod.",
        &["disk-limit-soft", "memory-capped", "size-zero", "size-milli", "ephemeral-sum"],
        Some("On disk, the whole Pod is evicted when the volume grows past it.")),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::notes::testing::exists;

    #[test]
    fn uses_are_of_fields_that_exist_each_once() {
        let mut seen = HashSet::new();
        for Entry { owner, field, what } in USES {
            assert!(exists(owner, field), "{owner}.{field}");
            assert!(seen.insert((owner, field)), "{owner}.{field} is there twice");
            assert!(what.text.ends_with('.'), "{owner}.{field}");
            let sentences = what.text.matches(". ").count() + 1;
            assert!(sentences <= 3, "{owner}.{field}: {sentences} sentences");
        }
    }

    #[test]
    fn uses_name_rules_that_exist() {
        for Entry { owner, field, what } in USES {
            for rule in what.rules {
                assert!(pod_advice::rules::named(rule).is_some(), "{owner}.{field}: {rule}");
            }
        }
    }

    #[test]
    fn comments_are_short_and_plain() {
        for comment in USES.iter().filter_map(|entry| entry.what.comment) {
            assert!(comment.chars().count() + "# ".len() <= MAX_COMMENT, "{comment}: {}", comment.chars().count() + 2);
            assert!(comment.is_ascii() && comment.ends_with('.') && comment.trim() == comment, "{comment}");
        }
    }
}
