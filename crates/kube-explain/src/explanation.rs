//! What is said about a field.

use crate::field_type::FieldType;
use crate::notes::{DefaultValue, Need, Stage, Use};
use crate::release::Release;

/// What is said about a field, or about a kind as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The kind whose field it is: `Pod`.
    pub kind: &'static str,
    /// The group and version of the kind, as `apiVersion` has them.
    pub api_version: &'static str,
    /// The path from the root of the object, without indexes: `spec.volumes.emptyDir.sizeLimit`; empty of the kind itself.
    pub path: String,
    /// The path with which to ask again for this field of this kind: as `path` of a Pod, `deployment.spec.replicas` of another
    /// kind, `pod` of a Pod itself. It has letters, digits, dots and dashes only.
    pub link: String,
    /// The way to the field, from the kind to what holds the field.
    pub steps: Vec<Step>,
    /// The name of the field; of the kind, if it is a kind.
    pub name: &'static str,
    /// Its type. `to_string` says it in words: `list of Container`.
    pub field_type: FieldType,
    /// The words that it takes, if it takes no others.
    pub choices: &'static [&'static str],
    /// Whether it has to be there. A kind is optional.
    pub need: Need,
    /// What it is where nobody writes it, if that is known.
    pub default: Option<DefaultValue>,
    /// The first release of Kubernetes that has it. Of a kind, the first release that had it in any version.
    pub since: Release,
    /// How finished it is, if its description says so.
    pub stage: Option<Stage>,
    /// How it became what it is, in a sentence. Where this speaks, it is to be believed more than `stage`.
    pub history: Option<&'static str>,
    /// What people use it for where containers share files.
    pub used_for: Option<&'static Use>,
    /// The first sentence of what upstream says of it.
    pub summary: &'static str,
    /// All of what upstream says of it, by paragraphs. Lines of lists stand in one paragraph with line breaks between them.
    pub paragraphs: Vec<&'static str>,
    /// What it has inside.
    pub children: Vec<Child>,
}

/// A field inside of another one, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Its name.
    pub name: &'static str,
    /// The path with which to ask for it.
    pub link: String,
    /// Its type.
    pub field_type: FieldType,
    /// The words that it takes, if it takes no others.
    pub choices: &'static [&'static str],
    /// Whether it has to be there.
    pub need: Need,
    /// The first sentence of what upstream says of it.
    pub summary: &'static str,
    /// True if there is a word on what people use it for where containers share files.
    pub is_of_the_pattern: bool,
}

/// One step of the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name of the kind or the field.
    pub name: &'static str,
    /// The path with which to ask for it.
    pub link: String,
}

impl Explanation {
    /// The type in words, with the words that the field takes: `string: one of Always, IfNotPresent, Never`.
    #[must_use]
    pub fn type_in_words(&self) -> String {
        in_words(&self.field_type, self.choices)
    }
}

impl Child {
    /// The type in words, as [`Explanation::type_in_words`] has it.
    #[must_use]
    pub fn type_in_words(&self) -> String {
        in_words(&self.field_type, self.choices)
    }
}

fn in_words(field_type: &FieldType, choices: &[&str]) -> String {
    match choices {
        [] => field_type.to_string(),
        choices => format!("{field_type}: one of {}", choices.join(", ")),
    }
}
