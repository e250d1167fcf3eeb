//! What a field is where nobody writes it.

use super::is_about;

/// What a field is where nobody writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultValue {
    /// The value, or what it depends on.
    pub value: &'static str,
    /// The function or the program upstream that sets it.
    pub set_by: &'static str,
}

const POD: &str = "SetDefaults_Pod";
const POD_SPEC: &str = "SetDefaults_PodSpec";
const CONTAINER: &str = "SetDefaults_Container";
const PROBE: &str = "SetDefaults_Probe";
const OBJECT: &str = "SetObjectDefaults_Pod";
const KUBELET: &str = "the kubelet";
const DEPLOYMENT: &str = "SetDefaults_Deployment";
const STATEFUL_SET: &str = "SetDefaults_StatefulSet";
const DAEMON_SET: &str = "SetDefaults_DaemonSet";
const JOB: &str = "SetDefaults_Job";
const CRON_JOB: &str = "SetDefaults_CronJob";
const BY_TAG: &str = "Always for the tag `latest` or neither tag nor digest, otherwise IfNotPresent";
const AS_LIMITED: &str = "the limit, where there is one; otherwise nothing is set aside. Of a Pod as a whole that has limits, \
                          what its containers request comes first";
const NAMESPACE: &str = "the namespace of the current context, otherwise `default`; Pods of a template have that of its owner";

/// As `pkg/apis/*/v1/defaults.go` (v1.35) sets them; the functions `SetObjectDefaults_…` are generated from markers of
/// the types.
#[rustfmt::skip]
const DEFAULTS: &[(&str, &str, &str, &str)] = &[
    ("ConfigMapVolumeSource", "defaultMode", "0644", "SetDefaults_ConfigMapVolumeSource"),
    ("Container", "args", "the CMD of the image; none if `command` is set", "the container runtime"),
    ("Container", "command", "the ENTRYPOINT of the image", "the container runtime"),
    ("Container", "imagePullPolicy", BY_TAG, CONTAINER),
    ("Container", "terminationMessagePath", "/dev/termination-log", CONTAINER),
    ("Container", "terminationMessagePolicy", "File", CONTAINER),
    ("Container", "workingDir", "the WORKDIR of the image", "the container runtime"),
    ("ContainerPort", "protocol", "TCP", OBJECT),
    ("CronJobSpec", "concurrencyPolicy", "Allow", CRON_JOB),
    ("CronJobSpec", "failedJobsHistoryLimit", "1", CRON_JOB),
    ("CronJobSpec", "successfulJobsHistoryLimit", "3", CRON_JOB),
    ("CronJobSpec", "suspend", "false", CRON_JOB),
    ("DaemonSetSpec", "revisionHistoryLimit", "10", DAEMON_SET),
    ("DaemonSetUpdateStrategy", "type", "RollingUpdate", DAEMON_SET),
    ("DeploymentSpec", "progressDeadlineSeconds", "600", DEPLOYMENT),
    ("DeploymentSpec", "replicas", "1", DEPLOYMENT),
    ("DeploymentSpec", "revisionHistoryLimit", "10", DEPLOYMENT),
    ("DeploymentStrategy", "type", "RollingUpdate", DEPLOYMENT),
    ("DownwardAPIVolumeSource", "defaultMode", "0644", "SetDefaults_DownwardAPIVolumeSource"),
    ("EmptyDirVolumeSource", "medium", "empty: the disk of the node", KUBELET),
    ("EmptyDirVolumeSource", "sizeLimit", "none: on disk up to what the node has, in memory up to the memory of the Pod or the node", KUBELET),
    ("HTTPGetAction", "path", "/", "SetDefaults_HTTPGetAction"),
    ("HTTPGetAction", "scheme", "HTTP", "SetDefaults_HTTPGetAction"),
    ("ImageVolumeSource", "pullPolicy", BY_TAG, "SetDefaults_Volume"),
    ("JobSpec", "backoffLimit", "6, and no bound with `backoffLimitPerIndex`", JOB),
    ("JobSpec", "completionMode", "NonIndexed", JOB),
    ("JobSpec", "completions", "1, if `parallelism` is not set either", JOB),
    ("JobSpec", "parallelism", "1", JOB),
    ("JobSpec", "podReplacementPolicy", "TerminatingOrFailed, and Failed with a `podFailurePolicy`", JOB),
    ("JobSpec", "suspend", "false", JOB),
    ("ObjectFieldSelector", "apiVersion", "v1", "SetDefaults_ObjectFieldSelector"),
    ("ObjectMeta", "namespace", NAMESPACE, "kubectl"),
    ("PodFailurePolicyOnPodConditionsPattern", "status", "True", JOB),
    ("PodSpec", "automountServiceAccountToken", "what the ServiceAccount says, otherwise true", "the admission plugin ServiceAccount"),
    ("PodSpec", "dnsPolicy", "ClusterFirst", POD_SPEC),
    ("PodSpec", "enableServiceLinks", "true", POD),
    ("PodSpec", "preemptionPolicy", "what the PriorityClass says, otherwise PreemptLowerPriority", "the admission plugin Priority"),
    ("PodSpec", "restartPolicy", "Always", POD_SPEC),
    ("PodSpec", "schedulerName", "default-scheduler", POD_SPEC),
    ("PodSpec", "securityContext", "{}", POD_SPEC),
    ("PodSpec", "serviceAccountName", "default", "the admission plugin ServiceAccount"),
    ("PodSpec", "shareProcessNamespace", "false: each container sees its own processes only", KUBELET),
    ("PodSpec", "terminationGracePeriodSeconds", "30", POD_SPEC),
    ("Probe", "failureThreshold", "3", PROBE),
    ("Probe", "periodSeconds", "10", PROBE),
    ("Probe", "successThreshold", "1", PROBE),
    ("Probe", "timeoutSeconds", "1", PROBE),
    ("ProjectedVolumeSource", "defaultMode", "0644", "SetDefaults_ProjectedVolumeSource"),
    ("ReplicaSetSpec", "replicas", "1", "SetDefaults_ReplicaSet"),
    ("ReplicationControllerSpec", "replicas", "1", "SetObjectDefaults_ReplicationController"),
    ("ResourceRequirements", "requests", "the limits; of a Pod as a whole that has limits, what its containers request comes first", POD),
    ("ResourceRequirements", "requests.cpu", AS_LIMITED, POD),
    ("ResourceRequirements", "requests.ephemeral-storage", AS_LIMITED, POD),
    ("ResourceRequirements", "requests.memory", AS_LIMITED, POD),
    ("RollingUpdateDaemonSet", "maxSurge", "0", DAEMON_SET),
    ("RollingUpdateDaemonSet", "maxUnavailable", "1", DAEMON_SET),
    ("RollingUpdateDeployment", "maxSurge", "25%", DEPLOYMENT),
    ("RollingUpdateDeployment", "maxUnavailable", "25%", DEPLOYMENT),
    ("RollingUpdateStatefulSetStrategy", "maxUnavailable", "1", STATEFUL_SET),
    ("RollingUpdateStatefulSetStrategy", "partition", "0", STATEFUL_SET),
    ("SecretVolumeSource", "defaultMode", "0644", "SetDefaults_SecretVolumeSource"),
    ("ServiceAccountTokenProjection", "expirationSeconds", "3600", "SetDefaults_ServiceAccountTokenProjection"),
    ("StatefulSetPersistentVolumeClaimRetentionPolicy", "whenDeleted", "Retain", STATEFUL_SET),
    ("StatefulSetPersistentVolumeClaimRetentionPolicy", "whenScaled", "Retain", STATEFUL_SET),
    ("StatefulSetSpec", "podManagementPolicy", "OrderedReady", STATEFUL_SET),
    ("StatefulSetSpec", "replicas", "1", STATEFUL_SET),
    ("StatefulSetSpec", "revisionHistoryLimit", "10", STATEFUL_SET),
    ("StatefulSetUpdateStrategy", "type", "RollingUpdate", STATEFUL_SET),
    ("Volume", "emptyDir", "{}, if the volume has no other source", "SetDefaults_Volume"),
    ("VolumeMount", "mountPropagation", "None", KUBELET),
    ("VolumeMount", "readOnly", "false", KUBELET),
    ("VolumeMount", "recursiveReadOnly", "Disabled", KUBELET),
    ("VolumeMount", "subPath", "empty: the root of the volume", KUBELET),
];

