//! How finished a field is.

use std::fmt;

/// How finished a feature of Kubernetes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Off unless somebody turns it on; may go again.
    Alpha,
    /// Mostly on; may still change.
    Beta,
}

/// The stage that `description` tells.
pub(crate) fn stage(description: &str) -> Option<Stage> {
    let says = |stage: &str| {
        ["field is ", "is an ", "is a ", "("].iter().any(|before| description.contains(&format!("{before}{stage}")))
            || description.contains(&format!("{}, gated", capitalized(stage)))
            || description.contains(&format!("({})", capitalized(stage)))
    };
    match () {
        () if says("alpha") => Some(Stage::Alpha),
        () if says("beta") => Some(Stage::Beta),
        () => None,
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// `alpha`, `beta`
impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Alpha => "alpha",
            Self::Beta => "beta",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Definition;

    #[test]
    fn descriptions_tell_the_stage() {
        for (owner, field, expected) in [
            ("PodSpec", "hostUsers", Some(Stage::Alpha)),
            ("PodSpec", "resources", Some(Stage::Alpha)),
            ("VolumeProjection", "clusterTrustBundle", Some(Stage::Alpha)),
            ("TopologySpreadConstraint", "matchLabelKeys", Some(Stage::Beta)),
            ("JobStatus", "terminating", Some(Stage::Beta)),
            ("VolumeMount", "mountPropagation", Some(Stage::Beta)),
            ("FileKeySelector", "key", None),
            ("Volume", "emptyDir", None),
        ] {
            assert_eq!(stage(&Definition::named(owner).unwrap().field(field).unwrap().description), expected, "{field}");
        }
    }
}
