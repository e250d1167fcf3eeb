//! The sorts of findings, under names that stay.

use serde::{Serialize, Serializer};

use crate::ErrorType;
use crate::severity::Severity;

/// What sort a finding is of: the stage that objects, and for the validation the type of its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The text is neither YAML nor JSON.
    Syntax,
    /// No object, or of no kind and version that is judged.
    Kind,
    /// A value of a wrong type.
    Decode,
    /// A field that the kind does not have.
    UnknownField,
    /// A field that is there twice.
    DuplicateField,
    /// An error of the validation.
    Field(ErrorType),
    /// A doubt about what is accepted.
    Warning,
}

/// All rules, in the order in which the stages come.
pub const ALL_RULES: [Rule; 16] = [
    Rule::Syntax,
    Rule::Kind,
    Rule::Decode,
    Rule::UnknownField,
    Rule::DuplicateField,
    Rule::Field(ErrorType::Required),
    Rule::Field(ErrorType::Invalid),
    Rule::Field(ErrorType::NotFound),
    Rule::Field(ErrorType::Duplicate),
    Rule::Field(ErrorType::NotSupported),
    Rule::Field(ErrorType::Forbidden),
    Rule::Field(ErrorType::TooLong),
    Rule::Field(ErrorType::TooMany),
    Rule::Field(ErrorType::TypeInvalid),
    Rule::Field(ErrorType::Internal),
    Rule::Warning,
];

impl Rule {
    /// The name of the rule; for the validation that of Kubernetes' `field.ErrorType`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Kind => "kind",
            Self::Decode => "decode",
            Self::UnknownField => "unknown-field",
            Self::DuplicateField => "duplicate-field",
            Self::Field(kind) => name(kind),
            Self::Warning => "warning",
        }
    }

    /// What the rule is about, in one sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Syntax => "The text is neither YAML nor JSON as the API server reads it.",
            Self::Kind => "The document names no kind and version that Podweave judges.",
            Self::Decode => "A value has another type than its field.",
            Self::UnknownField => "The kind has no such field.",
            Self::DuplicateField => "A field stands twice in one object.",
            Self::Field(kind) => meaning(kind),
            Self::Warning => "The API server accepts the object and warns.",
        }
    }

    /// How bad it is if the rule is broken.
    pub fn severity(self) -> Severity {
        if self == Self::Warning { Severity::Warning } else { Severity::Error }
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

fn name(kind: ErrorType) -> &'static str {
    match kind {
        ErrorType::Required => "FieldValueRequired",
        ErrorType::Invalid => "FieldValueInvalid",
        ErrorType::NotFound => "FieldValueNotFound",
        ErrorType::Duplicate => "FieldValueDuplicate",
        ErrorType::NotSupported => "FieldValueNotSupported",
        ErrorType::Forbidden => "FieldValueForbidden",
        ErrorType::TooLong => "FieldValueTooLong",
        ErrorType::TooMany => "FieldValueTooMany",
        ErrorType::TypeInvalid => "FieldValueTypeInvalid",
        ErrorType::Internal => "InternalError",
    }
}

fn meaning(kind: ErrorType) -> &'static str {
    match kind {
        ErrorType::Required => "A value is missing.",
        ErrorType::Invalid => "A value is malformed or out of bounds.",
        ErrorType::NotFound => "A value names what does not exist.",
        ErrorType::Duplicate => "A value stands twice where it may stand once.",
        ErrorType::NotSupported => "A value is none of those that are possible.",
        ErrorType::Forbidden => "A value is well formed and not allowed here.",
        ErrorType::TooLong => "A text is too long.",
        ErrorType::TooMany => "A list has too many items.",
        ErrorType::TypeInvalid => "A value has a wrong type.",
        ErrorType::Internal => "The validation itself failed.",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_its_own_name() {
        assert_eq!(ALL_RULES.iter().map(|rule| rule.id()).collect::<BTreeSet<_>>().len(), ALL_RULES.len());
    }

    #[test]
    fn errors_of_the_validation_are_named_as_in_json() {
        for rule in ALL_RULES {
            if let Rule::Field(kind) = rule {
                assert_eq!(serde_json::to_value(kind).unwrap(), rule.id());
            }
        }
    }
}
