//! The errors of the validation, worded as `k8s.io/apimachinery/pkg/util/validation/field` words them (v1.35).

use serde::Serialize;

/// What is wrong with a field; upstream's `field.ErrorType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum ErrorType {
    /// A value is missing.
    #[serde(rename = "FieldValueRequired")]
    Required,
    /// A value is malformed or out of bounds.
    #[serde(rename = "FieldValueInvalid")]
    Invalid,
    /// A value names what does not exist.
    #[serde(rename = "FieldValueNotFound")]
    NotFound,
    /// A value stands twice where it may stand once.
    #[serde(rename = "FieldValueDuplicate")]
    Duplicate,
    /// A value is none of those that are possible.
    #[serde(rename = "FieldValueNotSupported")]
    NotSupported,
    /// A value is well formed and not allowed here.
    #[serde(rename = "FieldValueForbidden")]
    Forbidden,
    /// A text is too long.
    #[serde(rename = "FieldValueTooLong")]
    TooLong,
    /// A list has too many items.
    #[serde(rename = "FieldValueTooMany")]
    TooMany,
    /// A value has a wrong type.
    #[serde(rename = "FieldValueTypeInvalid")]
    TypeInvalid,
    /// The validation itself failed.
    #[serde(rename = "InternalError")]
    Internal,
}

/// One error of the validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// What is wrong.
    #[serde(rename = "type")]
    pub kind: ErrorType,
    /// The field path as the server writes it.
    pub field: String,
    /// The server's whole sentence, which begins with the field path.
    pub message: String,
}
