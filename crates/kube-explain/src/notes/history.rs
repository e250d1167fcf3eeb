//! How fields of this pattern came to be what they are in 1.35: what the gates of `pkg/features/kube_features.go` (v1.35) say,
//! where a description is silent or out of date.
//!
//! Gates that are gone by now, such as `StartupProbe` and `LocalStorageCapacityIsolation`, stand with their stages in
//! `content/en/docs/reference/command-line-tools-reference` of kubernetes/website (`feature-gates-removed`).

use super::is_about;

const HISTORY: &[(&str, &str, &str)] = &[
    (
        "Container",
        "restartPolicy",
        "Of init containers (native sidecars): alpha in 1.28, on by default since 1.29, stable since 1.33. \
         Of other containers: alpha in 1.34, on by default since 1.35.",
    ),
    ("Container", "resizePolicy", "Alpha in 1.27, on by default since 1.33, stable since 1.35."),
    ("Container", "startupProbe", "Alpha in 1.16, on by default since 1.18, stable since 1.20."),
    ("EmptyDirVolumeSource", "sizeLimit", "Alpha in 1.7, on by default since 1.10, stable since 1.25."),
    ("EnvVarSource", "fileKeyRef", "Alpha in 1.34, on by default since 1.35."),
    ("JobStatus", "terminating", "Alpha in 1.28, on by default since 1.29, stable since 1.34."),
    ("Lifecycle", "stopSignal", "Alpha in 1.33, and off by default since."),
    ("LifecycleHandler", "sleep", "Alpha in 1.29, on by default since 1.30, stable since 1.34."),
    ("PersistentVolumeClaimSpec", "dataSourceRef", "Alpha in 1.22, on by default since 1.24, stable since 1.33."),
    ("PodSecurityContext", "fsGroupChangePolicy", "Alpha in 1.18, on by default since 1.20, stable since 1.23."),
    ("PodSecurityContext", "supplementalGroupsPolicy", "Alpha in 1.31, on by default since 1.33, stable since 1.35."),
    ("PodSpec", "ephemeralContainers", "Alpha in 1.16, on by default since 1.23, stable since 1.25."),
    ("PodSpec", "hostUsers", "Alpha in 1.25, beta since 1.30, on by default since 1.33."),
    ("PodSpec", "resources", "Alpha in 1.32, on by default since 1.34."),
    ("PodSpec", "shareProcessNamespace", "Alpha in 1.10, on by default since 1.12, stable since 1.17."),
    ("Probe", "terminationGracePeriodSeconds", "Alpha in 1.21, on by default since 1.25, stable since 1.28."),
    ("ResourceRequirements", "limits.ephemeral-storage", "Alpha in 1.7, on by default since 1.10, stable since 1.25."),
    ("ResourceRequirements", "requests.ephemeral-storage", "Alpha in 1.7, on by default since 1.10, stable since 1.25."),
    ("Volume", "image", "Alpha in 1.31, beta since 1.33, on by default since 1.35."),
    ("VolumeMount", "mountPropagation", "Alpha in 1.8, on by default since 1.10, stable since 1.12."),
    ("VolumeMount", "recursiveReadOnly", "Alpha in 1.30, on by default since 1.31, stable since 1.33."),
    ("VolumeMount", "subPathExpr", "Alpha in 1.14, on by default since 1.15, stable since 1.17."),
    ("VolumeProjection", "clusterTrustBundle", "Alpha in 1.29, beta since 1.33, off by default."),
    ("VolumeProjection", "podCertificate", "Alpha in 1.34, beta since 1.35, off by default."),
];

/// The stages of the field `field` of `owner`, in a sentence.
pub(crate) fn history(owner: &str, field: &str) -> Option<&'static str> {
    HISTORY.iter().find(|(known, name, _)| is_about(known, name, owner, field)).map(|(_, _, history)| *history)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::notes::stage;
    use crate::notes::testing::exists;
    use crate::table::{Definition, definitions};

    /// The fields that are as unfinished in 1.35 as their descriptions say; of all others that say so, the history tells more.
    #[test]
    fn a_description_that_calls_a_field_unfinished_is_right_or_has_a_history() {
        let unfinished: Vec<_> = definitions()
            .flat_map(|definition| definition.fields.iter().map(move |field| (definition.name, field)))
            .filter(|(owner, field)| stage(&field.description).is_some() && history(owner, field.name).is_none())
            .map(|(owner, field)| format!("{owner}.{}", field.name))
            .collect();
        let expected = [
            "DeploymentStatus.terminatingReplicas",
            "ReplicaSetStatus.terminatingReplicas",
            "RollingUpdateStatefulSetStrategy.maxUnavailable",
            "TopologySpreadConstraint.matchLabelKeys",
            "TypedObjectReference.namespace",
        ];
        assert_eq!(unfinished.into_iter().collect::<BTreeSet<_>>(), expected.map(str::to_owned).into());
    }

    #[test]
    fn a_history_begins_with_the_release_that_has_the_field_first() {
        for (owner, field, history) in HISTORY {
            assert!(exists(owner, field), "{owner}.{field}");
            let known = Definition::named(owner).unwrap().field(field);
            let since = known.map(|field| field.since).filter(|since| !since.is_oldest());
            assert!(since.is_none_or(|since| history.to_lowercase().contains(&format!("alpha in {since},"))), "{owner}.{field}");
        }
    }
}
