//! Which kinds the API server of Kubernetes 1.35 has, beyond those in [`crate::kinds`].
//!
//! From the `OpenAPI` description of v1.35, without what is only ever a part of a request to another object (`Status`, `Scale`,
//! `Eviction`, `TokenRequest`).

/// Versions of API groups with their kinds. Those of alpha and beta versions are there if a cluster turns them on.
const SERVED: &[(&str, &[&str])] = &[
    (
        "v1",
        &[
            "Binding",
            "ComponentStatus",
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    (
        "admissionregistration.k8s.io/v1",
        &[
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("admissionregistration.k8s.io/v1alpha1", &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"]),
    ("admissionregistration.k8s.io/v1beta1", &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"]),
    ("apiextensions.k8s.io/v1", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io/v1", &["APIService"]),
    ("apps/v1", &["ControllerRevision"]),
    ("authentication.k8s.io/v1", &["SelfSubjectReview", "TokenReview"]),
    (
        "authorization.k8s.io/v1",
        &["LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"],
    ),
    ("autoscaling/v1", &["HorizontalPodAutoscaler"]),
    ("autoscaling/v2", &["HorizontalPodAutoscaler"]),
    ("batch/v1", &[]),
    ("certificates.k8s.io/v1", &["CertificateSigningRequest"]),
    ("certificates.k8s.io/v1alpha1", &["ClusterTrustBundle"]),
    ("certificates.k8s.io/v1beta1", &["ClusterTrustBundle", "PodCertificateRequest"]),
    ("coordination.k8s.io/v1", &["Lease"]),
    ("coordination.k8s.io/v1alpha2", &["LeaseCandidate"]),
    ("coordination.k8s.io/v1beta1", &["LeaseCandidate"]),
    ("discovery.k8s.io/v1", &["EndpointSlice"]),
    ("events.k8s.io/v1", &["Event"]),
    ("flowcontrol.apiserver.k8s.io/v1", &["FlowSchema", "PriorityLevelConfiguration"]),
    ("internal.apiserver.k8s.io/v1alpha1", &["StorageVersion"]),
    ("networking.k8s.io/v1", &["IPAddress", "Ingress", "IngressClass", "NetworkPolicy", "ServiceCIDR"]),
    ("networking.k8s.io/v1beta1", &["IPAddress", "ServiceCIDR"]),
    ("node.k8s.io/v1", &["RuntimeClass"]),
    ("policy/v1", &["PodDisruptionBudget"]),
    ("rbac.authorization.k8s.io/v1", &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]),
    ("resource.k8s.io/v1", &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"]),
    ("resource.k8s.io/v1alpha3", &["DeviceTaintRule"]),
    ("resource.k8s.io/v1beta1", &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"]),
    ("resource.k8s.io/v1beta2", &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"]),
    ("scheduling.k8s.io/v1", &["PriorityClass"]),
    ("scheduling.k8s.io/v1alpha1", &["Workload"]),
    (
        "storage.k8s.io/v1",
        &["CSIDriver", "CSINode", "CSIStorageCapacity", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
    ),
    ("storage.k8s.io/v1beta1", &["VolumeAttributesClass"]),
    ("storagemigration.k8s.io/v1beta1", &["StorageVersionMigration"]),
];

/// Groups that Kubernetes itself has had and that no version of is left.
const FORMER_GROUPS: [&str; 1] = ["extensions"];

/// True if the server has the kind `name` in `api_version`.
pub(crate) fn has(name: &str, api_version: &str) -> bool {
    SERVED.iter().any(|(served, kinds)| *served == api_version && kinds.contains(&name))
}

/// The short names that kubectl has for kinds of the server, but for those of [`crate::kinds`].
const SHORT_NAMES: [(&str, &str); 18] = [
    ("cm", "ConfigMap"),
    ("crd", "CustomResourceDefinition"),
    ("ep", "Endpoints"),
    ("ev", "Event"),
    ("hpa", "HorizontalPodAutoscaler"),
    ("ing", "Ingress"),
    ("limits", "LimitRange"),
    ("netpol", "NetworkPolicy"),
    ("no", "Node"),
    ("ns", "Namespace"),
    ("pc", "PriorityClass"),
    ("pdb", "PodDisruptionBudget"),
    ("pv", "PersistentVolume"),
    ("pvc", "PersistentVolumeClaim"),
    ("quota", "ResourceQuota"),
    ("sa", "ServiceAccount"),
    ("sc", "StorageClass"),
    ("svc", "Service"),
];

/// The kind of the server that kubectl would take `name` for: in small letters, for several of them, as `networkpolicies`, or for short, as
/// `netpol`; not those of [`crate::kinds`].
#[must_use]
pub fn served_kind(name: &str) -> Option<&'static str> {
    let is_plural = |kind: &str| {
        let (plural, kind) = (name.to_ascii_lowercase(), kind.to_ascii_lowercase());
        let of_y = kind.strip_suffix('y').zip(plural.strip_suffix("ies")).is_some_and(|(kind, plural)| kind == plural);
        of_y || plural.strip_prefix(&kind).is_some_and(|ending| matches!(ending, "s" | "es"))
    };
    let mut kinds = SERVED.iter().flat_map(|(_, kinds)| *kinds).copied();
    let long_name = || SHORT_NAMES.iter().find(|(short, _)| short.eq_ignore_ascii_case(name)).map(|(_, long)| *long);
    kinds.find(|kind| kind.eq_ignore_ascii_case(name) || is_plural(kind)).or_else(long_name)
}

/// The version in which the server has the kind `name`; the newest stable one of several, and nothing of a name that two groups
/// share.
pub(crate) fn version_of(name: &str) -> Option<&'static str> {
    let versions = || SERVED.iter().filter(|(_, kinds)| kinds.contains(&name)).map(|(served, _)| *served);
    let newest = versions().max_by_key(|served| !served.contains("alpha") && !served.contains("beta"))?;
    versions().all(|served| group(served) == group(newest)).then_some(newest)
}

/// True if the kinds of `group` are Kubernetes' own; other groups belong to custom resources, and their names have a dot.
pub(crate) fn is_own_group(group: &str) -> bool {
    !group.contains('.') || FORMER_GROUPS.contains(&group) || SERVED.iter().any(|(served, _)| self::group(served) == group)
}

/// The group in `api_version`; empty for the core.
pub(crate) fn group(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or("", |(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_in_their_versions() {
        assert!(has("Service", "v1") && has("Ingress", "networking.k8s.io/v1") && has("DeviceClass", "resource.k8s.io/v1beta2"));
        assert!(!has("Ingress", "networking.k8s.io/v1beta1") && !has("Status", "v1") && !has("Service", "apps/v1"));
    }

    #[test]
    fn kinds_are_known_as_kubectl_takes_them() {
        for (name, kind) in [
            ("service", "Service"),
            ("ConfigMaps", "ConfigMap"),
            ("ingresses", "Ingress"),
            ("networkpolicies", "NetworkPolicy"),
            ("storageclasses", "StorageClass"),
        ] {
            assert_eq!(served_kind(name), Some(kind));
        }
        for name in ["", "pod", "servicess", "spec", "Rollout"] {
            assert_eq!(served_kind(name), None, "{name}");
        }
    }

    #[test]
    fn the_newest_stable_version_is_proposed() {
        assert_eq!(version_of("HorizontalPodAutoscaler"), Some("autoscaling/v2"));
        assert_eq!(version_of("ResourceClaim"), Some("resource.k8s.io/v1"));
        assert_eq!(version_of("LeaseCandidate"), Some("coordination.k8s.io/v1beta1"));
        assert_eq!((version_of("Event"), version_of("Rollout")), (None, None));
    }

    #[test]
    fn groups_without_a_dot_are_never_custom() {
        for group in ["", "apps", "batch", "extensions", "core", "policy", "networking.k8s.io"] {
            assert!(is_own_group(group), "{group}");
        }
        for group in ["apps.kruise.io", "gateway.networking.k8s.io", "metrics.k8s.io"] {
            assert!(!is_own_group(group), "{group}");
        }
    }
}