/// What the field `field` of `owner` is where nobody writes it.
pub(crate) fn default(owner: &str, field: &str) -> Option<DefaultValue> {
    let known = DEFAULTS.iter().find(|(known, name, ..)| is_about(known, name, owner, field));
    known.map(|(_, _, value, set_by)| DefaultValue { value, set_by })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::testing::exists;

    #[test]
    fn defaults_are_of_fields_that_exist() {
        for (owner, field, ..) in DEFAULTS {
            assert!(exists(owner, field), "{owner}.{field}");
        }
        assert!(DEFAULTS.is_sorted());
    }

    /// What `job_spec` and `stateful_set` of `kube-dry-run` fill in.
    #[test]
    fn what_decides_about_files_and_about_pods_that_take_over_has_its_default() {
        for (owner, field, value) in [
            ("StatefulSetPersistentVolumeClaimRetentionPolicy", "whenDeleted", "Retain"),
            ("StatefulSetPersistentVolumeClaimRetentionPolicy", "whenScaled", "Retain"),
            ("RollingUpdateStatefulSetStrategy", "partition", "0"),
            ("PodFailurePolicyOnPodConditionsPattern", "status", "True"),
            ("JobSpec", "podReplacementPolicy", "TerminatingOrFailed, and Failed with a `podFailurePolicy`"),
        ] {
            assert_eq!(default(owner, field).map(|default| default.value), Some(value), "{owner}.{field}");
        }
    }

    /// What a runtime does with CMD: `oci.WithProcessArgs` of containerd takes it only where there is no command either.
    #[test]
    fn an_image_gives_no_arguments_to_a_command_of_the_container() {
        let args = default("Container", "args").unwrap();
        assert!(args.value.contains("none if `command` is set"), "{}", args.value);
    }

    /// As `defaultPodRequests` of `pkg/apis/core/v1/defaults.go` has it.
    #[test]
    fn requests_of_a_whole_pod_follow_its_containers() {
        for field in ["requests", "requests.cpu", "requests.memory"] {
            let requests = default("ResourceRequirements", field).unwrap();
            assert!(requests.value.contains("what its containers request comes first"), "{}", requests.value);
        }
    }

    /// `replicas` of a `ReplicationController` has the marker `+default=1`, those of the others have none.
    #[test]
    fn a_default_of_a_marker_is_set_by_generated_code() {
        let set_by = |owner: &str| default(owner, "replicas").unwrap().set_by;
        assert_eq!(set_by("ReplicationControllerSpec"), "SetObjectDefaults_ReplicationController");
        assert_eq!(set_by("ReplicaSetSpec"), "SetDefaults_ReplicaSet");
    }
}
