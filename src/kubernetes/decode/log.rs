//! What the decoder found on its way.

use std::cell::RefCell;
use std::fmt::Display;

use serde_json::Value;

use super::super::{DecodeError, StrictError};
use super::describe::Described;
use super::place::Place;

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
    pub(super) fn wrong_type(&self, place: &Place<'_>, value: &Value, expected: impl Display, reason: &str) {
        let mut types = self.types.borrow_mut();
        if types.len() < MOST {
            let field = place.path();
            let subject = if field.is_root() { "the manifest".to_owned() } else { field.to_string() };
            let separator = if reason.is_empty() { "" } else { ": " };
            let found = Described(value);
            let message = format!("{subject} must be {expected}, and this is {found}{separator}{reason}");
            types.push(DecodeError { field, message });
        }
    }

    /// There is no field such as the one at `place`.
    pub(super) fn unknown_field(&self, place: &Place<'_>) {
        let mut fields = self.fields.borrow_mut();
        if fields.len() < MOST {
            let message = format!("unknown field {:?}", place.in_strict_errors());
            fields.push(StrictError { field: place.path(), message });
        }
    }

    /// All errors, in the order in which they were found.
    pub(super) fn into_errors(self) -> (Vec<DecodeError>, Vec<StrictError>) {
        (self.types.into_inner(), self.fields.into_inner())
    }
}
