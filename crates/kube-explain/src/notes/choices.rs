//! Fields that take one of a few words. The words are those that the descriptions list; a test holds them together.

use super::is_about;

const PULL: &[&str] = &["Always", "IfNotPresent", "Never"];
const UPDATE: &[&str] = &["RollingUpdate", "OnDelete"];
const PROFILE: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];

const CHOICES: &[(&str, &str, &[&str])] = &[
    ("AppArmorProfile", "type", PROFILE),
    ("Container", "imagePullPolicy", PULL),
    ("ContainerPort", "protocol", &["TCP", "UDP", "SCTP"]),
    ("ContainerResizePolicy", "resourceName", &["cpu", "memory"]),
    ("ContainerRestartRuleOnExitCodes", "operator", &["In", "NotIn"]),
    ("CronJobSpec", "concurrencyPolicy", &["Allow", "Forbid", "Replace"]),
    ("DaemonSetUpdateStrategy", "type", UPDATE),
    ("DeploymentStrategy", "type", &["RollingUpdate", "Recreate"]),
    ("EphemeralContainer", "imagePullPolicy", PULL),
    ("ImageVolumeSource", "pullPolicy", PULL),
    ("JobSpec", "completionMode", &["NonIndexed", "Indexed"]),
    ("JobSpec", "podReplacementPolicy", &["TerminatingOrFailed", "Failed"]),
    ("NodeSelectorRequirement", "operator", &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
    ("PodCertificateProjection", "keyType", &["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"]),
    ("PodFailurePolicyOnExitCodesRequirement", "operator", &["In", "NotIn"]),
    ("PodFailurePolicyRule", "action", &["FailJob", "FailIndex", "Ignore", "Count"]),
    ("PodOS", "name", &["linux", "windows"]),
    ("PodSecurityContext", "fsGroupChangePolicy", &["OnRootMismatch", "Always"]),
    ("PodSecurityContext", "seLinuxChangePolicy", &["MountOption", "Recursive"]),
    ("PodSecurityContext", "supplementalGroupsPolicy", &["Merge", "Strict"]),
    ("PodSpec", "dnsPolicy", &["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]),
    ("PodSpec", "preemptionPolicy", &["Never", "PreemptLowerPriority"]),
    ("PodSpec", "restartPolicy", &["Always", "OnFailure", "Never"]),
    ("SeccompProfile", "type", PROFILE),
    ("VolumeMount", "recursiveReadOnly", &["Disabled", "IfPossible", "Enabled"]),
];

/// The words that the field `field` of `owner` takes; none if it takes others too.
pub(crate) fn choices(owner: &str, field: &str) -> &'static [&'static str] {
    CHOICES.iter().find(|(known, name, _)| is_about(known, name, owner, field)).map_or(&[], |(_, _, choices)| choices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Definition;

    #[test]
    fn the_descriptions_list_all_choices() {
        for (owner, field, choices) in CHOICES {
            let description = &Definition::named(owner).unwrap().field(field).unwrap().description;
            for choice in *choices {
                assert!(description.contains(choice), "{owner}.{field}: {choice}");
            }
        }
    }
}
