//! Whether a field has to be there.

use std::fmt;

use super::is_about;

/// Whether a field has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The schema asks for it.
    Required,
    /// The schema does not ask for it; the API server or the kubelet does, as this says.
    RequiredBeyond(&'static str),
    /// It may be left out.
    Optional,
}

const IMAGE: &str = "the API server refuses a container without one";
const ONE_OF: &str = "exactly one source has to be there";
const ONE_HANDLER: &str = "exactly one handler has to be there";
const POD: &str = "the API server asks for the Pod";
const WHAT: &str = "without it nobody knows what the object is";

/// What is asked for beyond the schema, by `pkg/apis/core/validation` (v1.35) and before it by the decoder, which needs the kind.
const BEYOND: &[(&str, &str, &str)] = &[
    ("*", "apiVersion", WHAT),
    ("*", "kind", WHAT),
    ("*", "spec", "the API server asks for fields inside of it"),
    ("Container", "image", IMAGE),
    ("EnvFromSource", "configMapRef", ONE_OF),
    ("EnvFromSource", "secretRef", ONE_OF),
    ("EnvVarSource", "configMapKeyRef", ONE_OF),
    ("EnvVarSource", "fieldRef", ONE_OF),
    ("EnvVarSource", "fileKeyRef", ONE_OF),
    ("EnvVarSource", "resourceFieldRef", ONE_OF),
    ("EnvVarSource", "secretKeyRef", ONE_OF),
    ("JobTemplateSpec", "spec", POD),
    ("LifecycleHandler", "exec", ONE_HANDLER),
    ("LifecycleHandler", "httpGet", ONE_HANDLER),
    ("LifecycleHandler", "sleep", ONE_HANDLER),
    ("LocalObjectReference", "name", "one without it is taken with a warning at most, and names nothing"),
    ("ObjectMeta", "name", "an object needs a name, or a `generateName` to make one of; a Pod template needs neither"),
    ("PodTemplateSpec", "spec", POD),
    ("Probe", "exec", ONE_HANDLER),
    ("Probe", "grpc", ONE_HANDLER),
    ("Probe", "httpGet", ONE_HANDLER),
    ("Probe", "tcpSocket", ONE_HANDLER),
    ("ReplicaSetSpec", "template", POD),
    ("ReplicationControllerSpec", "template", POD),
];

/// Whether the field `field` of `owner` has to be there, of which the schema says whether it `is_required`.
pub(crate) fn need(owner: &str, field: &str, is_required: bool) -> Need {
    let beyond = BEYOND.iter().find(|(known, name, _)| is_about(known, name, owner, field));
    match (is_required, beyond) {
        (_, Some((_, _, why))) => Need::RequiredBeyond(why),
        (true, None) => Need::Required,
        (false, None) => Need::Optional,
    }
}

/// `required`, `optional`, or what asks for it beyond the schema.
impl fmt::Display for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => formatter.write_str("required"),
            Self::RequiredBeyond(why) => write!(formatter, "optional in the schema: {why}"),
            Self::Optional => formatter.write_str("optional"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::testing::exists;
    use crate::table::Definition;

    #[test]
    fn what_is_asked_for_beyond_the_schema_is_none_that_it_asks_for() {
        for (owner, field, _) in BEYOND {
            assert!(exists(owner, field), "{owner}.{field}");
            let known = Definition::named(owner).and_then(|definition| definition.field(field));
            // Upstream's schema has a default for this name; `k8s-openapi` makes the field required.
            let is_known = (*owner, *field) == ("LocalObjectReference", "name");
            assert_eq!(known.is_some_and(|field| field.is_required), is_known, "{owner}.{field}");
        }
        assert!(BEYOND.is_sorted());
    }

    #[test]
    fn all_sources_of_a_variable_are_told_alike() {
        let sources = &Definition::named("EnvVarSource").unwrap().fields;
        assert!(sources.iter().all(|source| need("EnvVarSource", source.name, false) == Need::RequiredBeyond(ONE_OF)));
        assert_eq!(need("Pod", "kind", false), Need::RequiredBeyond(WHAT));
        assert_eq!(need("PersistentVolumeClaim", "kind", false), Need::Optional);
        assert_eq!((need("JobSpec", "template", true), need("Container", "args", false)), (Need::Required, Need::Optional));
    }
}
