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

/// What `pkg/apis/core/validation` (v1.35) asks for beyond the schema.
const BEYOND: [(&str, &str, &str); 6] = [
    ("Container", "image", IMAGE),
    ("EnvVarSource", "configMapKeyRef", ONE_OF),
    ("EnvVarSource", "fieldRef", ONE_OF),
    ("EnvVarSource", "secretKeyRef", ONE_OF),
    ("JobSpec", "template", "the template has to set `restartPolicy` to Never or OnFailure"),
    ("ObjectMeta", "name", "an object needs a name, or a `generateName` to make one of; a Pod template needs neither"),
];

/// Whether the field `field` of `owner` has to be there, of which the schema says whether it `is_required`.
pub(crate) fn need(owner: &str, field: &str, is_required: bool) -> Need {
    let beyond = BEYOND.iter().find(|(known, name, _)| is_about(known, name, owner, field));
    match (is_required, beyond) {
        (true, _) => Need::Required,
        (false, Some((_, _, why))) => Need::RequiredBeyond(why),
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
