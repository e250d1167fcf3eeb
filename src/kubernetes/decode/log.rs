//! What the decoder found on its way.

use std::cell::RefCell;
use std::fmt::Display;

use serde_json::Value;

use super::super::field_path::FieldPath;
use super::super::{DecodeError, StrictError, go_text};
use super::describe::Described;

/// How many errors of a sort are kept; `saveStrictError` of `sigs.k8s.io/json` has the same bound.
const MOST: usize = 100;

/// The errors so far. The readers of one document share it.
#[derive(Default)]
pub(super) struct Log {
    types: RefCell<Vec<DecodeError>>,
    fields: RefCell<Vec<StrictError>>,
}

impl Log {
    /// `value` stands where `expected` is wanted; `reason` says what is wrong with it, if there is more to say.
    pub(super) fn wrong_type(&self, place: &FieldPath<'_>, value: &Value, expected: impl Display, reason: &str) {
        let mut types = self.types.borrow_mut();
        if types.len() < MOST {
            let field = place.to_document_path();
            let subject = if field.is_root() { "the manifest".to_owned() } else { field.to_string() };
            let separator = if reason.is_empty() { "" } else { ": " };
            let found = Described(value);
            let message = format!("{subject} must be {expected}, and this is {found}{separator}{reason}");
            types.push(DecodeError { field, message });
        }
    }

    /// There is no field such as the one at `place`.
    pub(super) fn unknown_field(&self, place: &FieldPath<'_>) {
        let mut fields = self.fields.borrow_mut();
        if fields.len() < MOST {
            let message = format!("unknown field {}", go_text::quoted(&place.to_string()));
            fields.push(StrictError { field: place.to_document_path(), message });
        }
    }

    /// All errors, in the order in which they were found.
    pub(super) fn into_errors(self) -> (Vec<DecodeError>, Vec<StrictError>) {
        (self.types.into_inner(), self.fields.into_inner())
    }
}
