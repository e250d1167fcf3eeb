//! The names of what can be said about a manifest.

use std::fmt;

use serde::Serialize;

use crate::severity::Severity;

/// What sort of thing a finding is, under a name that stays: `FieldValueRequired`, `unknown-field`, `memory-oom`.
///
/// The set is open. [`RULES`] are those of the API server and of kubectl before it; whoever advises has rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Rule(&'static str);

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleDescription {
    /// The rule.
    pub rule: Rule,
    /// What the rule is about, in one sentence.
    pub summary: &'static str,
}

impl Rule {
    /// The text is neither YAML nor JSON.
    pub const SYNTAX: Self = Self("syntax");
    /// No object, or of no kind and version that the server has.
    pub const KIND: Self = Self("kind");
    /// An object of a kind that is not judged, for whoever wants to hear of it.
    pub const NOT_JUDGED: Self = Self("not-judged");
    /// A text, or an object, of which more would have to be read or judged than is here.
    pub const TOO_MUCH: Self = Self("too-much");
    /// An object that is too large for a request.
    pub const TOO_LARGE: Self = Self("request-too-large");
    /// Text behind the end of a document that is not read.
    pub const UNREAD: Self = Self("unread-text");
    /// A value of a wrong type.
    pub const DECODE: Self = Self("decode");
    /// A field that the kind does not have.
    pub const UNKNOWN_FIELD: Self = Self("unknown-field");
    /// A field that appears twice.
    pub const DUPLICATE_FIELD: Self = Self("duplicate-field");
    /// A value is missing.
    pub const REQUIRED: Self = Self("FieldValueRequired");
    /// A value is malformed or out of bounds.
    pub const INVALID: Self = Self("FieldValueInvalid");
    /// A value names what does not exist.
    pub const NOT_FOUND: Self = Self("FieldValueNotFound");
    /// A value stands twice where it may stand once.
    pub const DUPLICATE: Self = Self("FieldValueDuplicate");
    /// A value is none of those that are possible.
    pub const NOT_SUPPORTED: Self = Self("FieldValueNotSupported");
    /// A value is well formed and not allowed here.
    pub const FORBIDDEN: Self = Self("FieldValueForbidden");
    /// A text is too long.
    pub const TOO_LONG: Self = Self("FieldValueTooLong");
    /// A list has too many items.
    pub const TOO_MANY: Self = Self("FieldValueTooMany");
    /// A value has a wrong type.
    pub const TYPE_INVALID: Self = Self("FieldValueTypeInvalid");
    /// The validation itself failed.
    pub const INTERNAL: Self = Self("InternalError");
    /// An object that admission does not let pass.
    pub const ADMISSION: Self = Self("admission");
    /// An object that the storage does not create.
    pub const STORAGE: Self = Self("storage");
    /// A warning of the server about what it accepts.
    pub const WARNING: Self = Self("warning");

    /// The rule that is called `id`.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// How bad it is if the rule is broken; an error if it is none of [`RULES`].
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::WARNING | Self::UNREAD => Severity::Warning,
            Self::NOT_JUDGED => Severity::Advice,
            _ => Severity::Error,
        }
    }

    /// True of the errors of the validation, which are named after Kubernetes' `field.ErrorType`.
    #[must_use]
    pub fn is_of_validation(self) -> bool {
        self == Self::INTERNAL || self.0.starts_with("FieldValue")
    }

    /// True if a message of the rule is what the API server says, to the letter; of others the words are ours, but for some of
    /// kubectl's among those of [`Self::KIND`].
    #[must_use]
    pub fn is_to_the_letter(self) -> bool {
        !matches!(self, Self::SYNTAX | Self::KIND | Self::NOT_JUDGED | Self::TOO_MUCH | Self::UNREAD | Self::DECODE)
    }

    /// The name of the rule; for an error of the validation that of Kubernetes' `field.ErrorType`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.0
    }
}

impl RuleDescription {
    /// How bad it is if the rule is broken.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

const fn described(rule: Rule, summary: &'static str) -> RuleDescription {
    RuleDescription { rule, summary }
}

/// The rules of the API server and of kubectl before it, in the order of the stages.
pub const RULES: [RuleDescription; 22] = [
    described(Rule::SYNTAX, "The text is neither YAML nor JSON as the API server reads it."),
    described(Rule::KIND, "The document names no kind and version that the API server has."),
    described(Rule::NOT_JUDGED, "The kind is none of those that are judged."),
    described(Rule::TOO_MUCH, "There is more in the text than is read and judged here, though nothing may be wrong with it."),
    described(Rule::TOO_LARGE, "The object is larger than a request to the API server may be."),
    described(Rule::UNREAD, "Text stands behind the end of a document, where nobody reads it."),
    described(Rule::DECODE, "A value has another type than its field."),
    described(Rule::UNKNOWN_FIELD, "The kind has no such field."),
    described(Rule::DUPLICATE_FIELD, "A field appears twice in one object."),
    described(Rule::ADMISSION, "Admission does not let the object pass."),
    described(Rule::REQUIRED, "A value is missing."),
    described(Rule::INVALID, "A value is malformed or out of bounds."),
    described(Rule::NOT_FOUND, "A value names what does not exist."),
    described(Rule::DUPLICATE, "A value appears twice where it may appear once."),
    described(Rule::NOT_SUPPORTED, "A value is none of those that are possible."),
    described(Rule::FORBIDDEN, "A value is well formed and not allowed here."),
    described(Rule::TOO_LONG, "A text is too long."),
    described(Rule::TOO_MANY, "A list has too many items."),
    described(Rule::TYPE_INVALID, "A value has a wrong type."),
    described(Rule::INTERNAL, "The validation itself failed."),
    described(Rule::STORAGE, "The storage does not create the object."),
    described(Rule::WARNING, "The API server accepts the object and warns."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_its_own_name() {
        assert_eq!(RULES.iter().map(|known| known.rule).collect::<BTreeSet<_>>().len(), RULES.len());
    }
}
